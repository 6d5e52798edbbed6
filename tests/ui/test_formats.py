"""How money, numbers and dates are written (design direction, section 8)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from naung.ui import formats


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "Rp0", "Rp0"),
        (16_800, "Rp16.800", "Rp16,800"),
        (1_008_000_000, "Rp1.008.000.000", "Rp1,008,000,000"),
        (-5_006_400, "−Rp5.006.400", "−Rp5,006,400"),
    ],
)
def test_money_has_no_space_after_rp_and_groups_by_thousands(amount, indonesian, english):
    assert formats.rupiah(amount) == indonesian
    assert formats.rupiah(amount, language="en") == english


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (999_999, "Rp999.999", "Rp999,999"),
        (1_000_000, "Rp1 juta", "Rp1 million"),
        (553_600_000, "Rp553,6 juta", "Rp553.6 million"),
        (999_950_000, "Rp1.000 juta", "Rp1,000 million"),
        (1_008_000_000, "Rp1,008 miliar", "Rp1.008 billion"),
        (3_024_000_000, "Rp3,024 miliar", "Rp3.024 billion"),
        (1_240_000_000_000, "Rp1,24 triliun", "Rp1.24 trillion"),
        (12_345_000_000_000_000, "Rp12.345 triliun", "Rp12,345 trillion"),
        (-100_800_000, "−Rp100,8 juta", "−Rp100.8 million"),
    ],
)
def test_short_money_keeps_four_significant_digits(amount, indonesian, english):
    assert formats.rupiah_short(amount) == indonesian
    assert formats.rupiah_short(amount, language="en") == english


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (Decimal("36.5"), 1, "36,5%"),
        (33, 1, "33%"),
        (Decimal("0.05"), 1, "0,1%"),
        (100, 0, "100%"),
        (Decimal("67.25"), 1, "67,3%"),
    ],
)
def test_percentages_round_half_up_and_drop_a_zero_decimal(value, decimals, written):
    assert formats.percent(value, decimals=decimals) == written


def test_dates_are_written_in_the_language_of_the_page():
    day = date(2026, 6, 25)
    assert formats.date_plain(day) == "25 Juni 2026"
    assert formats.date_plain(day, language="en-gb") == "25 June 2026"
    assert formats.date_short(date(2026, 8, 1)) == "1 Agu 2026"
    assert formats.date_long(day) == "Kamis, 25 Juni 2026"
    assert formats.month(day) == "Juni 2026"


def test_a_time_names_its_zone():
    moment = datetime(2026, 3, 16, 2, 14, tzinfo=UTC)
    assert formats.clock(moment) == "09.14 WIB"
    assert formats.clock(moment, zone="WIT") == "11.14 WIT"
    assert formats.clock(moment, language="en") == "09:14 WIB"


@pytest.mark.parametrize("name", ["Citra Pertiwi", "Cornelia Pratamawardhana"])
def test_a_masked_name_does_not_tell_how_long_it_is(name):
    assert formats.masked_name(name) == "C•••• P••••"


def test_a_masked_nik_hides_district_and_birth_date():
    assert formats.masked_nik_parts("1275", "0007") == ("1275", "••••••••", "0007")
    assert formats.masked_nik_parts("", "0007") == ("", "••••••••••••", "0007")
    # Handed a whole number by mistake, it still shows only the ends.
    assert formats.masked_nik_parts("1275034505800007", "1275034505800007") == ("1275", "••••••••", "0007")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Kota Binjai", "BI"), ("Kabupaten Labuhanbatu Selatan", "LS"), ("Penajam Paser Utara", "PP"), ("", "—")],
)
def test_a_region_is_abbreviated_to_two_letters(name, letters):
    assert formats.initials(name) == letters
