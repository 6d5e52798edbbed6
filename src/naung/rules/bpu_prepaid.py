"""Months paid in advance at the full price, and then relieved: where the excess goes. In whole rupiah."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.explaining import Explanation, Step, Words
from naung.rules.law import Citation, Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import format_month, month_name_id, require_month
from naung.saying import Month, Rp, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class NegativeAmount(Refusal):
    """An amount below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "amount_negative"

    amount: Rupiah

    def said(self) -> Sentence:
        return _(
            "Jumlah %(amount)s tidak mungkin: angka harus nol atau lebih.",
            amount=Rp(self.amount),
        )


@dataclass(eq=False)
class DueNotKnown(Refusal):
    """A month was paid, but nobody said what is due for it: the excess cannot be known."""

    code: ClassVar[str] = "due_not_known"

    month: date

    def said(self) -> Sentence:
        return _(
            "Iuran yang seharusnya untuk %(month)s belum diketahui.",
            month=Month(self.month),
        )


@dataclass(frozen=True, slots=True)
class CreditedMonth:
    """A month that the credit pays, wholly or in part. `paid` is what had been paid for it before."""

    month: date
    due: Rupiah
    paid: Rupiah
    credit: Rupiah

    @property
    def still_due(self) -> Rupiah:
        return self.due - self.paid - self.credit


@dataclass(frozen=True, slots=True)
class PrepaidCredit:
    """What was paid too much month by month, which later months it pays, and what is left of it."""

    excess_by_month: Mapping[date, Rupiah]
    credited: tuple[CreditedMonth, ...]
    steps: tuple[Step, ...]
    on: date

    @property
    def excess(self) -> Rupiah:
        return sum(self.excess_by_month.values())

    @property
    def used(self) -> Rupiah:
        return sum(month.credit for month in self.credited)

    @property
    def left(self) -> Rupiah:
        """The credit that waits for a month beyond those given."""
        return self.excess - self.used

    @property
    def total(self) -> Rupiah:
        return self.left

    @property
    def explanation(self) -> Explanation:
        """Each excess adds, each month paid with it takes off: the total is the credit left."""
        title = Words("Kompensasi iuran yang dibayar di muka", "Credit for contributions paid in advance")
        return Explanation(title, self.on, self.steps)


def prepaid_credit(paid: Mapping[date, Rupiah], *, due: Mapping[date, Rupiah], law: Law) -> PrepaidCredit:
    """Which later months the excess of prepaid months pays, to the rupiah.

    `paid` says per month what was paid in advance, `due` what each of these months and the months to
    come cost by the law of the month (`bpu_contribution`). The excess of a month goes to the following
    months that are not fully paid, the earliest first, never to an earlier one; nothing is lost: what
    is used and what is left add up to the excess.

    Raises NegativeAmount, DueNotKnown, and NotInForce where a month was paid too dear for which no rule
    on the excess is known: the rule belongs to the months of PP 50/2025.

    Source: PP 50/2025, as carried out by the agency (one news page; article not found).
    """
    for amount in (*paid.values(), *due.values()):
        if amount < 0:
            raise NegativeAmount(amount)
    months = sorted({require_month(month) for month in (*paid, *due)})
    excess: dict[date, Rupiah] = {}
    credited: list[CreditedMonth] = []
    steps: list[Step] = []
    credit = 0
    for month in months:
        if month not in due:
            raise DueNotKnown(month)
        over = paid.get(month, 0) - due[month]
        if over > 0:
            rule = law.words("relief.pp50_2025.prepaid").cited(month).citation
            excess[month] = over
            credit += over
            steps.append(_excess_step(month, paid[month], due[month], rule))
        elif used := min(credit, -over):
            one = CreditedMonth(month, due[month], paid.get(month, 0), used)
            credited.append(one)
            credit -= used
            steps.append(_credit_step(one))
    return PrepaidCredit(excess, tuple(credited), tuple(steps), min(months, default=date.min))


def _excess_step(month: date, paid: Rupiah, due: Rupiah, rule: Citation) -> Step:
    words = Words(f"Kelebihan bayar {month_name_id(month)}", f"Paid too much for {format_month(month)}")
    over = paid - due
    return Step("excess", words, f"{rupiah(paid)} - {rupiah(due)} = {rupiah(over)}", over, (rule,))


def _credit_step(one: CreditedMonth) -> Step:
    in_full = one.still_due == 0
    words = Words(
        f"Dipakai untuk {month_name_id(one.month)}" + ("" if in_full else f", kurang {rupiah(one.still_due)}"),
        f"Used for {format_month(one.month)}" + ("" if in_full else f", {rupiah(one.still_due)} still to be paid"),
    )
    return Step("credit", words, rupiah(one.credit), -one.credit)
