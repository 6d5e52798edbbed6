"""The size of an employer by its capital or sales, where the law of the day says one."""

from __future__ import annotations

from datetime import date

from naung.rules.dated import NotInForce
from naung.rules.employers import SizeUnknown, employer_size
from naung.rules.law import Law
from naung.rules.money import Rupiah


def size_by_money(capital: Rupiah | None, sales: Rupiah | None, *, on: date, law: Law) -> str | None:
    """`micro`, `small` or `medium_large`; None where neither was given, or before the limits that we know."""
    try:
        return employer_size(capital=capital, sales=sales, on=on, law=law).size.value
    except (NotInForce, SizeUnknown):
        return None
