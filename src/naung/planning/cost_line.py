"""The line from today's coverage to everybody, with what each target costs (mock 07), as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from naung.planning.costing import Step
from naung.ui.charts import paint
from naung.ui.formats import number, percent, rupiah, rupiah_short

WIDTH, HEIGHT = 760, 250
LEFT, RIGHT, TOP, FLOOR = 92, 740, 28, 206


def cost_line(steps: Sequence[Step], *, start: Decimal, chosen: Decimal) -> SafeString:
    """Cost by target: a straight line from nothing today (`start`, per cent) to the last step; `chosen` is marked."""
    language = get_language() or "id"
    end, most = steps[-1].percent, max(steps[-1].total, 1)
    # A mark that would stand on "today" says nothing; the chosen one always stays.
    steps = [step for step in steps if step.percent == chosen or step.percent - start > (end - start) / 8]
    span = max(end - start, Decimal(1))

    def at(step: Step) -> tuple[str, str]:
        x = LEFT + float((step.percent - start) / span) * (RIGHT - LEFT)
        return f"{x:.1f}", f"{FLOOR - step.total / most * (FLOOR - TOP):.1f}"

    points = format_html_join("", "{}", ((_point(step, at(step), chosen, language),) for step in steps))
    grid = format_html_join(
        "",
        '<line x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>'
        '<text x="{}" y="{}" font-size="12" fill="{}" text-anchor="end">{}</text>',
        (
            (LEFT, RIGHT, y, y, paint.TRACK, LEFT - 8, y + 4, paint.TEXT, rupiah_short(amount, language=language))
            for amount in range(0, most + 1, _round_step(most))
            for y in (FLOOR - amount * (FLOOR - TOP) // most,)
        ),
    )
    x_end, y_end = at(steps[-1])
    wanted = next((step for step in steps if step.percent == chosen), steps[-1])
    sentence = gettext("Sasaran %(share)s perlu %(people)s orang lagi dan %(cost)s") % {
        "share": percent(wanted.percent, language=language),
        "people": number(wanted.more_people, language=language),
        "cost": rupiah(wanted.total, language=language),
    }
    picture = format_html(
        '<svg class="grafik" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<path d="M{} {}L{} {}L{} {}Z" fill="#E1EDFC" opacity=".6"/>'
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="3"/>'
        '<text x="{}" y="{}" font-size="12" fill="{}" text-anchor="start">{}</text>{}</svg>',
        WIDTH, HEIGHT, sentence, grid,
        LEFT, FLOOR, x_end, y_end, x_end, FLOOR,
        LEFT, FLOOR, x_end, y_end, paint.COVERED,
        LEFT, FLOOR + 20, paint.TEXT, gettext("kini %(share)s") % {"share": percent(start, language=language)},
        points,
    )  # fmt: skip
    rows = [
        (
            percent(step.percent, language=language),
            number(step.more_people, language=language),
            rupiah(step.total, language=language),
        )
        for step in steps
    ]
    headings = (gettext("Sasaran"), gettext("Orang lagi"), gettext("Biaya"))
    return format_html(
        '<figure class="gambar"><div class="scx m" role="region" tabindex="0" aria-label="{}">{}</div>{}</figure>',
        gettext("Biaya per sasaran, geser ke samping"), picture, paint.table(headings, rows),
    )  # fmt: skip


def _round_step(most: int) -> int:
    """A step of 1, 2 or 5 with zeros that makes three to six lines up to `most`."""
    power = 10 ** max(len(str(most)) - 2, 0)
    return next(
        step
        for size in (1, 10, 100)
        for step in (power * size, 2 * power * size, 5 * power * size)
        if most // step <= 5
    )


def _point(step: Step, at: tuple[str, str], chosen: Decimal, language: str) -> SafeString:
    x, y = at
    main = step.percent == chosen
    near_end = float(x) > RIGHT - 150
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="3"/>'
        '<text x="{}" y="{}" font-size="{}" font-weight="700" fill="{}" text-anchor="{}">{}</text>'
        '<text x="{}" y="{}" font-size="12" font-weight="{}" fill="{}" text-anchor="middle">{}</text>',
        x, y, 8 if main else 5, "#F5B301" if main else "#fff", paint.INK if main else paint.COVERED,
        f"{float(x) - 14:.1f}" if near_end or not main else f"{float(x) + 14:.1f}",
        f"{float(y) - 9:.1f}" if near_end or not main else f"{float(y) + 18:.1f}",
        14 if main else 12, paint.INK, "end" if near_end or not main else "start",
        rupiah_short(step.total, language=language),
        x, FLOOR + 20, 700 if main else 400, paint.INK if main else paint.TEXT,
        percent(step.percent, language=language),
    )  # fmt: skip
