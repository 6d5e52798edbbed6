"""One person over time, in lanes: cover, who pays, contributions, tier of benefit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from naung.ui.charts import paint
from naung.ui.formats import MONTHS_SHORT, date_plain, date_short, spoken

LEFT, WIDTH = 132, 1082  # the lanes begin here; the picture is this wide, in its own units
LANE_TOP, LANE_STEP, BAR = 58, 48, 36
TELLING = 9  # letters that a shortened label keeps at least; with fewer it says nothing
LETTER = 6.6  # about how wide one letter of a label is; a label that does not fit is left to the table


# Where a day stands, in units of the picture from its left edge.
Place = Callable[[date], float]


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch is drawn. `dashes` is an SVG dash pattern, "0" for a whole line."""

    fill: str
    ink: str
    stroke: str = "none"
    dashes: str = "0"


LOOKS = {
    "covered": Look(paint.COVERED, "#fff"),
    "gap": Look("url(#celah)", paint.CLAY_DARK, paint.SAND_LINE),
    "promised": Look("#F1F6FE", "#0A4A9C", paint.ESTIMATE, "5 4"),
    "payer": Look("#0A3A78", "#fff"),
    "payer_provinsi": Look("#2D73CC", "#fff"),
    "payer_dbh": Look(paint.PAYERS["dbh"], "#fff"),
    "payer_csr": Look("#FFF0CC", "#7A4A00", paint.PAYERS["csr"]),
    "payer_mandiri": Look(paint.PAYERS["mandiri"], "#fff"),
    "no_payer": Look("#fff", paint.CLAY_DARK, paint.SAND_LINE, "5 4"),
    "paid": Look("#E2F5EA", "#12603A"),
    "billed": Look("#EFE9FB", "#553A94"),
    "unpaid": Look("#fff", paint.TEXT, "#7B8AA0", "3 3"),
    "limited": Look("#FFF0CC", "#7A4A00", "#EDC667"),
    "full": Look("#E2F5EA", "#12603A", "#9AD5B3"),
    "not_yet": Look("#fff", "#344054", "#7B8AA0", "5 4"),
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a lane, half-open: [first, end). `look` is a key of LOOKS; "paid" draws its tick."""

    first: date
    end: date
    label: str | Promise
    look: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the picture, with a name and a second, quieter line under it."""

    title: str | Promise
    subtitle: str | Promise
    stretches: tuple[Stretch, ...]


def timeline(
    lanes: Sequence[Lane], *, first: date, months: int, today: date | None = None, ends_on: date | None = None,
    label: str = "", language: str = "id",
) -> SafeString:  # fmt: skip
    """Draw `months` months from `first` (a first of the month). `ends_on` is the last covered day.

    Without a `label` the picture says its stretches one after another. The table has every stretch.
    """
    assert first.day == 1, "a timeline begins on the first of a month"
    column = (WIDTH - LEFT - 2) / months
    height = LANE_TOP + LANE_STEP * len(lanes) + 12

    def x(day: date) -> float:
        """Where a day stands; days outside the picture stand at its edge."""
        length = (_next_month(day) - day.replace(day=1)).days
        at = (day.year - first.year) * 12 + day.month - first.month + (day.day - 1) / length
        return LEFT + max(0.0, min(float(months), at)) * column

    # The flags of today and of the end stand side by side, or one above the other where both want one place.
    above = 24 if _flags_meet(x, today, ends_on, first, months, language) else 0
    # Words step aside for the line of today, so that both can be read.
    line = x(today) if today is not None and _inside(today, first, months) else None

    drawn = format_html(
        '<svg class="grafik" viewBox="0 -{} {} {}" role="img" aria-label="{}"><defs>'
        '<pattern id="celah" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="7" height="7" fill="#F6E9D9"/>'
        '<line x1="0" y1="0" x2="0" y2="7" stroke="#D9B48F" stroke-width="2.5"/>'
        "</pattern></defs>{}{}{}{}</svg>",
        above, WIDTH, height + above, label or _said(lanes),
        _calendar(first, months, column, height, language),
        format_html_join("", "{}", ((_lane(lane, place, x, line),) for place, lane in enumerate(lanes))),
        _today_mark(x, today, first, months, height, above, language),
        _end_mark(x, ends_on, first, months, height, language),
    )  # fmt: skip
    headings = (gettext("Baris"), gettext("Mulai"), gettext("Sampai sebelum"), gettext("Keadaan"))
    rows = [
        (
            str(lane.title),
            date_short(piece.first, language=language),
            date_short(piece.end, language=language),
            str(piece.label),
        )
        for lane in lanes
        for piece in lane.stretches
    ]
    return format_html(
        '<figure class="gambar"><div class="scx" role="region" tabindex="0" aria-label="{}">{}</div>{}</figure>',
        gettext("Garis waktu perlindungan, geser ke samping"), drawn, paint.table(headings, rows),
    )  # fmt: skip


def _calendar(first: date, months: int, column: float, height: int, language: str) -> SafeString:
    """The heads of the months; January and the first month carry the year."""
    pieces = []
    day = first
    for place in range(months):
        left = LEFT + place * column
        with_year = place == 0 or day.month == 1
        name = MONTHS_SHORT[spoken(language)][day.month - 1] + (f" {day.year}" if with_year else "")
        pieces.append(
            format_html(
                '<rect x="{}" y="22" width="{}" height="24" fill="{}"/><text x="{}" y="39" font-size="12.5" fill="{}" '
                'text-anchor="middle" font-weight="{}">{}</text><line x1="{}" y1="46" x2="{}" y2="{}" stroke="{}"/>',
                f"{left:.1f}",
                f"{column:.1f}",
                "#fff" if place % 2 else "#F4F6F9",
                f"{left + column / 2:.1f}",
                paint.TEXT,
                600 if with_year else 500,
                name,
                f"{left:.1f}",
                f"{left:.1f}",
                height - 8,
                paint.TRACK,
            )
        )
        day = _next_month(day)
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _lane(lane: Lane, place: int, x: Place, line: float | None) -> SafeString:
    top = LANE_TOP + place * LANE_STEP
    names = format_html(
        '<text x="0" y="{}" font-size="13.5" font-weight="700" fill="{}">{}</text>'
        '<text x="0" y="{}" font-size="12" fill="{}">{}</text>',
        top + 15, paint.INK, lane.title, top + 31, paint.HELPER, lane.subtitle,
    )  # fmt: skip
    pieces = ((_stretch(piece, top, x(piece.first), x(piece.end), line),) for piece in lane.stretches)
    return format_html("{}{}", names, format_html_join("", "{}", pieces))


def _stretch(piece: Stretch, top: int, left: float, right: float, line: float | None) -> SafeString:
    look = LOOKS[piece.look]
    wide = right - left - 4
    if wide <= 0:
        return SafeString("")  # outside the picture; the table still has it
    bar = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="7" fill="{}" stroke="{}" stroke-dasharray="{}"/>',
        f"{left + 2:.1f}", top, f"{wide:.1f}", BAR, look.fill, look.stroke, look.dashes,
    )  # fmt: skip
    tick = SafeString("")
    words = str(piece.label)
    indent = 12.0
    if piece.look == "paid":
        tick = format_html(
            '<path d="M{} {}l4 4 7-8" stroke="{}" stroke-width="2.2" fill="none" '
            'stroke-linecap="round" stroke-linejoin="round"/>',
            f"{left + indent + (0 if wide > 34 else wide / 2 - 17):.1f}", top + 18.5, look.ink,
        )  # fmt: skip
        indent += 17
    begin, end = left + 2 + indent, left + 2 + indent + len(words) * LETTER
    if line is not None and begin - 5 < line < end + 5:
        beside = line + 7 - left
        # Where there is no room beside the line, words under it are still better than none.
        indent = beside if len(words) * LETTER + beside + 2 <= wide else indent
    words = _fitting(words, wide - indent - 2)
    # A light edge under the letters keeps them readable on hatching.
    halo = SafeString(' stroke="#F6E9D9" stroke-width="4" paint-order="stroke"' if piece.look == "gap" else "")
    text = (
        format_html(
            '<text x="{}" y="{}" font-size="13" font-weight="600" fill="{}"{}>{}</text>',
            f"{left + 2 + indent:.1f}",
            top + 22.5,
            look.ink,
            halo,
            words,
        )
        if words
        else SafeString("")
    )
    return format_html("<g><title>{}</title>{}{}{}</g>", piece.label, bar, tick, text)


def _fitting(words: str, room: float) -> str:
    """As many whole words as there is room for; the title of the stretch and the table have all of them."""
    if len(words) * LETTER <= room:
        return words
    kept = words
    while " " in kept:
        kept = kept.rsplit(" ", 1)[0].rstrip(",:;")
        if (len(kept) + 1) * LETTER <= room:
            return f"{kept}…" if len(kept) >= TELLING else ""
    return ""


def _end_mark(x: Place, ends_on: date | None, first: date, months: int, height: int, language: str) -> SafeString:
    """The clay cliff after the last covered day."""
    if ends_on is None or not _inside(ends_on, first, months):
        return SafeString("")
    after = date.fromordinal(ends_on.toordinal() + 1)
    at = x(after)
    words = gettext("Berakhir %(day)s") % {"day": date_plain(ends_on, language=language)}
    wide = len(words) * LETTER + 24
    left = max(0.0, at - 8 - wide)
    return format_html(
        '<line x1="{}" y1="24" x2="{}" y2="{}" stroke="{}" stroke-width="3"/>'
        '<rect x="{}" y="0" width="{}" height="20" rx="5" fill="{}"/>'
        '<text x="{}" y="14.5" font-size="12.5" font-weight="700" fill="#fff" text-anchor="middle">{}</text>',
        f"{at:.1f}", f"{at:.1f}", height - 6, paint.CLAY, f"{left:.1f}", f"{wide:.1f}", paint.CLAY,
        f"{left + wide / 2:.1f}", words,
    )  # fmt: skip


def _flags_meet(x: Place, today: date | None, ends_on: date | None, first: date, months: int, language: str) -> bool:
    """Whether the flag of today, which begins at its line, would cover that of the end, which ends at its own."""
    if today is None or ends_on is None or not _inside(today, first, months) or not _inside(ends_on, first, months):
        return False
    left, wide, _words = _today_flag(x(today), today, language)
    end = x(date.fromordinal(ends_on.toordinal() + 1))
    end_wide = len(gettext("Berakhir %(day)s") % {"day": date_plain(ends_on, language=language)}) * LETTER + 24
    return left < end and left + wide > end - 8 - end_wide


def _today_flag(at: float, today: date, language: str) -> tuple[float, float, str]:
    words = gettext("Hari ini, %(day)s") % {"day": f"{today.day} {MONTHS_SHORT[spoken(language)][today.month - 1]}"}
    wide = len(words) * LETTER + 16
    return (max(0.0, at - wide + 6) if at + wide > WIDTH else at - 6), wide, words


def _today_mark(
    x: Place, today: date | None, first: date, months: int, height: int, above: int, language: str
) -> SafeString:
    """A dotted line for today under its flag; `above` lifts the flag over that of the end."""
    if today is None or not _inside(today, first, months):
        return SafeString("")
    at = x(today)
    left, wide, words = _today_flag(at, today, language)
    return format_html(
        '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="1.5" stroke-dasharray="2 3"/>'
        '<rect x="{}" y="{}" width="{}" height="20" rx="5" fill="{}"/>'
        '<text x="{}" y="{}" font-size="12.5" font-weight="600" fill="#fff" text-anchor="middle">{}</text>',
        f"{at:.1f}", 48, f"{at:.1f}", height - 6, paint.INK, f"{left:.1f}", -above, f"{wide:.1f}", paint.INK,
        f"{left + wide / 2:.1f}", 14.5 - above, words,
    )  # fmt: skip


def _inside(day: date, first: date, months: int) -> bool:
    return 0 <= (day.year - first.year) * 12 + day.month - first.month < months


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _said(lanes: Sequence[Lane]) -> str:
    return "; ".join(f"{lane.title}: {', '.join(str(piece.label) for piece in lane.stretches)}" for lane in lanes)
