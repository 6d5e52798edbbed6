"""What closes a need: a waterfall that starts at the whole need and ends with what nobody pays for yet."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from naung.ui.charts import paint
from naung.ui.formats import MINUS, number

TOP, FLOOR, HEIGHT = 22, 140, 184  # in pixels: only the breadth follows the page
LETTERS, LINES = 11, 3  # a name under a bar is broken into lines of so many letters


@dataclass(frozen=True, slots=True)
class Closing:
    """One thing that closes part of the need. `look` is a kind of payer (`paint.PAYERS`); `promised` is hatched."""

    label: str | Promise
    count: int
    look: str = "apbd"
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Fall:
    """A bar as it is drawn: from `top` down to `bottom`, both counted from zero."""

    label: str
    count: int
    top: int
    bottom: int


def falls(need: int, closings: Sequence[Closing]) -> tuple[list[Fall], int]:
    """The bars between the need and what stays open, and what stays open: need = their sum + the open part.

    What is more than the need still asks for closes only that much, so that no bar falls below zero.
    """
    left = max(need, 0)
    bars = []
    for one in closings:
        taken = min(max(one.count, 0), left)
        bars.append(Fall(str(one.label), taken, left, left - taken))
        left -= taken
    return bars, left


def waterfall(
    need: int,
    closings: Sequence[Closing],
    *,
    need_label: str = "",
    open_label: str = "",
    unit: str = "",
    language: str = "id",
) -> SafeString:
    """Zero-based bars: the need in sand, each thing that closes it in its colour, the unfunded rest hatched in clay.

    Breadths are shares of the picture and heights pixels, so that words keep their size on a phone.
    """
    first, last = need_label or gettext("Perlu"), open_label or gettext("Belum ada dana")
    unit = unit or gettext("orang")
    bars, still_open = falls(need, closings)
    looks = [paint.PAYERS.get(one.look, paint.ESTIMATE) for one in closings]
    columns = len(bars) + 2
    pieces = [_bar(0, columns, need, 0, need, paint.SAND, paint.SAND_LINE)]
    pieces += [
        _bar(place, columns, bar.top, bar.bottom, need, f"url(#janji-{one.look})" if one.promised else fill, fill)
        for place, (bar, one, fill) in enumerate(zip(bars, closings, looks, strict=True), start=1)
    ]
    pieces.append(_bar(columns - 1, columns, still_open, 0, need, "url(#tanpa-dana)", paint.CLAY))
    levels = [need, *(bar.bottom for bar in bars)]
    pieces += [_joint(place, columns, level, need) for place, level in enumerate(levels)]
    tops = [(need, need, "")] + [(bar.count, bar.top, MINUS) for bar in bars] + [(still_open, still_open, "")]
    for place, (count, level, sign) in enumerate(tops):
        ink = paint.CLAY_DARK if place == columns - 1 and count else paint.INK
        shown = f"{sign if count else ''}{number(count, language=language)}"
        pieces.append(_figure(place, columns, level, need, shown, ink))
    names = [first, *(bar.label for bar in bars), last]
    pieces += [_name(place, columns, name) for place, name in enumerate(names)]
    picture = format_html(
        '<svg class="grafik-tetap" height="{}" role="img" aria-label="{}"><defs>{}</defs>{}'
        '<line x1="0" y1="{}" x2="100%" y2="{}" stroke="{}"/></svg>',
        HEIGHT, _sentence(need, bars, still_open, unit, language), _patterns(closings),
        format_html_join("", "{}", ((piece,) for piece in pieces)), FLOOR, FLOOR, paint.LINE,
    )  # fmt: skip
    rows = [(first, number(need, language=language), number(need, language=language))]
    rows += [
        (
            bar.label,
            f"{MINUS if bar.count else ''}{number(bar.count, language=language)}",
            number(bar.bottom, language=language),
        )
        for bar in bars
    ]
    rows.append((last, number(still_open, language=language), number(still_open, language=language)))
    headings = (gettext("Langkah"), unit.capitalize(), gettext("Sisa"))
    return format_html('<figure class="gambar">{}{}</figure>', picture, paint.table(headings, rows))


def _y(level: int, need: int) -> float:
    return FLOOR - (FLOOR - TOP) * level / need if need > 0 else float(FLOOR)


def _bar(place: int, columns: int, top: int, bottom: int, need: int, fill: str, stroke: str) -> SafeString:
    high = _y(top, need)
    tall = _y(bottom, need) - high
    if top <= bottom:
        return SafeString("")
    step = 100 / columns
    return format_html(
        '<rect x="{}%" y="{}" width="{}%" height="{}" rx="4" fill="{}" stroke="{}"/>',
        f"{place * step + step * 0.1:.2f}", f"{high:.1f}", f"{step * 0.8:.2f}", f"{max(tall, 1.5):.1f}", fill, stroke,
    )  # fmt: skip


def _joint(place: int, columns: int, level: int, need: int) -> SafeString:
    """The hair from the foot of one bar to the head of the next."""
    step, y = 100 / columns, f"{_y(level, need):.1f}"
    return format_html(
        '<line x1="{}%" y1="{}" x2="{}%" y2="{}" stroke="{}"/>',
        f"{place * step + step * 0.9:.2f}", y, f"{(place + 1) * step + step * 0.1:.2f}", y, paint.HELPER,
    )  # fmt: skip


def _figure(place: int, columns: int, level: int, need: int, shown: str, ink: str) -> SafeString:
    step = 100 / columns
    return format_html(
        '<text x="{}%" y="{}" font-size="13" font-weight="700" fill="{}" text-anchor="middle">{}</text>',
        f"{(place + 0.5) * step:.2f}", f"{_y(level, need) - 6:.1f}", ink, shown,
    )  # fmt: skip


def _name(place: int, columns: int, name: str) -> SafeString:
    at = f"{(place + 0.5) * 100 / columns:.2f}"
    lines = textwrap.wrap(name, LETTERS, max_lines=LINES, placeholder="…", break_long_words=False)
    spans = format_html_join(
        "", '<tspan x="{}%" dy="{}">{}</tspan>', ((at, 14 if row else 0, line) for row, line in enumerate(lines))
    )
    return format_html(
        '<text y="{}" font-size="11.5" font-weight="600" fill="{}" text-anchor="middle">{}</text>',
        FLOOR + 16, paint.TEXT, spans,
    )  # fmt: skip


def _patterns(closings: Sequence[Closing]) -> SafeString:
    """Hatches: clay for what nobody pays for, the payer's own colour for what is only promised."""
    drawn = [paint.hatch("tanpa-dana", paint.SAND, paint.CLAY)]
    promised = sorted({one.look for one in closings if one.promised})
    drawn += [paint.hatch(f"janji-{look}", "#fff", paint.PAYERS.get(look, paint.ESTIMATE)) for look in promised]
    return format_html_join("", "{}", ((one,) for one in drawn))


def _sentence(need: int, bars: Sequence[Fall], still_open: int, unit: str, language: str) -> str:
    said = [gettext("Perlu %(n)s %(unit)s") % {"n": number(need, language=language), "unit": unit}]
    said += [f"{bar.label} {number(bar.count, language=language)}" for bar in bars if bar.count]
    said.append(gettext("belum ada dana %(n)s") % {"n": number(still_open, language=language)})
    return "; ".join(said)


# --- who pays --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Payment:
    """Who pays for how many people, and how much. `look` "" is money that nobody has given: always last."""

    label: str | Promise
    people: int
    amount: str
    look: str = ""
    note: str | Promise = ""


def payers(parts: Sequence[Payment], *, title: str = "", unit: str = "", language: str = "id") -> SafeString:
    """One stacked bar of people, fixed colours by source, with the list that is its legend and its table."""
    ordered = sorted(parts, key=lambda one: not one.look)
    whole = sum(one.people for one in ordered)
    drawn, left = [], Decimal(0)
    for one in ordered:
        share = paint.part(one.people, whole)
        if share:
            drawn.append((f"{left}", f"{share}", *_paint_of(one)))
            left += share
    bar = format_html_join(
        "", '<rect x="{}%" width="{}%" height="22" rx="3" fill="{}" stroke="{}"/>', drawn
    )  # fmt: skip
    said = "; ".join(f"{one.label} {number(one.people, language=language)}" for one in ordered)
    rows = format_html_join("", "{}", ((_payer_row(one, language),) for one in ordered))
    return format_html(
        '<figure class="gambar">'
        '<svg class="grafik-tetap" height="22" role="img" aria-label="{}"><defs>{}</defs>{}</svg>'
        '<table class="pembayar"><thead class="vh"><tr><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table></figure>',
        f"{title}: {said}" if title else said, paint.hatch("tanpa-dana", paint.SAND, paint.CLAY), bar,
        gettext("Sumber dana"), unit or gettext("Orang"), gettext("Jumlah"), rows,
    )  # fmt: skip


def _payer_row(one: Payment, language: str) -> SafeString:
    fill, edge = _paint_of(one)
    note = format_html(' <span class="muted">{}</span>', one.note) if one.note else ""
    return format_html(
        '<tr><th scope="row"><svg class="kunci-warna" aria-hidden="true">'
        '<rect x="1" y="1" width="12" height="12" rx="3" fill="{}" stroke="{}"/></svg>{}{}</th>'
        '<td class="n num">{}</td><td class="n num b6">{}</td></tr>',
        fill, edge, one.label, note, number(one.people, language=language), one.amount,
    )  # fmt: skip


def _paint_of(one: Payment) -> tuple[str, str]:
    if not one.look:
        return "url(#tanpa-dana)", paint.CLAY
    return paint.PAYERS.get(one.look, paint.HELPER), "none"
