"""Months and spans of months. A month is the date of its first day; a span is half-open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from naung.saying import MONTHS

MONTH_NAMES_ID = MONTHS["id"]


def first_of_month(day: date) -> date:
    """The month that `day` lies in."""
    return date(day.year, day.month, 1)


def last_of_month(day: date) -> date:
    """The last day of the month that `day` lies in."""
    return add_months(first_of_month(day), 1) - timedelta(days=1)


def add_months(month: date, count: int) -> date:
    """The month `count` months after (before, when negative) the month of `month`."""
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, index + 1, 1)


def months_between(start: date, end: date) -> int:
    """How many months lie between the month of `start` and the month of `end`."""
    return (end.year - start.year) * 12 + end.month - start.month


def months_in(start: date, end: date) -> list[date]:
    """The months of the half-open span [start, end): `end` is the month after the last."""
    return [add_months(start, number) for number in range(months_between(start, end))]


def require_month(month: date) -> date:
    """`month` itself. A day that is not the first of its month is our own mistake: ValueError."""
    if month.day != 1:
        raise ValueError(f"A month is written as its first day, not {month.isoformat()}.")
    return month


def parse_month(text: str) -> date:
    """`2026-05` as a month. Raises ValueError for anything else."""
    written = re.fullmatch(r"([0-9]{4})-(0[1-9]|1[0-2])", text.strip())
    if written is None:
        raise ValueError(f"Bulan ditulis seperti 2026-05, bukan {text!r}.")
    return date(int(written[1]), int(written[2]), 1)


def format_month(month: date) -> str:
    """`2026-05`."""
    return f"{month.year:04d}-{month.month:02d}"


def month_name_id(month: date) -> str:
    """`Mei 2026`."""
    return f"{MONTH_NAMES_ID[month.month - 1]} {month.year}"


def date_id(day: date) -> str:
    """`10 November 2025`."""
    return f"{day.day} {MONTH_NAMES_ID[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """Unbroken months from `first` up to, not including, `end`."""

    first: date
    end: date

    def __post_init__(self) -> None:
        require_month(self.first)
        require_month(self.end)
        if self.end < self.first:
            raise ValueError("A span of months ends before it begins.")

    def __iter__(self) -> Iterator[date]:
        return iter(months_in(self.first, self.end))

    def __len__(self) -> int:
        return months_between(self.first, self.end)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.end

    @property
    def last_day(self) -> date:
        """The last day inside the span."""
        return self.end - timedelta(days=1)

    def words_id(self) -> str:
        """`Oktober 2022 – Desember 2022`, or one month alone."""
        last = add_months(self.end, -1)
        if len(self) <= 1:
            return month_name_id(self.first)
        return f"{month_name_id(self.first)} – {month_name_id(last)}"


def runs(months: frozenset[date] | set[date]) -> list[MonthSpan]:
    """The unbroken stretches in a set of months, oldest first."""
    spans: list[MonthSpan] = []
    for month in sorted(months):
        require_month(month)
        if spans and spans[-1].end == month:
            spans[-1] = MonthSpan(spans[-1].first, add_months(month, 1))
        else:
            spans.append(MonthSpan(month, add_months(month, 1)))
    return spans
