"""How many are covered month by month, and the line where cover ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from naung.ui.charts import paint
from naung.ui.formats import MONTHS_SHORT, date_short, month_short, number, spoken

TOP, FLOOR, HEIGHT = 22, 78, 100  # where bars may begin and where they stand, in units of the picture
NARROW = 400  # a picture up to this wide fits a phone, which draws it at nine tenths: its words are larger
ROOM = 27  # the narrowest month that has room for its name
MOST_LABELS = 18  # more months than this, and only every third is named


@dataclass(frozen=True, slots=True)
class CliffMonth:
    """People of one month (its first day): paid, billed but unpaid, planned with money, planned without."""

    month: date
    paid: int = 0
    unpaid: int = 0
    planned: int = 0
    unfunded: int = 0

    @property
    def total(self) -> int:
        return self.paid + self.unpaid + self.planned + self.unfunded


def cliff(
    months: Sequence[CliffMonth],
    *,
    ends_on: date | None = None,
    note: str = "",
    width: int = 358,
    language: str = "id",
) -> SafeString:
    """Month bars from zero: paid solid, unpaid red on top, planned dashed, unfunded dotted sand.

    `ends_on` is the last covered day: the line stands after its month. `width` is that of the picture in
    its own units (358 beside another card, 720 for a full row), so that text keeps its size.
    """
    tallest = max((entry.total for entry in months), default=0) or 1
    step = (width - 4) / max(len(months), 1)
    bars = format_html_join(
        "", "{}", ((_bar(entry, place * step + 2, step, tallest),) for place, entry in enumerate(months))
    )
    # Names that would touch their neighbours are left out: every second, every third.
    every = 3 if len(months) > MOST_LABELS else 1 if step >= ROOM else 2
    names = format_html_join(
        "",
        '<text x="{}" y="93" font-size="{}" fill="{}" text-anchor="middle">{}</text>',
        (
            (
                f"{place * step + 2 + (step - 6) / 2:.1f}",
                _letters(width),
                paint.TEXT,
                MONTHS_SHORT[spoken(language)][entry.month.month - 1],
            )
            for place, entry in enumerate(months)
            if place % every == 0
        ),
    )
    picture = format_html(
        '<svg class="grafik" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}'
        '<line x1="0" y1="{}" x2="{}" y2="{}" stroke="{}"/></svg>',
        width, HEIGHT, _sentence(months, ends_on, language), bars, names,
        _cliff_line(months, ends_on, note, step, width, language), FLOOR, width, FLOOR, paint.LINE,
    )  # fmt: skip
    headings = (
        gettext("Bulan"),
        gettext("Lunas"),
        gettext("Belum dibayar"),
        gettext("Direncanakan"),
        gettext("Tanpa dana"),
    )
    rows = [
        (
            month_short(entry.month, language=language),
            *(number(count, language=language) for count in (entry.paid, entry.unpaid, entry.planned, entry.unfunded)),
        )
        for entry in months
    ]
    if width > NARROW:
        # On a phone the picture keeps its size and scrolls in its own frame: its words stay readable.
        picture = format_html(
            '<div class="scx lebar" role="region" tabindex="0" aria-label="{}">{}</div>',
            gettext("Perlindungan per bulan, geser ke samping"),
            picture,
        )
    return format_html('<figure class="gambar">{}{}</figure>', picture, paint.table(headings, rows))


def _letters(width: int) -> str:
    return "12.4" if width <= NARROW else "11.5"


def _bar(entry: CliffMonth, left: float, step: float, tallest: int) -> SafeString:
    """One month, stacked from the floor up."""
    wide = max(step - 6, 2)
    looks = (
        (entry.paid, paint.COVERED, "none", "0"),
        (entry.planned, "#E1EDFC", paint.ESTIMATE, "3 2"),
        (entry.unfunded, "#FFF9EA", paint.SAND_LINE, "2 3"),
        (entry.unpaid, paint.UNPAID, "none", "0"),
    )
    pieces = []
    floor = float(FLOOR)
    for count, fill, stroke, dashes in looks:
        if not count:
            continue
        height = max(count * (FLOOR - TOP) / tallest, 2.0)
        inset = 0.5 if stroke != "none" else 0.0
        pieces.append(
            format_html(
                '<rect x="{}" y="{}" width="{}" height="{}" rx="2.5" fill="{}" stroke="{}" stroke-dasharray="{}"/>',
                f"{left + inset:.1f}",
                f"{floor - height + inset:.1f}",
                f"{wide - 2 * inset:.1f}",
                f"{max(height - 2 * inset, 1):.1f}",
                fill,
                stroke,
                dashes,
            )
        )
        floor -= height + 1.5
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _cliff_line(
    months: Sequence[CliffMonth], ends_on: date | None, note: str, step: float, width: int, language: str
) -> SafeString:
    """The clay line after the month of `ends_on`; nothing where that month is not in the picture."""
    place = _place_after(months, ends_on)
    if place is None or ends_on is None:
        return SafeString("")
    x = min(place * step, width - 1)
    words = gettext("Berakhir %(day)s") % {"day": date_short(ends_on, language=language)}
    if note:
        words = f"{words}: {note}"
    # The words stand on the side of the line that has room for them.
    on_left = x > width / 2
    return format_html(
        '<line x1="{}" y1="4" x2="{}" y2="80" stroke="{}" stroke-width="2"/>'
        '<text x="{}" y="13" font-size="{}" font-weight="700" fill="{}" text-anchor="{}">{}</text>',
        f"{x:.1f}", f"{x:.1f}", paint.CLAY, f"{x - 6 if on_left else x + 6:.1f}", _letters(width), paint.CLAY_DARK,
        "end" if on_left else "start", words,
    )  # fmt: skip


def _place_after(months: Sequence[CliffMonth], ends_on: date | None) -> int | None:
    if ends_on is None:
        return None
    last = ends_on.replace(day=1)
    return next((place + 1 for place, entry in enumerate(months) if entry.month == last), None)


def _sentence(months: Sequence[CliffMonth], ends_on: date | None, language: str) -> str:
    """The finding in one sentence: what was paid last, what is open, when it ends."""
    said = []
    paid = [entry for entry in months if entry.paid]
    if paid:
        said.append(
            gettext("%(people)s orang lunas pada %(month)s")
            % {
                "people": number(paid[-1].paid, language=language),
                "month": month_short(paid[-1].month, language=language),
            }
        )
    unpaid = sum(entry.unpaid for entry in months)
    if unpaid:
        said.append(gettext("%(count)s bulan-orang belum dibayar") % {"count": number(unpaid, language=language)})
    if ends_on:
        said.append(gettext("perlindungan berakhir %(day)s") % {"day": date_short(ends_on, language=language)})
    return "; ".join(said) or gettext("Belum ada bulan yang dibayar")
