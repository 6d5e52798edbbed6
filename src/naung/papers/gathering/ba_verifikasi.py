"""Berita Acara verifikasi: what became of everything that was proposed, by village and by reason, for those who sign.

It is about the lists that were sent for one programme, of all places or of one. The team, and who signs for the
village and the district, the office knows and types; all the figures come from the rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.accounts.territory import Viewer
from naung.areas.queries import names_of
from naung.documents.dates import paper_date
from naung.documents.letters.lists import Group, Heading, NameList
from naung.papers.gathering import Gathered, Subject
from naung.papers.gathering import ba_parts as parts
from naung.papers.gathering import ba_verifikasi_rows as verified
from naung.papers.gathering.ba_parts import Places
from naung.programmes.models import Programme
from naung.programmes.queries import programmes_visible_to
from naung.registry.models import ReferenceList, SourceList
from naung.registry.queries import concerns, lists_visible_to
from naung.registry.reason_words import short
from naung.ui.formats import number

_GROUP_TITLES = {
    "nik": "NIK",
    "age": "Umur",
    "dead": "Wafat",
    "member": "Sudah peserta",
    "area": "Bukan warga",
    "work": "Pekerjaan",
    "other": "Lainnya",
}
_COMPARED = {
    ReferenceList.Kind.DEATHS: "data kematian",
    ReferenceList.Kind.MOVED: "data pindah",
    ReferenceList.Kind.MEMBERS: "data penerima upah dan peserta lain",
    ReferenceList.Kind.DECILES: "desil kesejahteraan",
}


@dataclass(frozen=True)
class Verification:
    """The lists sent for a programme that can name people of an area, and the rows of that area in them."""

    programme: Programme
    area_code: str
    lists: tuple[SourceList, ...]

    @cached_property
    def rows(self) -> pl.DataFrame:
        """Its rows without names."""
        return self.rows_in(verified.rows_of(self.lists, names=False))

    def rows_in(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Of the whole programme every row counts, those without a place too."""
        whole = self.area_code == self.programme.area_code
        return rows if whole else rows.filter(pl.col("place").str.starts_with(self.area_code))


def subjects(user: User) -> list[Subject]:
    """Every programme with lists that were sent: as a whole, then by the districts and villages of the accepted."""
    programmes = {one.code: one for one in programmes_visible_to(user)}
    sent = _sent(user).filter(programme_code__in=programmes)
    wholes = sent.order_by().values_list("programme_code").annotate(lists=Count("id"), received=Sum("received"))
    found = [
        ((code, programmes[code].area_code), _("%(lists)s daftar, %(rows)s baris diusulkan"), (lists, received))
        for code, lists, received in wholes
    ]
    counts: Counter[tuple[str, str]] = Counter()
    for code, place, people_of in verified.accepted_by_place(list(sent.values_list("pk", flat=True))):
        for digits in (6, 10):
            if len(place) >= digits and digits > len(programmes[code].area_code):
                counts[code, place[:digits]] += people_of
    found += [(key, _("%(rows)s orang memenuhi syarat"), (0, count)) for key, count in counts.items()]
    names = names_of(place for (_code, place), _words, _counts in found)
    order = {code: at for at, code in enumerate(programmes)}
    return [
        Subject(
            key=f"{programmes[code].pk}-{place}",
            name=f"{programmes[code].name}: {names.get(place, place)}",
            detail=words % {"lists": parts.told(lists), "rows": parts.told(rows)},
        )
        for (code, place), words, (lists, rows) in sorted(
            found, key=lambda one: (order[one[0][0]], len(one[0][1]), one[0][1])
        )
    ]


def subject(user: User, key: str) -> Verification | None:
    programme_id, area_code = parts.place_of(key)
    programme = programmes_visible_to(user).filter(pk=programme_id).first()
    if programme is None or not area_code.startswith(programme.area_code):
        return None
    sent = _sent(user).filter(programme_code=programme.code).order_by("area_code", "id")
    lists = tuple(one for one in sent if concerns(one.area_code, area_code))
    return Verification(programme, area_code, lists) if lists else None


def _sent(user: Viewer) -> QuerySet[SourceList]:
    return lists_visible_to(user).filter(status=SourceList.Status.SENT)


def people(thing: Verification) -> int:
    """How many refused rows its list holds."""
    return thing.rows.filter(pl.col("became") == verified.REFUSED).height


def contents(thing: Verification, *, on: date, by: User | None, names: bool = True) -> Gathered:
    programme, region = thing.programme, parts.region_of(thing.area_code)
    rows = thing.rows_in(verified.rows_of(thing.lists)) if names else thing.rows
    table = verified.by_place(rows)
    reasons = verified.by_reason(rows)
    places = Places(table["place"])
    totals = _totals(table)
    area = parts.area_said(thing.area_code)
    said: dict[str, Any] = {
        **parts.letterhead(programme.owner_on(on), region),
        **parts.opening(on, region),
        "nama_program": programme.name,
        "wilayah": area,
        "masa": _when(thing.lists),
        "hasil": [*_result_lines(table, places), _result_line("Jumlah", totals)],
        "jumlah_diusulkan": parts.counted(totals["received"]),
        "jumlah_memenuhi": parts.counted(totals[verified.VALID]),
        "jumlah_tidak": parts.counted(totals[verified.REFUSED]),
        "jumlah_ganda": parts.counted(totals[verified.DOUBLE]),
        "jumlah_belum": parts.counted(totals[verified.WAITING]),
        "alasan": [
            {"kode": code, "alasan": parts.indonesian(short(code)), "jumlah": number(count)} for code, count in reasons
        ],
    }
    return Gathered(
        contents=said,
        about=parts.about(programme),
        area_code=thing.area_code,
        title=f"Berita Acara verifikasi data calon peserta {programme.name}, {area}",
        lists=_attachments(rows, table, places, on) if names else (),
        public_lists=(),
        earliest=min((timezone.localtime(one.sent_at).date() for one in thing.lists if one.sent_at), default=None),
        code=programme.code,
        suggested={**parts.heads_of(thing.area_code), "metode": _method(thing, on=on)},
        wanting=[] if totals["received"] else [_("Belum ada baris yang diusulkan dari wilayah ini.")],
    )


# --- the body --------------------------------------------------------------------------------------


def _totals(table: pl.DataFrame) -> dict[str, int]:
    return {name: int(table[name].sum()) for name in table.columns if name != "place"}


def _result_lines(table: pl.DataFrame, places: Places) -> list[dict[str, str]]:
    """By village; by district where the villages are too many for a body, and the attachment tells them."""
    lines = {line.pop("place"): line for line in table.to_dicts()}
    if len(lines) > parts.LINES_IN_BODY:
        lines = _summed_by(lines, lambda code: code[:6])
    return [_result_line(places.short(code), lines[code]) for code in sorted(lines, key=places.short)]


def _summed_by(lines: dict[str, dict[str, int]], whole: Callable[[str], str]) -> dict[str, dict[str, int]]:
    sums: dict[str, dict[str, int]] = {}
    for code, line in lines.items():
        total = sums.setdefault(whole(code), dict.fromkeys(line, 0))
        for name, count in line.items():
            total[name] += count
    return sums


def _result_line(name: str, line: dict[str, int]) -> dict[str, str]:
    return {
        "desa": name,
        "diusulkan": number(line["received"]),
        "memenuhi": number(line[verified.VALID]),
        "tidak_memenuhi": number(line[verified.REFUSED]),
        "ganda": number(line[verified.DOUBLE]),
        "belum": number(line[verified.WAITING]),
    }


def _when(lists: Sequence[SourceList]) -> str:
    """From the day the first list was sent to the day the last was verified; "" as long as nobody verified one."""
    sent = [timezone.localtime(one.sent_at).date() for one in lists if one.sent_at]
    done = [timezone.localtime(one.verified_at).date() for one in lists if one.verified_at]
    return parts.days_said(min(sent), max(done)) if sent and done else ""


def _method(thing: Verification, *, on: date) -> list[str]:
    """How the rows were really checked; visits to homes happen outside of this system, and are typed."""
    said = ["pemeriksaan kelengkapan baris, susunan NIK, umur, tempat tinggal, pekerjaan, dan data ganda"]
    newest: dict[str, ReferenceList] = {}
    for one in ReferenceList.objects.filter(as_of__lte=on).order_by("-as_of", "-id"):
        if one.kind not in newest and concerns(one.area_code, thing.area_code):
            newest[one.kind] = one
    said += [
        f"pemadanan NIK dengan {words} dari {newest[kind].source}, keadaan {paper_date(newest[kind].as_of)}"
        for kind, words in _COMPARED.items()
        if kind in newest
    ]
    if any(one.verified_at for one in thing.lists):
        done = sum(one.verified_at is not None for one in thing.lists)
        said.append(f"pemeriksaan oleh petugas atas {number(done)} dari {number(len(thing.lists))} daftar")
    return said


# --- the attachments -------------------------------------------------------------------------------


def _attachments(rows: pl.DataFrame, table: pl.DataFrame, places: Places, on: date) -> list[NameList]:
    refused = rows.filter(pl.col("became") == verified.REFUSED)
    lists = [_matrix(table, places, on)] if table.height else []
    if refused.height:
        lists.append(_refused(refused, places, on))
    return lists


def _matrix(table: pl.DataFrame, places: Places, on: date) -> NameList:
    headings = [
        Heading("Desa/Kelurahan", 3.2),
        Heading("Diusulkan", 1.5, "right"),
        Heading("Memenuhi", 1.5, "right"),
        *(Heading(title, 1.3, "right") for title in _GROUP_TITLES.values()),
        Heading("Tidak memenuhi", 1.5, "right"),
        Heading("Ganda", 1.2, "right"),
        Heading("Belum", 1.2, "right"),
    ]
    columns = ["received", verified.VALID, *_GROUP_TITLES, verified.REFUSED, verified.DOUBLE, verified.WAITING]
    by_district: dict[str, list[tuple[str, list[int]]]] = {}
    for line in table.to_dicts():
        place = line["place"]
        by_district.setdefault(places.district(place), []).append(
            (places.village(place), [line[name] for name in columns])
        )
    groups = []
    for district, lines in sorted(by_district.items()):
        cells = [[name, *map(number, counts)] for name, counts in sorted(lines)]
        if len(lines) > 1:
            cells.append(["Jumlah", *(number(sum(column)) for column in zip(*(row for _n, row in lines), strict=True))])
        groups.append(Group(f"Kecamatan {district}" if district else parts.UNKNOWN_PLACE, cells))
    totals = _totals(table)
    groups.append(Group("Seluruhnya", [["Jumlah seluruhnya", *(number(totals[name]) for name in columns)]]))
    return NameList(
        title="Hasil verifikasi per desa atau kelurahan dan alasan tidak memenuhi",
        headings=headings,
        groups=groups,
        intro=parts.intro("LAMPIRAN I", "BERITA ACARA VERIFIKASI", on),
        note="Satu baris dihitung sekali, menurut alasan pertamanya.",
    )


def _refused(refused: pl.DataFrame, places: Places, on: date) -> NameList:
    told = [
        (
            row["place"],
            (
                row["name"] or "tidak diisi",
                parts.masked(row["nik"]),
                f"{row['filename']}, baris {row['row']}",
                row["reasons"].replace(";", ", "),
                "; ".join(parts.indonesian(short(code)) for code in row["reasons"].split(";") if code),
            ),
        )
        for row in refused.iter_rows(named=True)
    ]
    return NameList(
        title="Daftar baris yang tidak memenuhi",
        headings=[
            Heading("No.", 0.7, "right"),
            Heading("Nama", 2.6),
            Heading("NIK (disamarkan)", 2.1, "center"),
            Heading("Daftar dan baris", 2.6),
            Heading("Kode alasan", 2),
            Heading("Alasan", 2.8),
        ],
        groups=parts.by_village(told, places, unit="baris"),
        intro=parts.intro("LAMPIRAN II", "BERITA ACARA VERIFIKASI", on),
        ending="Jumlah seluruhnya",
        ending_total=f"{number(refused.height)} baris",
    )
