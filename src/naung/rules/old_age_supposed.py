"""Old-age savings (JHT) at a return that the asker supposes. The real return is published by BPJS Ketenagakerjaan.

See `docs/algorithms/old-age.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import plural
from naung.rules.explaining import Fact, Words
from naung.rules.law import Law
from naung.rules.money import Rupiah, is_whole, percent, rupiah, share
from naung.rules.old_age import JhtAmountNegative, JhtBenefit, jht_benefit
from naung.rules.periods import format_month, months_between, require_month
from naung.saying import Month, Percent, Sentence
from naung.saying import sentence as _

_YEAR = 12  # Months of a year: the rate is a yearly one, contributions are monthly.


@dataclass(eq=False)
class ReturnRateNegative(Refusal):
    """A supposed return below zero would take away what was paid in."""

    code: ClassVar[str] = "jht_return_rate_negative"

    yearly_rate: Decimal

    def said(self) -> Sentence:
        return _(
            "Hasil pengembangan %(yearly_rate)s setahun tidak mungkin: angka harus nol atau lebih.",
            yearly_rate=Percent(self.yearly_rate * 100),
        )


@dataclass(eq=False)
class ContributionAfterPayment(Refusal):
    """What is paid out cannot hold a contribution of a later month."""

    code: ClassVar[str] = "jht_contribution_after_payment"

    month: date
    on: date

    def said(self) -> Sentence:
        return _(
            "Iuran bulan %(month)s tidak mungkin termasuk dalam pembayaran bulan %(on)s.",
            month=Month(self.month),
            on=Month(self.on),
        )


def jht_benefit_at_rate(
    on: date,
    *,
    contributions: Mapping[date, Rupiah],
    yearly_rate: Decimal,
    born_on: date | None = None,
    stopped_on: date | None = None,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> JhtBenefit:
    """As `jht_benefit`, with a return supposed by the caller instead of the one credited; in whole rupiah.

    `contributions` are the amounts by contribution month (its first day). Each earns `yearly_rate` for the whole months
    from its month to that of `on`; returns earn nothing themselves, and the whole is rounded once. The rate and this
    way of counting are the caller's supposition and not law: the step says so and is marked as inferred.

    Raises ReturnRateNegative, ContributionAfterPayment, JhtAmountNegative, and what `jht_benefit` raises; TypeError for
    a rate that is not a Decimal.
    """
    if not isinstance(yearly_rate, Decimal):
        raise TypeError(f"A rate is a Decimal, not {type(yearly_rate).__name__}.")
    if yearly_rate < 0:
        raise ReturnRateNegative(yearly_rate)
    for month, amount in contributions.items():
        if amount < 0:
            raise JhtAmountNegative(amount)
        if months_between(require_month(month), on) < 0:
            raise ContributionAfterPayment(month, on)
    rupiah_months = sum(amount * months_between(month, on) for month, amount in contributions.items())
    monthly_rate = Fraction(yearly_rate) / _YEAR
    earned = share(rupiah_months, monthly_rate)
    plain = jht_benefit(
        on,
        contributions=sum(contributions.values()),
        investment_return=earned,
        born_on=born_on,
        stopped_on=stopped_on,
        law=law,
        decisions=decisions,
    )
    whole = is_whole(rupiah_months, monthly_rate)
    sign = "=" if whole else "≈"
    formula = f"{percent(yearly_rate)} × {rupiah(rupiah_months)} / {_YEAR} {sign} {rupiah(earned)}"
    rounding = () if whole else (law.words("rounding").cited(on).citation,)
    told = plain.explanation
    steps = tuple(
        replace(step, words=_SUPPOSED, formula=formula, citations=(*step.citations, *rounding), inferred=True)
        if step.code == "return"
        else step
        for step in told.steps
    )
    facts = (*told.facts, _months_fact(contributions), _rate_fact(yearly_rate))
    return replace(plain, explanation=replace(told, steps=steps, facts=facts, notes=(*told.notes, _NOT_LAW)))


_SUPPOSED = Words(
    "Hasil pengembangan yang diandaikan: setiap iuran × jumlah bulan sejak bulan iurannya",
    "Supposed return: each contribution × the months since its contribution month",
)
_NOT_LAW = Words(
    "Tingkat hasil pengembangan diisi oleh penanya, bukan ketentuan; hasil tidak dikembangkan lagi. "
    "Yang dibayar mengikuti catatan BPJS Ketenagakerjaan.",
    "The rate of return was given by the asker and is not law; returns earn nothing themselves. "
    "What is paid follows the books of BPJS Ketenagakerjaan.",
)


def _rate_fact(yearly_rate: Decimal) -> Fact:
    said = percent(yearly_rate)
    return Fact(
        "yearly_rate",
        Words("Hasil pengembangan setahun (andaian penanya)", "Yearly return (supposed by the asker)"),
        Words(said, said.replace(",", ".")),
    )


def _months_fact(contributions: Mapping[date, Rupiah]) -> Fact:
    """How many months were paid, and the first and last of them."""
    count = len(contributions)
    between = ""
    if contributions:
        between = f" ({format_month(min(contributions))} – {format_month(max(contributions))})"
    return Fact(
        "contribution_months",
        Words("Bulan iuran", "Contribution months"),
        Words(f"{count} bulan{between}", f"{plural(count, 'month')}{between}"),
    )
