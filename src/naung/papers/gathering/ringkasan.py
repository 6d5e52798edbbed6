"""The one page for whoever leads, as a paper: the figures of the live sheet (`planning.summary`) on its day.

It leaves the office: counts by area are hidden where they are small, as there, and no person stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.areas.queries import names_of
from naung.documents.dates import paper_date
from naung.papers.gathering import About, Gathered, Subject
from naung.papers.gathering import ba_parts as parts
from naung.planning.leader import leader_home
from naung.planning.summary import contents as live_sheet
from naung.rules.periods import first_of_month
from naung.selection.models import Round
from naung.selection.queries import rounds_visible_to
from naung.ui.formats import month, number

_REGENCY = 4
#: So many fit under the rest of the page; the furthest behind come first, as on Beranda.
AREAS = 6
DECISIONS = 3


@dataclass(frozen=True)
class Sheet:
    """One region in one month, as one person sees it."""

    area_code: str
    month: date
    viewer: User


def subjects(user: User) -> list[Subject]:
    """The region of the person in this month: what was is told by the papers issued then."""
    area = _area(user)
    if not area:
        return []
    now = first_of_month(timezone.localdate())
    return [Subject(f"{area}-{now:%Y%m}", f"{_name(area)}: {month(now, language=parts.tongue())}")]


def subject(user: User, key: str) -> Sheet | None:
    now = first_of_month(timezone.localdate())
    area = _area(user)
    return Sheet(area, now, user) if area and key == f"{area}-{now:%Y%m}" else None


def _area(user: User) -> str:
    """The province or regency of the person."""
    fits = user.is_active and user.may(Permission.FIGURES_VIEW) and 0 < len(user.area_code) <= _REGENCY
    return user.area_code if fits else ""


def people(thing: Sheet) -> int:
    return 0


def contents(thing: Sheet, *, on: date, by: User | None, names: bool = True) -> Gathered:
    user, region = thing.viewer, _name(thing.area_code)
    with override("id"):  # papers are Indonesian, whatever the screen is read in
        told = live_sheet(leader_home(user, on=on), user)
    office = user.office
    said: dict[str, Any] = {
        **(parts.letterhead(office, region) if office else {"instansi": f"Pemerintah {region}"}),
        "judul": told["title"],
        "keadaan": paper_date(on),
        "angka": [{"ukuran": name, "nilai": value, "keterangan": words} for name, value, words in told["figures"]],
        "sumber_ucj": told["coverage_source"],
        "iuran_dibayar": told["money"]["paid"],
        "iuran": told["money"]["words"],
        "perhatian": told["attention"]["lines"],
        "keputusan": _decisions(user),
        "celah": _counted(told["way"]["lines"]),
        "celah_keterangan": told["way"]["words"],
        "tahap": _counted(told["funnel"]["lines"]),
        "wilayah": [
            {"wilayah": name, "rencana": planned, "aktif": active}
            for name, planned, active in told["places"]["lines"][:AREAS]
        ],
        "wilayah_keterangan": _about_areas(told, thing),
        "tempat": parts.seat_of(region),
        "tanggal": paper_date(on),
    }
    return Gathered(
        contents=said,
        about=About("region", int(thing.area_code), region),
        area_code=thing.area_code,
        title=f"Ringkasan untuk pimpinan, {region}, {month(thing.month, language='id')}",
        earliest=thing.month,
        suggested={"jabatan": f"Kepala {office.name}"} if office else {},
    )


def _decisions(user: User) -> list[str]:
    """What waits for a signature of the region; the live sheet tells a person what waits for that person."""
    waiting = rounds_visible_to(user).filter(status=Round.Status.SUBMITTED).select_related("programme")
    lines = [f"SK untuk {number(one.chosen)} peserta: {one.programme.name}" for one in waiting[:DECISIONS]]
    return lines or ["Tidak ada keputusan yang menunggu."]


def _counted(lines: list[list[str]]) -> list[dict[str, str]]:
    return [{"uraian": name, "jumlah": count} for name, count in lines]


def _about_areas(told: dict[str, Any], thing: Sheet) -> str:
    lines = told["places"]["lines"]
    if not lines:
        return ""
    shown = f" {AREAS} wilayah yang paling tertinggal dari {len(lines)}." if len(lines) > AREAS else ""
    return f"{month(thing.month, language='id')}.{shown} Hitungan 1 sampai 4 orang disembunyikan. Sumber: Naung."


def _name(area: str) -> str:
    return names_of([area]).get(area, area)
