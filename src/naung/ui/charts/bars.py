"""Bars that start at zero: progress, the way from proposed to active, coverage out of the workforce."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from naung.ui.charts import paint
from naung.ui.formats import number, percent

# Where a label would run out of the picture, it is aligned to the edge instead.
NEAR_EDGE = Decimal(14)
# From here on a name in the middle does not touch those at the ends.
ROOM = Decimal(30)


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """A step people pass, with how many (absolute) are there; `active` marks those covered today."""

    label: str | Promise
    count: int
    active: bool = False


def meter(
    done: int | Decimal, *, of: int | Decimal, target: int | Decimal | None = None, label: str = ""
) -> SafeString:
    """A progress bar; `target`, in the unit of `done`, is the black mark. Without a label it says its share."""
    share = paint.part(done, of)
    sentence = label or gettext("%(share)s dari seluruhnya") % {
        "share": percent(share, language=get_language() or "id")
    }
    mark = SafeString("")
    if target is not None:
        at = paint.part(target, of)
        mark = format_html(
            '<rect x="{}%" y="0" width="8" height="24" rx="3" fill="#fff" transform="translate(-4 0)"/>'
            '<rect x="{}%" y="0" width="4" height="24" rx="2" fill="{}" transform="translate(-2 0)"/>',
            at, at, paint.INK,
        )  # fmt: skip
    return format_html(
        '<svg class="meter-svg" role="img" aria-label="{}">'
        '<rect y="5" width="100%" height="14" rx="7" fill="{}"/>'
        '<rect y="5" width="{}%" height="14" rx="7" fill="{}"/>{}</svg>',
        sentence, paint.TRACK, share, paint.COVERED, mark,
    )  # fmt: skip


def funnel(stages: Sequence[FunnelStage], *, title: str = "", language: str = "id") -> SafeString:
    """Horizontal bars with absolute counts; what is lost at each step stands in the table, in numbers."""
    widest = max((stage.count for stage in stages), default=0)
    bars = format_html_join("", "{}", ((_funnel_row(stage, widest, language),) for stage in stages))
    said = "; ".join(f"{stage.label} {number(stage.count, language=language)}" for stage in stages)
    sentence = f"{title}: {said}" if title else said
    rows = []
    for place, stage in enumerate(stages):
        lost = number(stage.count - stages[place - 1].count, language=language) if place else "—"
        rows.append((str(stage.label), number(stage.count, language=language), lost))
    headings = (gettext("Langkah"), gettext("Orang"), gettext("Selisih"))
    return format_html(
        '<figure class="gambar"><div class="corong" role="img" aria-label="{}">{}</div>{}</figure>',
        sentence, bars, paint.table(headings, rows),
    )  # fmt: skip


def _funnel_row(stage: FunnelStage, widest: int, language: str) -> SafeString:
    return format_html(
        '<div><span>{}</span><svg aria-hidden="true"><rect width="100%" height="16" rx="4" fill="{}"/>'
        '<rect width="{}%" height="16" rx="4" fill="{}"/></svg><b class="num">{}</b></div>',
        stage.label,
        paint.TRACK,
        paint.part(stage.count, widest),
        paint.ACTIVE if stage.active else paint.COVERED,
        number(stage.count, language=language),
    )


def ucj_bar(
    covered: int, workforce: int, *, estimate: int = 0, target: Decimal | None = None, language: str = "id"
) -> SafeString:
    """Coverage out of `workforce` (people), 0 to 100 %.

    `covered` is the official figure (solid); `estimate` is how many more our own programmes cover
    (hatched, never added silently); `target` is in percent. A workforce of zero is our own mistake.
    """
    assert workforce > 0, "a bar of coverage needs its denominator"
    solid, hatched = paint.part(covered, workforce), paint.part(estimate, workforce)
    hatched = min(hatched, Decimal(100) - solid)
    shown = percent(Decimal(covered) * 100 / workforce, language=language)
    gap = percent(Decimal(workforce - covered) * 100 / workforce, language=language)
    said = [gettext("Terlindungi %(share)s") % {"share": shown}]
    if estimate:
        said.append(gettext("perkiraan program kami +%(share)s") % {"share": percent(hatched, language=language)})
    if target is not None:
        said.append(gettext("sasaran %(share)s") % {"share": percent(target, language=language)})
    return format_html(
        '<svg class="ucj grafik-tetap" height="72" role="img" aria-label="{}">'
        '<defs><pattern id="ucj-arsir" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        '<rect width="7" height="7" fill="{}"/>'
        '<line x1="0" y1="0" x2="0" y2="7" stroke="#fff" stroke-width="4"/></pattern></defs>'
        '<svg y="24" width="100%" height="26">'
        '<rect x="0.5" y="0.5" width="99.8%" height="25" rx="7" fill="{}" stroke="{}"/>'
        '<rect width="{}%" height="26" rx="7" fill="{}"/>{}</svg>{}'
        '<text x="0" y="67" font-size="12" font-weight="600" fill="#0A4A9C">{}</text>{}'
        '<text x="100%" y="67" font-size="12" font-weight="600" fill="{}" text-anchor="end">{}</text></svg>',
        ", ".join(said),
        paint.ESTIMATE,
        paint.SAND, paint.SAND_LINE,
        solid, paint.COVERED,
        _estimate_bar(solid, hatched),
        _target_mark(target, language) if target is not None else "",
        said[0],
        _estimate_name(solid, hatched, language),
        paint.CLAY_DARK,
        gettext("Belum terlindungi %(share)s") % {"share": gap},
    )  # fmt: skip


def _estimate_bar(solid: Decimal, hatched: Decimal) -> SafeString:
    if not hatched:
        return SafeString("")
    # A white hair between the two keeps what is official apart from what is estimated.
    return format_html(
        '<rect x="{}%" width="{}%" height="26" fill="url(#ucj-arsir)"/>'
        '<rect x="{}%" width="1.5" height="26" fill="#fff"/>',
        solid, hatched, solid,
    )  # fmt: skip


def _estimate_name(solid: Decimal, hatched: Decimal, language: str) -> SafeString:
    """Under the hatched part, where there is room between the two names at the ends; a phone has none."""
    middle = solid + hatched / 2
    if not hatched or not ROOM < middle < 100 - ROOM:
        return SafeString("")
    return format_html(
        '<text class="hide-s" x="{}%" y="67" font-size="12" font-weight="600" fill="{}" text-anchor="middle">{}</text>',
        middle, paint.PROMISE,
        gettext("perkiraan +%(share)s") % {"share": percent(hatched, language=language)},
    )  # fmt: skip


def _target_mark(target: Decimal, language: str) -> SafeString:
    at = paint.part(target, 100)
    anchor = "start" if at < NEAR_EDGE else "end" if at > 100 - NEAR_EDGE else "middle"
    return format_html(
        '<rect x="{}%" y="17" width="8" height="40" rx="3" fill="#fff" transform="translate(-4 0)"/>'
        '<rect x="{}%" y="17" width="4" height="40" rx="2" fill="{}" transform="translate(-2 0)"/>'
        '<text x="{}%" y="11" font-size="12" font-weight="700" fill="{}" text-anchor="{}">{}</text>',
        at, at, paint.INK, at, paint.INK, anchor,
        gettext("Sasaran %(share)s") % {"share": percent(target, language=language)},
    )  # fmt: skip
