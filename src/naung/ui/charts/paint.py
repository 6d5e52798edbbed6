"""The colours of the design direction, and small pieces that every chart is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

COVERED = "#0B5CC0"
ESTIMATE, PROMISE = "#4A8BDD", "#0B5CC0"
ACTIVE = "#17794A"
UNPAID = "#B42525"
SAND, SAND_LINE, CLAY, CLAY_DARK = "#EBDDC9", "#A98B63", "#B4532A", "#7A3414"
TRACK, LINE, INK, TEXT, HELPER = "#EBEEF3", "#C2CAD6", "#101828", "#475467", "#5D6B82"

# Who pays: fixed everywhere, always with the name beside it.
PAYERS = {"apbd": "#0B5CC0", "provinsi": "#4A8BDD", "dbh": "#17794A", "csr": "#C77700", "mandiri": "#7A56C4"}

# Five classes of a map, least to most: paint, ink that can be read on it, edge.
CLASSES = (
    ("#E1EDFC", INK, "#B3D0F5"),
    ("#B3D0F5", INK, "#6FA6E8"),
    ("#6FA6E8", INK, "#4A8BDD"),
    ("#2D73CC", "#fff", "#2D73CC"),
    ("#0A3A78", "#fff", "#0A3A78"),
)


def hatch(name: str, ground: str, line: str) -> SafeString:
    """A pattern of slanted lines under `name`: what is planned, promised or unfunded is hatched."""
    return format_html(
        '<pattern id="{}" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="7" height="7" fill="{}"/>'
        '<line x1="0" y1="0" x2="0" y2="7" stroke="{}" stroke-width="3.5"/></pattern>',
        name, ground, line,
    )  # fmt: skip


def part(value: int | Decimal, whole: int | Decimal) -> Decimal:
    """`value` as a percentage of `whole`, held between 0 and 100, with one decimal: a length to draw."""
    if whole <= 0:
        return Decimal(0)
    share = Decimal(value) * 100 / Decimal(whole)
    return max(Decimal(0), min(Decimal(100), share)).quantize(Decimal("0.1"))


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> SafeString:
    """The same figures as a table, folded away: the first column names the row, the rest are numbers."""
    head = format_html_join(
        "", '<th scope="col"{}>{}</th>', ((_number_class(place), text) for place, text in enumerate(headings))
    )
    body = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in rows))
    return format_html(
        '<details class="tbl"><summary>{}</summary><table class="kecil num"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></details>",
        gettext("Lihat sebagai tabel"), head, body,
    )  # fmt: skip


def _cells(row: Sequence[str]) -> SafeString:
    name = format_html('<th scope="row">{}</th>', row[0])
    return format_html("{}{}", name, format_html_join("", '<td class="n">{}</td>', ((cell,) for cell in row[1:])))


def _number_class(place: int) -> SafeString:
    return SafeString(' class="n"' if place else "")
