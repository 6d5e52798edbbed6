"""The charts of `naung.ui.charts` as tags, in the language of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from naung.ui import charts

register = template.Library()


@register.simple_tag
def funnel(stages: Sequence[charts.FunnelStage], title: str = "") -> SafeString:
    """Bars from proposed to active; the loss at each step is in the table beside it."""
    return charts.funnel(stages, title=str(title), language=get_language() or "id")


@register.simple_tag
def cliff(
    months: Sequence[charts.CliffMonth], *, ends_on: date | None = None, note: str = "", width: int = 358
) -> SafeString:
    """Covered people month by month and the line where cover ends."""
    return charts.cliff(months, ends_on=ends_on, note=str(note), width=width, language=get_language() or "id")


@register.simple_tag
def ucj_bar(covered: int, workforce: int, *, estimate: int = 0, target: Decimal | None = None) -> SafeString:
    """Coverage out of the workforce: solid official, hatched estimate, black target."""
    return charts.ucj_bar(covered, workforce, estimate=estimate, target=target, language=get_language() or "id")


@register.simple_tag
def waterfall(need: int, closings: Sequence[charts.Closing], need_label: str = "", open_label: str = "") -> SafeString:
    """What closes a need, and what nobody pays for yet (hatched clay)."""
    return charts.waterfall(
        need, closings, need_label=str(need_label), open_label=str(open_label), language=get_language() or "id"
    )


@register.simple_tag
def who_pays(parts: Sequence[charts.Payment], title: str = "") -> SafeString:
    """One stacked bar by source of money, with its table; what has no money is last and hatched."""
    return charts.payers(parts, title=str(title), language=get_language() or "id")


@register.simple_tag
def tile_map(districts: Sequence[charts.Tile], title: str = "", *, in_place: bool = True) -> SafeString:
    """One tile for each district in its compass place, the value written in it."""
    return charts.tiles(districts, title=str(title), in_place=in_place)


@register.simple_tag
def coverage_timeline(
    lanes: Sequence[charts.Lane],
    *,
    first: date,
    months: int,
    today: date | None = None,
    ends_on: date | None = None,
    label: str = "",
) -> SafeString:
    """One person over time: cover, who pays, contributions, tier of benefit."""
    return charts.timeline(
        lanes,
        first=first,
        months=months,
        today=today,
        ends_on=ends_on,
        label=str(label),
        language=get_language() or "id",
    )
