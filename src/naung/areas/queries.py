"""Reads: everything that can be asked about areas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import polars as pl
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import Case, FloatField, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from naung.areas.codes import DIGITS, Kind, parse_code
from naung.areas.models import Area, Edition
from naung.areas.refusals import AreaUnknown
from naung.areas.seed import FRAME, data_version, packaged_edition, seed_frame

__all__ = [
    "area",
    "children",
    "data_version",
    "frame",
    "is_loaded",
    "loaded_version",
    "name_of",
    "names_of",
    "path",
    "search_areas",
    "seed_frame",
    "villages_of",
]

SEARCH_LIMIT = 100
_LONGEST_QUERY = 80
# A trigram index needs three characters; shorter queries find only the names that begin so.
_SHORTEST_FOR_PARTS = 3
# How well a name answers: the lower the better.
_WHOLE, _WORD, _PART, _LIKE = range(4)

_KIND_WORDS = {
    "provinsi": (Kind.PROVINCE,),
    "prov": (Kind.PROVINCE,),
    "kabupaten": (Kind.KABUPATEN,),
    "kab": (Kind.KABUPATEN,),
    "kota": (Kind.KOTA,),
    "kecamatan": (Kind.KECAMATAN,),
    "kec": (Kind.KECAMATAN,),
    "distrik": (Kind.KECAMATAN,),
    "kelurahan": (Kind.KELURAHAN,),
    "kel": (Kind.KELURAHAN,),
    "desa": (Kind.DESA,),
    "ds": (Kind.DESA,),
}
_KIND_WORD = re.compile(rf"({'|'.join(_KIND_WORDS)})\b\.?\s*", re.ASCII)
_CODE = re.compile(r"\d[\d.]{0,12}", re.ASCII)


def area(code: str) -> Area:
    """The area of a code, with or without dots, in force or former. Raises AreaCodeMalformed, AreaUnknown."""
    digits = parse_code(code)
    try:
        return _with_parents(Area.objects.all()).get(pk=digits)
    except Area.DoesNotExist:
        raise AreaUnknown(area_code=digits) from None


def children(code: str | None = None) -> QuerySet[Area]:
    """The areas in force one level below `code`, by code; the provinces when there is none."""
    return in_force().filter(parent=parse_code(code) if code else None)


def in_force() -> QuerySet[Area]:
    return Area.objects.filter(valid__upper_inf=True)


def villages_of(code: str) -> QuerySet[Area]:
    """The desa and kelurahan in force anywhere inside `code` (a regency as a rule), by code."""
    return in_force().filter(code__startswith=parse_code(code), level=4)


def name_of(code: str) -> str | None:
    """The name of an area, former ones too; None where no such code was ever known."""
    return Area.objects.filter(pk=parse_code(code)).values_list("name", flat=True).first()


def path(code: str) -> list[str]:
    """The names from the province down to `code` itself. Raises AreaCodeMalformed, AreaUnknown."""
    digits = parse_code(code)
    above = [digits[:length] for length in DIGITS.values() if length <= len(digits)]
    names = dict(Area.objects.filter(pk__in=above).values_list("code", "name"))
    if digits not in names:
        raise AreaUnknown(area_code=digits)
    return [names[code] for code in above]


def search_areas(text: str, *, within: str | None = None, limit: int = 20, former: bool = False) -> list[Area]:
    """The areas a person may mean by `text`, best first; their parents are loaded with them.

    `text` is a name, perhaps with what it is before it («kec. binjai», «Kel Binjai Estate»), or a code or its
    beginning, dotted or not. A word such as «desa» leads to areas of that kind, unless there is none of the
    name: villages say «desa» and mean a kelurahan. The same name twice: the larger area first, then by code.
    Small misspellings are forgiven. Former codes are found by code, and by name when `former`.
    Raises AreaCodeMalformed if `within` is no code.
    """
    limit = max(1, min(limit, SEARCH_LIMIT))
    wanted = _plain(text)
    found = Area.objects.all() if former or _CODE.fullmatch(wanted) else in_force()
    if within:
        found = found.filter(code__startswith=parse_code(within))
    if not wanted:
        return []
    if _CODE.fullmatch(wanted):
        return list(_with_parents(found.filter(code__startswith=wanted.replace(".", ""))).order_by("code")[:limit])

    name, kinds = _name_and_kinds(wanted)
    resembling = _with_parents(_ranked(found, name=name, wanted=wanted))
    if not kinds:
        return list(resembling[:limit])
    named = _with_parents(_ranked(found, name=name, wanted=wanted, worst=_PART))
    for choice in (named.filter(Q(kind__in=kinds) | Q(lower_name=wanted)), named, resembling):
        if meant := list(choice[:limit]):
            return meant
    return []


def frame() -> pl.DataFrame:
    """Every area of the database as `seed.FRAME` (code, name, kind, level, former), sorted by code."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT code, name, kind, level, NOT upper_inf(valid) FROM areas_area ORDER BY code COLLATE "C"')
        return pl.DataFrame(cursor.fetchall(), schema=FRAME, orient="row")


def loaded_version() -> str | None:
    """The version of the list that the database follows; None before the first load."""
    return Edition.objects.values_list("version", flat=True).first()


def is_loaded() -> bool:
    """Whether the packaged list, or one of a later decree, is in the database."""
    edition = packaged_edition()
    return Edition.objects.filter(Q(version=edition.version) | Q(decided_on__gt=edition.decided_on)).exists()


def _with_parents(areas: QuerySet[Area]) -> QuerySet[Area]:
    return areas.select_related("parent__parent__parent")


def _plain(text: str) -> str:
    """Lower case, no accents, straight apostrophes, single spaces, bounded; no control character is left."""
    letters = unicodedata.normalize("NFKD", text[: 4 * _LONGEST_QUERY].replace("’", "'").replace("‘", "'"))
    kept = "".join(
        " " if char.isspace() else char
        for char in letters
        if not unicodedata.combining(char) and (char.isprintable() or char.isspace())
    )
    return " ".join(kept.lower().split())[:_LONGEST_QUERY].strip(" ,;:")


def _name_and_kinds(wanted: str) -> tuple[str, tuple[Kind, ...]]:
    """«kec. binjai» is («binjai», kecamatan); a name that is only such a word («Kota») stays a name."""
    match = _KIND_WORD.match(wanted)
    if match is None or match.end() == len(wanted):
        return wanted, ()
    return wanted[match.end() :], _KIND_WORDS[match[1]]


def _ranked(areas: QuerySet[Area], *, name: str, wanted: str, worst: int = _LIKE) -> QuerySet[Area]:
    """The areas whose names resemble `name`: whole names, beginnings of words, parts, likeness."""
    begins_a_word = Q(lower_name__startswith=name) | Q(lower_name__contains=f" {name}")
    if len(name) < _SHORTEST_FOR_PARTS:
        resembles = Q(lower_name__startswith=name)
    else:
        resembles = Q(lower_name__contains=name) | Q(lower_name__trigram_similar=name)
    if wanted != name:
        resembles |= Q(lower_name=wanted)
    return (
        areas.annotate(lower_name=Lower("name"))
        .filter(resembles)
        .annotate(
            rank=Case(
                When(lower_name__in=[wanted, name, f"kota {name}", f"kabupaten {name}"], then=Value(_WHOLE)),
                When(begins_a_word, then=Value(_WORD)),
                When(lower_name__contains=name, then=Value(_PART)),
                default=Value(_LIKE),
                output_field=IntegerField(),
            ),
            likeness=Case(
                When(rank=_LIKE, then=TrigramWordSimilarity(name, "lower_name")),
                default=Value(1.0),
                output_field=FloatField(),
            ),
        )
        .filter(rank__lte=worst)
        .order_by("rank", "-likeness", "level", "code")
    )


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of some areas by code, in one query; a code nobody knows is left out."""
    return dict(Area.objects.filter(pk__in={code for code in codes if code}).values_list("code", "name"))


def choices_within(code: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a list of `code` can be narrowed to, as groups for a `<select>`: a province to its regencies, a regency
    to its villages under their districts, a district to its villages. A village cannot be narrowed."""
    inside = in_force().filter(code__startswith=parse_code(code))
    if len(code) == 2:
        return [("", list(inside.filter(level=2).order_by("code").values_list("code", "name")))]
    districts = dict(inside.filter(level=3).order_by("code").values_list("code", "name"))
    groups: dict[str, list[tuple[str, str]]] = {code: [] for code in districts}
    for village, name in inside.filter(level=4).order_by("name").values_list("code", "name"):
        groups.setdefault(village[:6], []).append((village, name))
    return [(districts.get(code, ""), villages) for code, villages in groups.items() if villages]
