"""Whole rupiah: the one place where an amount is rounded, written with its unit, or spelled out."""

from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

# An alias and not a new type: amounts come from the database and from Polars as plain integers.
Rupiah: TypeAlias = int

Rate: TypeAlias = Decimal | Fraction | int

_WORDS = (
    "nol", "satu", "dua", "tiga", "empat", "lima",
    "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SCALES = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))


def share(amount: Rupiah, rate: Rate) -> Rupiah:
    """`rate` of `amount`, in whole rupiah, rounded half up (away from zero for a negative amount).

    The only rounding of money in Naung. A float is refused: a rate of 0.0054 as a float is already
    another rate. BPU contributions come out exact; rounding matters for percentages of wages.

    Raises TypeError for a float or another inexact type.
    """
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise TypeError(f"An amount is a whole number of rupiah, not {type(amount).__name__}.")
    if isinstance(rate, bool) or not isinstance(rate, Decimal | Fraction | int):
        raise TypeError(f"A rate is a Decimal, a Fraction or a whole number, not {type(rate).__name__}.")
    # Integers and not Fraction: exact too, and many times as fast.
    numerator, denominator = rate.as_integer_ratio()
    exact = amount * numerator
    half_up = (2 * abs(exact) + denominator) // (2 * denominator)
    return half_up if exact >= 0 else -half_up


def is_whole(amount: Rupiah, rate: Rate) -> bool:
    """Is `rate` of `amount` a whole number of rupiah, so that `share` had nothing to round?"""
    numerator, denominator = rate.as_integer_ratio()
    return amount * numerator % denominator == 0


def percent(rate: Rate) -> str:
    """`0,54%`, `1%`, `4,45%`: a rate as Indonesian texts write it, exactly; a third stays `1/3`."""
    hundredfold = Fraction(rate) * 100
    rest = hundredfold.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(Fraction(rate))
    exact = Decimal(hundredfold.numerator) / Decimal(hundredfold.denominator)
    return f"{exact.normalize():f}%".replace(".", ",")


def rupiah(amount: Rupiah) -> str:
    """`Rp1.008.000.000`, as Indonesian offices write it; a minus sign stands before the Rp."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def terbilang(amount: int) -> str:
    """The amount in Indonesian words, without the unit: `enam belas ribu delapan ratus`.

    Raises ValueError from 10^18 on, for which there is no common word.
    """
    if amount < 0:
        return f"minus {terbilang(-amount)}"
    if amount >= 10**18:
        raise ValueError("Jumlah terlalu besar untuk dieja.")
    return " ".join(_spelled(amount))


def _spelled(number: int) -> list[str]:
    if number < 12:
        return [_WORDS[number]]
    if number < 20:
        return [_WORDS[number - 10], "belas"]
    if number < 100:
        return [_WORDS[number // 10], "puluh", *_rest(number % 10)]
    if number < 200:
        return ["seratus", *_rest(number - 100)]
    if number < 1000:
        return [_WORDS[number // 100], "ratus", *_rest(number % 100)]
    if number < 2000:
        return ["seribu", *_rest(number - 1000)]
    size, name = next((size, name) for size, name in _SCALES if number >= size)
    return [*_spelled(number // size), name, *_rest(number % size)]


def _rest(number: int) -> list[str]:
    return _spelled(number) if number else []
