"""One rounding, one way to write an amount, one way to spell it."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lokal.terbilang import terbilang as spelled_by_lokal_id

from naung.rules.money import rupiah, share, terbilang


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [
        (1_000_000, Decimal("0.01"), 10_000),
        (6_800, Decimal("0.5"), 3_400),
        (1, Decimal("0.5"), 1),  # half a rupiah is rounded up
        (3, Fraction(1, 6), 1),
        (10, Fraction(1, 3), 3),
        (-1, Decimal("0.5"), -1),  # a reversal is the mirror of its entry
    ],
)
def test_a_share_is_rounded_half_up_to_the_rupiah(amount, rate, expected):
    assert share(amount, rate) == expected


@pytest.mark.parametrize(("amount", "rate"), [(1_000, 0.01), (1_000.0, Decimal("0.01")), (True, 1), (1, True)])
def test_no_float_touches_money(amount, rate):
    with pytest.raises(TypeError):
        share(amount, rate)


@given(st.integers(-(10**13), 10**13), st.decimals(0, 1, places=5))
def test_a_share_is_what_exact_decimals_say(amount, rate):
    assert share(amount, rate) == (Decimal(amount) * rate).quantize(Decimal(1), ROUND_HALF_UP)


def test_rupiah_are_written_as_offices_write_them():
    assert rupiah(1_008_000_000) == "Rp1.008.000.000"
    assert rupiah(0) == "Rp0"
    assert rupiah(-16_800) == "-Rp16.800"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (16_800, "enam belas ribu delapan ratus"),
        (1_000, "seribu"),
        (101_100, "seratus satu ribu seratus"),
        (1_008_000_000, "satu miliar delapan juta"),
        (-100, "minus seratus"),
    ],
)
def test_amounts_are_spelled_out(amount, words):
    assert terbilang(amount) == words


@given(st.integers(0, 10**15 - 1))
def test_spelling_agrees_with_an_independent_speller(amount):
    assert terbilang(amount) == spelled_by_lokal_id(amount)


def test_an_amount_without_a_common_word_is_refused():
    with pytest.raises(ValueError, match="terlalu besar"):
        terbilang(10**18)
