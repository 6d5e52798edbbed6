"""Days and months in English, for the English half of an explanation."""

from datetime import date

MONTH_NAMES_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def month_name_en(month: date) -> str:
    """`May 2026`."""
    return f"{MONTH_NAMES_EN[month.month - 1]} {month.year}"


def date_en(day: date) -> str:
    """`10 November 2025`."""
    return f"{day.day} {month_name_en(day)}"


def plural(count: int, one: str) -> str:
    """`1 month`, `3 months`; `1 child` is not for this function."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"
