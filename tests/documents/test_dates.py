"""Dates as papers write them."""

from __future__ import annotations

from datetime import date

import pytest

from naung.documents import dates


def test_a_day_in_words_opens_a_minute():
    assert dates.day_in_words(date(2025, 8, 12)) == (
        "Selasa tanggal dua belas bulan Agustus tahun dua ribu dua puluh lima"
    )


@pytest.mark.parametrize(
    ("first", "months", "written"),
    [
        (date(2026, 1, 1), 12, "Januari sampai dengan Desember 2026"),
        (date(2022, 10, 1), 3, "Oktober sampai dengan Desember 2022"),
        (date(2025, 11, 1), 3, "November 2025 sampai dengan Januari 2026"),
        (date(2026, 12, 1), 1, "Desember 2026"),
    ],
)
def test_a_term_is_named_by_its_first_and_last_month(first, months, written):
    assert dates.month_range(first, months) == written


def test_dates_of_papers_are_indonesian():
    assert dates.paper_date(date(2025, 8, 2)) == "2 Agustus 2025"
    assert dates.day_numeric(date(1980, 5, 5)) == "05-05-1980"
