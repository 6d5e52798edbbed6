"""Berita Acara serah terima kartu: which cards go to a village, a district or a whole programme, by name.

Of a code only the last four characters exist, for telling cards apart: they open nothing. How many cards reached
their people and how many came back is known after the handing over: it is typed, or written on the paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_area
from naung.areas.queries import names_of
from naung.documents.letters.lists import Heading, NameList
from naung.papers.gathering import Gathered, Subject
from naung.papers.gathering import ba_parts as parts
from naung.papers.gathering.ba_parts import Places
from naung.programmes.models import Programme
from naung.programmes.queries import programmes_visible_to
from naung.ui.formats import number

#: Room for what is written by hand when the cards are handed over.
BY_HAND = "........"


@dataclass(frozen=True, slots=True)
class HandedCard:
    """One card as the register keeps it."""

    name: str
    area_code: str
    last4: str

    def __repr__(self) -> str:
        return "HandedCard(…)"


@dataclass(frozen=True)
class Handover:
    """The cards of a programme's people in one area, counted by where they live; `on` is the day they were counted."""

    programme: Programme
    area_code: str
    counts: Mapping[str, int]
    on: date

    @property
    def total(self) -> int:
        return sum(self.counts.values())


# The people for whom `cards.actions.issue_cards` makes cards, and whose card is live.
_CARDS = """
      FROM registry_worker w
      JOIN cards_card c ON c.worker_id = w.id AND c.withdrawn_at IS NULL
     WHERE w.died_on IS NULL AND w.merged_into_id IS NULL
       AND EXISTS (SELECT FROM coverage_enrolment e
                    WHERE e.worker_id = w.id AND e.programme_id = %(programme)s
                      AND NOT isempty(e.period) AND upper(e.period) > %(on)s)
       AND starts_with(w.area_code, %(area)s)
"""


def subjects(user: User) -> list[Subject]:
    """Every programme whose people have cards: as a whole, by district, by village."""
    found: list[Subject] = []
    for programme, counts in _counted(list(_programmes(user))):
        names = names_of(counts)
        found += [
            Subject(
                key=f"{programme.pk}-{place}",
                name=f"{programme.name}: {names.get(place, place)}",
                detail=_("%(n)s kartu") % {"n": parts.told(count)},
            )
            for place, count in sorted(counts.items(), key=lambda one: (len(one[0]), one[0]))
        ]
    return found


def _counted(programmes: Sequence[Programme]) -> list[tuple[Programme, dict[str, int]]]:
    """How many cards each place of some programmes has, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.id, w.area_code, count(*)
              FROM programmes_programme p
              JOIN LATERAL (SELECT DISTINCT e.worker_id FROM coverage_enrolment e
                             WHERE e.programme_id = p.id AND NOT isempty(e.period) AND upper(e.period) > %s) e ON true
              JOIN registry_worker w ON w.id = e.worker_id AND w.died_on IS NULL AND w.merged_into_id IS NULL
              JOIN cards_card c ON c.worker_id = w.id AND c.withdrawn_at IS NULL
             WHERE p.id = ANY(%s)
             GROUP BY p.id, w.area_code
            """,
            [timezone.localdate(), [one.pk for one in programmes]],
        )
        rows = cursor.fetchall()
    counts: dict[int, dict[str, int]] = {}
    known = {one.pk: one for one in programmes}
    for programme, area, count in rows:
        places = counts.setdefault(programme, {})
        for place in {known[programme].area_code, *(area[:digits] for digits in (6, 10) if len(area) >= digits)}:
            places[place] = places.get(place, 0) + count
    return [(one, counts[one.pk]) for one in programmes if one.pk in counts]


def subject(user: User, key: str) -> Handover | None:
    programme_id, area_code = parts.place_of(key)
    programme = _programmes(user).filter(pk=programme_id).first()
    if programme is None or not area_code.startswith(programme.area_code):
        return None
    today = timezone.localdate()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.area_code, count(*) {_CARDS} GROUP BY w.area_code",
            {"programme": programme.pk, "on": today, "area": area_code},
        )
        counts = dict(cursor.fetchall())
    return Handover(programme, area_code, counts, today) if counts else None


def _programmes(user: User) -> QuerySet[Programme]:
    if not (user.may(Permission.WORKERS_VIEW) and user.area_code):
        return Programme.objects.none()
    return within_area(programmes_visible_to(user), user.area_code)


def cards_of(thing: Handover) -> tuple[HandedCard, ...]:
    """The cards themselves, by village and name."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT w.name, w.area_code, c.last4 {_CARDS} ORDER BY w.area_code, w.name_norm, w.id",
            {"programme": thing.programme.pk, "on": thing.on, "area": thing.area_code},
        )
        return tuple(HandedCard(*row) for row in cursor.fetchall())


def people(thing: Handover) -> int:
    return thing.total


def contents(thing: Handover, *, on: date, by: User | None, names: bool = True) -> Gathered:
    programme, region = thing.programme, parts.region_of(thing.area_code)
    area = parts.area_said(thing.area_code)
    said: dict[str, Any] = {
        **parts.letterhead(programme.owner_on(on), region),
        **parts.opening(on, region),
        "nama_program": programme.name,
        "jumlah_diserahkan": parts.counted(thing.total, "kartu"),
        "rincian": _by_place(thing),
    }
    return Gathered(
        contents=said,
        about=parts.about(programme),
        area_code=thing.area_code,
        title=f"Berita Acara serah terima kartu peserta {programme.name}, {area}",
        lists=[_list(cards_of(thing), Places(thing.counts), on)] if names else (),
        public_lists=(),
        code=programme.code,
        suggested={
            "pihak_kesatu_jabatan": f"Kepala {programme.owner_on(on).name}",
            "pihak_kedua_jabatan": _receiver(thing.area_code),
        },
    )


def _receiver(area_code: str) -> str:
    """Whoever receives the cards for an area: the village head, the camat; of a whole region it is typed."""
    heads = parts.heads_of(area_code)
    return heads.get("desa_jabatan") or heads.get("mengetahui_jabatan", "")


def _by_place(thing: Handover) -> list[dict[str, str]]:
    """By village, or by district where the villages are too many; the columns of the handing over are left to write."""
    counts, places = Counter(thing.counts), Places(thing.counts)
    if len(counts) > parts.LINES_IN_BODY:
        counts = Counter()
        for code, count in thing.counts.items():
            counts[code[:6]] += count
    named = sorted((places.short(code), count) for code, count in counts.items())
    empty = {"diterima": BY_HAND, "kembali": BY_HAND, "keterangan": ""}
    return [
        *({"desa": name, "diserahkan": number(count), **empty} for name, count in named),
        {"desa": "Jumlah", "diserahkan": number(thing.total), **empty},
    ]


def _list(cards: Sequence[HandedCard], places: Places, on: date) -> NameList:
    return NameList(
        title="Daftar kartu yang diserahkan",
        headings=[
            Heading("No.", 0.7, "right"),
            Heading("Nama", 3.4),
            Heading("Kode kartu (4 akhir)", 1.8, "center"),
            Heading("Diterima tanggal", 1.8),
            Heading("Tanda tangan penerima", 2.8),
            Heading("Keterangan", 2),
        ],
        groups=parts.by_village(
            [(one.area_code, (one.name, f"••••{one.last4}", "", "", "")) for one in cards], places, unit="kartu"
        ),
        intro=parts.intro("LAMPIRAN", "BERITA ACARA SERAH TERIMA KARTU", on),
        ending="Jumlah seluruhnya",
        ending_total=f"{number(len(cards))} kartu",
    )
