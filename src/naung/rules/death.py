"""What is owed when a BPU worker dies: JKM, or JKK when work was the cause. In whole rupiah.

The law of the day of the event counts, whatever the day of the claim. Whether the worker was covered
at all is asked of `protection`. See `docs/algorithms/death-benefits.md`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.law import Citation, Law
from naung.rules.money import Rupiah, share
from naung.rules.periods import date_id
from naung.rules.protection import qualifying_months


@dataclass(eq=False)
class NotCovered(Refusal):
    """No paid month holds the day of death: nothing can be computed as owed."""

    code: ClassVar[str] = "not_covered"

    died_on: date

    def __str__(self) -> str:
        return f"Pekerja tidak terlindungi pada {date_id(self.died_on)}: bulan itu belum dibayar."


@dataclass(frozen=True, slots=True)
class DeathBenefit:
    """Cash for the heirs. `full` is False while the first paid months give the funeral grant only."""

    lump_sum: Rupiah
    periodic: Rupiah
    funeral: Rupiah
    full: bool
    citations: tuple[Citation, ...]

    @property
    def total(self) -> Rupiah:
        return self.lump_sum + self.periodic + self.funeral

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return any(citation.recalled for citation in self.citations)


def death_benefit(died_on: date, *, months_paid: int, law: Law) -> DeathBenefit:
    """The JKM cash owed to the heirs of a BPU worker who did not die of work, in whole rupiah.

    `months_paid` are the consecutive paid months up to and including the month of death
    (`protection.consecutive_months`). Since Permenaker 1/2025 a death within the first three of them
    pays the funeral grant of Rp10 million only; from the first day of the fourth month, everything.

    Raises NotCovered when the month of death is unpaid (0 months), NotInForce before July 2015.

    Source: PP 44/2015 art. 34, as amended by PP 82/2019; Permenaker 1/2025 (qualifying months).
    """
    if months_paid < 1:
        raise NotCovered(died_on)
    if months_paid <= qualifying_months(law, died_on):
        waiting = law.count("jkm.bpu.min_months").cited(died_on)
        funeral = law.amount("jkm.bpu.before_min").cited(died_on)
        return DeathBenefit(0, 0, funeral.value, full=False, citations=(waiting.citation, funeral.citation))
    grant = law.amount("jkm.death_grant").cited(died_on)
    periodic = law.amount("jkm.periodic").cited(died_on)
    funeral = law.amount("jkm.funeral").cited(died_on)
    citations = (grant.citation, periodic.citation, funeral.citation)
    return DeathBenefit(grant.value, periodic.value, funeral.value, full=True, citations=citations)


def accident_death_benefit(happened_on: date, *, base_income: Rupiah, law: Law) -> DeathBenefit:
    """The JKK cash owed to the heirs when work was the cause of death, in whole rupiah.

    `base_income` is the base of the band that was paid, not what the worker earned: Rp1,000,000 in
    the usual package, so 48 × 1,000,000 + 12,000,000 + 10,000,000 = 70,000,000. It is due from the
    first day of cover; the lump sum is never below the JKM death grant of the same day.

    Raises NotInForce before July 2015.

    Source: PP 44/2015 art. 25 and Lampiran III, as amended by PP 82/2019 (article numbers recalled).
    """
    multiple = law.mapping("jkk.death").cited(happened_on)
    minimum = law.amount("jkk.death.minimum").cited(happened_on)
    periodic = law.amount("jkk.periodic").cited(happened_on)
    funeral = law.amount("jkk.funeral").cited(happened_on)
    computed = share(base_income * multiple.value["months"], Decimal(multiple.value["factor"]))
    citations = (multiple.citation, minimum.citation, periodic.citation, funeral.citation)
    return DeathBenefit(max(computed, minimum.value), periodic.value, funeral.value, full=True, citations=citations)
