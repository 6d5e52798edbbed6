"""Dates as official papers write them, always in Indonesian."""

from __future__ import annotations

from datetime import date

from naung.rules.money import terbilang
from naung.ui.formats import MONTHS, WEEKDAYS, date_plain

__all__ = ["day_in_words", "day_numeric", "month_range", "paper_date"]


def paper_date(day: date) -> str:
    """`12 Agustus 2025`."""
    return date_plain(day, language="id")


def day_numeric(day: date) -> str:
    """`12-08-2025`, for narrow columns."""
    return f"{day.day:02d}-{day.month:02d}-{day.year}"


def day_in_words(day: date) -> str:
    """`Selasa tanggal dua belas bulan Agustus tahun ...`, all in words: the opening of a berita acara."""
    return (
        f"{WEEKDAYS['id'][day.weekday()]} tanggal {terbilang(day.day)} bulan {MONTHS['id'][day.month - 1]} "
        f"tahun {terbilang(day.year)}"
    )


def month_range(first: date, months: int) -> str:
    """`Januari sampai dengan Desember 2026`; both years where they differ; one month is named alone."""
    place = first.year * 12 + first.month - 1 + months - 1
    last_year, last_month = divmod(place, 12)
    last = f"{MONTHS['id'][last_month]} {last_year}"
    if months == 1:
        return last
    start = MONTHS["id"][first.month - 1]
    return f"{start} sampai dengan {last}" if last_year == first.year else f"{start} {first.year} sampai dengan {last}"
