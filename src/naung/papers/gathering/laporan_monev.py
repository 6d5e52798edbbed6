"""Laporan monev of a region: what a month, a quarter or a year brought, against places, money and the goal.

It leaves the office, so it holds counts only, and small ones are hidden. What this system does not know, claims for
one, is said to be unknown and never written as nought.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_area
from naung.areas.queries import names_of
from naung.bulk.occupations import occupations
from naung.documents.dates import paper_date
from naung.documents.letters.lists import Group, Heading, NameList
from naung.papers.gathering import About, Gathered, Subject
from naung.papers.gathering import ba_parts as parts
from naung.papers.gathering import laporan_monev_counts as figures
from naung.papers.gathering import laporan_monev_words as words
from naung.papers.gathering.ba_parts import Places
from naung.papers.gathering.laporan_monev_counts import Reached
from naung.papers.gathering.laporan_monev_words import Period
from naung.planning.queries import programmes_of
from naung.programmes.models import Programme
from naung.rules.periods import add_months, first_of_month, month_name_id
from naung.rules.ucj import percent_of
from naung.ui.formats import month, number, percent

#: Reports of more than so many years ago were written then.
YEARS_BACK = 3
_MONTHS = {"m": 1, "q": 3, "y": 12}
_REGENCY = 4


def subjects(user: User) -> list[Subject]:
    """The months, quarters and years of the region in which a programme ran, newest first; the present ones too."""
    area = _area(user)
    programmes = _programmes(user) if area else []
    if not programmes:
        return []
    today, tongue = timezone.localdate(), parts.tongue()
    first = max(min(one.starts_on for one in programmes), date(today.year - YEARS_BACK, 1, 1))
    last = min(max(add_months(one.ends_on, -1) for one in programmes), first_of_month(today))
    name = names_of([area]).get(area, area)
    found: list[tuple[date, int, Subject]] = []
    for kind, length in _MONTHS.items():
        start = date(first.year, (first.month - 1) // length * length + 1, 1)
        while start <= last:
            end = add_months(start, length - 1)
            running = [one for one in programmes if one.starts_on <= end and one.ends_on > start]
            if running:
                named = " – ".join(month(one, language=tongue) for one in dict.fromkeys((start, end)))
                detail = _("%(n)s program") % {"n": number(len(running), language=tongue)}
                found.append((end, length, Subject(f"{area}-{kind}{start:%Y%m}", f"{name}: {named}", detail)))
            start = add_months(start, length)
    return [told for _end, _length, told in sorted(found, key=lambda one: (one[0], one[1]), reverse=True)]


def subject(user: User, key: str) -> Period | None:
    area, _dash, when = key.partition("-")
    kind, digits = when[:1], when[1:]
    if area != _area(user) or kind not in _MONTHS or len(digits) != 6 or not digits.isdecimal():
        return None
    year, number_ = int(digits[:4]), int(digits[4:])
    if not (1 <= number_ <= 12 and (number_ - 1) % _MONTHS[kind] == 0 and year >= 2000):
        return None
    first = date(year, number_, 1)
    last = add_months(first, _MONTHS[kind] - 1)
    running = tuple(one for one in _programmes(user) if one.starts_on <= last and one.ends_on > first)
    return Period(area, first, last, running, user) if running else None


def _area(user: User) -> str:
    """The province or regency of the person: money has no smaller place."""
    fits = user.is_active and user.may(Permission.FIGURES_VIEW) and 0 < len(user.area_code) <= _REGENCY
    return user.area_code if fits else ""


def _programmes(user: User) -> list[Programme]:
    inside = within_area(programmes_of(user), user.area_code).select_related("owner")
    return list(inside.order_by("starts_on", "code"))


def people(thing: Period) -> int:
    return 0


def contents(thing: Period, *, on: date, by: User | None, names: bool = True) -> Gathered:
    user, programmes = thing.viewer, thing.programmes
    region = names_of([thing.area_code]).get(thing.area_code, thing.area_code)
    office = user.office or programmes[0].owner_on(on)
    until = thing.told_until(on)
    # Of a programme that ended before that month no place is empty and nobody is missing.
    running = [one for one in programmes if one.starts_on <= until < one.ends_on]
    found = figures.reached(running, month=until)
    places = Places(line.code for district, villages in found.districts for line in (district, *villages))
    said: dict[str, Any] = {
        **parts.letterhead(office, region),
        "tempat": parts.seat_of(region),
        "tanggal": paper_date(on),
        "nama_program": parts.listed([one.name for one in programmes]),
        "periode": thing.words,
        "keadaan": paper_date(on),
        "capaian": _reached_lines(found, places),
        "pekerjaan": [
            {"pekerjaan": _work(code), "ditetapkan": planned, "aktif": active}
            for code, planned, active in figures.by_work(running, month=until)
        ],
        "anggaran": _money_lines(thing),
        "mutasi": [
            {
                "bulan": parts.months_said(one.first, one.last),
                "masuk": one.came,
                "keluar": one.left,
                "akhir": one.closing,
            }
            for one in figures.moved(programmes, first=thing.first, last=until, closed=found.total_hidden)
        ],
        "klaim": [],
        "klaim_keterangan": "Klaim belum dicatat di sistem ini. Jumlah dan nilainya tidak dapat dilaporkan dari sini;"
        " hal itu tidak berarti tidak ada klaim.",
        "ucj": words.coverage_lines(thing, region, on),
        "tindak_lanjut": words.follow_ups(thing, on),
        "catatan": words.notes(found, until),
    }
    return Gathered(
        contents=said,
        about=About("region", int(thing.area_code), region),
        area_code=thing.area_code,
        title=f"Laporan monitoring dan evaluasi {region}, {thing.words}",
        lists=(),
        public_lists=_attachment(found, places, until, on),
        earliest=thing.first,
        suggested={
            "jabatan": f"Kepala {office.name}",
            "pendahuluan": words.introduction(thing, region, found, until),
            "dasar": words.bases(thing, on),
            "masalah": words.issues(thing, found, until, on),
        },
    )


# --- tables ----------------------------------------------------------------------------------------


def _reached_lines(found: Reached, places: Places) -> list[dict[str, str]]:
    """By district; where the region has few villages, by village under each."""
    villages = sum(len(own) for _district, own in found.districts)
    lines = []
    for district, own in found.districts:
        lines.append(_reached_line(places.short(district.code), district.quota, district.cells))
        if villages <= parts.LINES_IN_BODY:
            lines += [_reached_line(places.village(one.code), one.quota, one.cells) for one in own]
    lines.append(_reached_line("Jumlah", number(found.places), found.total))
    return lines


def _reached_line(name: str, quota: str, cells: tuple[str, str, str]) -> dict[str, str]:
    valid, planned, active = cells
    return {"wilayah": name, "kuota": quota, "memenuhi": valid, "ditetapkan": planned, "aktif": active}


def _work(code: str) -> str:
    known = occupations().get(code)
    return known.label if known else code or "Belum diisi"


def _money_lines(thing: Period) -> list[dict[str, str]]:
    lines = figures.money(thing.programmes, until=thing.last_day)
    if len(lines) > 1:
        lines.append(figures.summed("Jumlah", lines))
    return [
        {
            "sumber": one.name,
            "pagu": number(one.ceiling_rp),
            "tagihan": number(one.billed_rp),
            "realisasi": number(one.paid_rp),
            "persen": percent(percent_of(one.paid_rp, one.ceiling_rp, places=1)) if one.ceiling_rp else "—",
        }
        for one in lines
    ]


def _attachment(found: Reached, places: Places, until: date, on: date) -> Sequence[NameList]:
    """All villages, where the body told of districts only."""
    if sum(len(own) for _district, own in found.districts) <= parts.LINES_IN_BODY:
        return ()
    groups = [
        Group(
            places.short(district.code),
            [
                *([places.village(one.code), one.quota, *one.cells] for one in own),
                ["Jumlah", district.quota, *district.cells],
            ],
        )
        for district, own in found.districts
    ]
    groups.append(Group("Seluruhnya", [["Jumlah seluruhnya", number(found.places), *found.total]]))
    return [
        NameList(
            title=f"Capaian per desa atau kelurahan, {month_name_id(until)}",
            headings=[
                Heading("Desa/Kelurahan", 3.4),
                *(Heading(title, 1.5, "right") for title in ("Kuota", "Memenuhi", "Ditetapkan", "Aktif")),
            ],
            groups=groups,
            landscape=False,
            intro=parts.intro("LAMPIRAN", "LAPORAN MONITORING DAN EVALUASI", on),
        )
    ]
