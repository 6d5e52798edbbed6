"""Beranda of a leader in words and pictures: what `leader.LeaderHome` says, ready for its template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.planning.bridge import LOOKS, Bridge
from naung.planning.leader import Area, LeaderHome
from naung.planning.queries import Ending, Funnel, Month
from naung.planning.tile_places import places_of, short_name
from naung.planning.waiting import Waiting
from naung.ui.charts import CliffMonth, Closing, FunnelStage, Tile
from naung.ui.formats import number, percent
from naung.ui.navigation import address

#: How the table of places can be sorted: the key in the address, and what it sorts by.
SORTS = ("tertinggal", "nama", "rencana", "aktif")
TILES_AT_MOST = 40


@dataclass(frozen=True)
class Decision:
    """Something only this person can decide, and where: one click from done."""

    title: str
    words: str
    url: str
    waiting: Waiting


def context_of(seen: LeaderHome, user: User, *, sort: str = "") -> dict[str, Any]:
    """What the templates of a leader's Beranda are given."""
    order = sort if sort in SORTS else SORTS[0]
    tiles, in_place = tile_map(seen.areas, user.area_code, by_rate=seen.by_rate)
    return {
        "o": seen,
        "c": seen.coverage,
        "target_percent": seen.coverage.target.percent if seen.coverage and seen.coverage.target else None,
        "estimate_people": seen.estimate.people if seen.estimate else 0,
        "plan_percent": _share(seen.plan_rp, seen.money.ceiling_rp),
        "cliff_months": cliff_months(seen.months, seen.month, seen.endings),
        "ends_on": seen.endings[0].last_day if seen.endings else None,
        "cliff_note": _cliff_note(seen),
        "stages": stages(seen.funnel),
        "closings": closings(seen.bridge) if seen.bridge else [],
        "need_label": _need_label(seen),
        "tiles": tiles,
        "in_place": in_place,
        "wide_map": max((tile.place[0] for tile in tiles), default=0) > 3,
        "rows": sorted_areas(seen.areas, order, by_rate=seen.by_rate),
        "sort": order,
        "sorted": bool(sort),
        "places_url": f"{address('coverage:list')}?menurut={'wilayah' if len(user.area_code) == 2 else 'desa'}",
        "unpaid_rp": seen.this_month.billed_rp - seen.this_month.paid_rp,
        "decisions": decisions(seen.waiting),
        "province": len(user.area_code) == 2,
        "may_record": user.may(Permission.FIGURES_EDIT),
        "planner_url": address("planning:planner"),
        "coverage_url": address("coverage:list"),
        "bills_url": address("contributions:bills") if user.may(Permission.BILLS_VIEW) else None,
        "reports_url": address("planning:reports"),
    }


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) * 100 / Decimal(whole) if whole else Decimal(0)


def _need_label(seen: LeaderHome) -> str:
    if seen.bridge and seen.bridge.to_target and seen.coverage and seen.coverage.target:
        share = percent(seen.coverage.target.percent, language=get_language() or "id")
        return _("Perlu untuk %(share)s") % {"share": share}
    return _("Belum terlindungi")


def _cliff_note(seen: LeaderHome) -> str:
    """Said at the cliff: that nobody has planned the months after it."""
    if not seen.endings:
        return ""
    after = seen.endings[0].ends_on
    if any(entry.planned for entry in seen.months if entry.month >= after):
        return ""
    return _("%(year)s belum ada SK") % {"year": after.year}


def cliff_months(months: Sequence[Month], now: date, endings: Sequence[Ending] = ()) -> list[CliffMonth]:
    """Paid at the bottom, billed and unpaid on it, then what is only planned; after the cliff those nobody plans."""
    found = []
    for entry in months:
        lapsed = sum(ending.people for ending in endings if ending.last_month < entry.month)
        found.append(
            CliffMonth(
                month=entry.month,
                paid=entry.paid,
                unpaid=entry.unpaid,
                planned=max(entry.planned - entry.billed, 0) if entry.month >= now else 0,
                unfunded=max(lapsed - entry.planned, 0),
            )
        )
    return found


def stages(funnel: Funnel) -> list[FunnelStage]:
    return [
        FunnelStage(_("Diusulkan"), funnel.proposed),
        FunnelStage(_("Lolos periksa"), funnel.accepted),
        FunnelStage(_("Terpilih"), funnel.chosen),
        FunnelStage(_("Ditetapkan SK"), funnel.decreed),
        FunnelStage(_("Ditagihkan"), funnel.billed),
        FunnelStage(_("Aktif bulan ini"), funnel.active, active=True),
    ]


def closings(found: Bridge) -> list[Closing]:
    """The bars between the need and what stays open, one for each kind of money and state."""
    english = (get_language() or "id").startswith("en")
    bars = []
    for part in found.parts:
        name = part.payer.words.en if english else part.payer.label_id
        name = name.split(" (")[0]
        label = _("%(payer)s, belum SK") % {"payer": name} if part.promised else name
        bars.append(Closing(label[:1].upper() + label[1:], part.people, LOOKS.get(part.payer, ""), part.promised))
    return bars


def tile_map(areas: Sequence[Area], area_code: str, *, by_rate: bool) -> tuple[list[Tile], bool]:
    """A tile for each part of the territory; none where there are too many to be read."""
    if not areas or len(areas) > TILES_AT_MOST:
        return [], True
    language = get_language() or "id"
    names = [one.name for one in areas]
    places, in_place = places_of(area_code, [one.code for one in areas])
    return [
        Tile(
            short_name(one.name, names),
            one.coverage.ucj.percent if by_rate and one.coverage else one.active,
            percent(one.coverage.ucj.percent, language=language)
            if by_rate and one.coverage
            else number(one.active, language=language),
            place,
        )
        for one, place in zip(areas, places, strict=True)
    ], in_place


def sorted_areas(areas: Sequence[Area], order: str, *, by_rate: bool) -> list[Area]:
    """Those furthest behind first, unless another order is asked for."""
    if order == "nama":
        return sorted(areas, key=lambda one: one.name)
    if order == "rencana":
        return sorted(areas, key=lambda one: (-one.planned, one.name))
    if order == "aktif":
        return sorted(areas, key=lambda one: (-one.active, one.name))
    if by_rate:
        return sorted(areas, key=lambda one: (one.coverage.ucj.percent if one.coverage else 0, one.name))
    return sorted(areas, key=lambda one: (one.share if one.share is not None else Decimal(101), one.name))


def decisions(waiting: Sequence[Waiting]) -> list[Decision]:
    """What waits for this person, with the number of people and where it is done."""
    return [
        Decision(_title(one), one.subject, reverse(_PAGES[one.kind], args=[one.target_id]), one)
        for one in waiting
        if one.kind in _PAGES
    ]


_PAGES = {"round_to_approve": "selection:round", "payment_to_confirm": "contributions:bill"}


def _title(one: Waiting) -> str:
    if one.kind == "round_to_approve":
        words = ngettext("SK untuk %(n)s peserta", "SK untuk %(n)s peserta", one.count)
    else:
        words = ngettext("Pembayaran untuk %(n)s peserta", "Pembayaran untuk %(n)s peserta", one.count)
    return words % {"n": number(one.count, language=get_language() or "id")}
