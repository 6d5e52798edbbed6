"""What is owed when a worker dies: JKM, or JKK when work was the cause. In whole rupiah.

The law of the day of the event counts, whatever the day of the claim. A death has one cause and so one
benefit: JKK pays instead of JKM, never both (`which_death_benefit`). See `docs/algorithms/death-benefits.md`.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.arrears import Segment
from naung.rules.contributions import NegativeIncome
from naung.rules.death_months import DeathMonths, NotCovered, months_at_death
from naung.rules.death_steps import (
    WAITING,
    accident_steps,
    died_fact,
    first_months_steps,
    full_jkm_steps,
    gap_step,
    months_fact,
    months_steps,
    prepaid_step,
    silent_waiting_note,
    unsure_day_note,
    waiting_step,
)
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.explaining import Decided, Explanation, Fact, Step, Words
from naung.rules.law import Citation, Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import first_of_month
from naung.rules.protection import qualifying_months
from naung.saying import Sentence
from naung.saying import sentence as _

__all__ = [
    "CauseOfDeath", "DeathBenefit", "MembershipAtDeath", "NotCovered", "Segment", "TooManyMemberships",
    "TwoInOneSegment", "accident_death_benefit", "death_benefit", "death_benefit_of", "death_benefit_of_memberships",
    "which_death_benefit",
]  # fmt: skip

GAP = "jkm.gap_restarts_count"
PREPAID = "jkm.prepaid_counts_at_once"
_NAMES = {Segment.BPU: "BPU", Segment.PPU: "PPU"}
_JKM = Words("Manfaat Jaminan Kematian (JKM)", "Death insurance (JKM) benefit")
_JKK = Words("Manfaat kematian karena kecelakaan kerja (JKK)", "Death benefit of work injury insurance (JKK)")


class CauseOfDeath(StrEnum):
    """Whether work caused the death; an occupational disease counts as work."""

    WORK = "work"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DeathBenefit:
    """Cash for the heirs. `full` is False while the first paid months give the funeral grant only."""

    lump_sum: Rupiah
    periodic: Rupiah
    funeral: Rupiah
    full: bool
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return self.lump_sum + self.periodic + self.funeral

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.explanation.citations

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


def which_death_benefit(cause: CauseOfDeath) -> str:
    """`JKK` when work caused the death, else `JKM`. Never both for one death.

    Source: PP 44/2015 art. 25 and 34: JKM is the benefit of a death that is *not* caused by a work accident.
    """
    return "JKK" if cause is CauseOfDeath.WORK else "JKM"


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
    full = months_paid > qualifying_months(law, died_on)
    return _jkm(died_on, months_paid, full=full, before=(), law=law)


def death_benefit_of(
    died_on: date,
    *,
    paid_months: Collection[date],
    law: Law,
    decisions: Decisions = UNDECIDED,
    prepaid: bool = False,
) -> DeathBenefit:
    """The JKM cash for a BPU worker with these paid months, in whole rupiah.

    `prepaid` says that several months of the run that holds the day of death were paid in advance in one
    payment, on or before that day; months after the death may then stand in `paid_months`. Without it
    they are not looked at.

    What no source settles is asked only when the answer changes the result: a death in arrears that may
    still be settled, a gap in the paid months, an advance payment. Raises NotCovered, NotInForce,
    NeedsDecision.

    Source: as `death_benefit`; arrears: Perdir BPJS TK 22/PERDIR.02/072022.
    """
    months = months_at_death(died_on, paid_months=paid_months, law=law, decisions=decisions)
    full, steps = _is_full(died_on, months, prepaid, law, decisions)
    return _jkm(died_on, months.in_a_row, full=full, before=(*months_steps(months), *steps), law=law)


def _is_full(
    died_on: date, months: DeathMonths, prepaid: bool, law: Law, decisions: Decisions
) -> tuple[bool, tuple[Step, ...]]:
    """Whether the first months are over; with a step for each open point that decided it."""
    waiting = qualifying_months(law, died_on)

    def full(gap: str, at_once: str) -> bool:
        counted = months.with_earlier if gap == "no" else months.in_a_row
        return counted > waiting or (at_once == "yes" and counted + months.ahead >= waiting)

    steps: list[Step] = []
    at_once_answers = ("yes", "no") if prepaid else ("no",)
    if prepaid and (decided := decisions.find(PREPAID, died_on)):
        at_once_answers = (decided.answer,)
    gap = "yes"
    if months.broken and any(full("yes", answer) != full("no", answer) for answer in at_once_answers):
        gap = decisions.require(GAP, died_on)
        steps.append(gap_step("jkm.gap", months, Decided(GAP, gap)))
    at_once = "no"
    if prepaid and full(gap, "yes") != full(gap, "no"):
        at_once = decisions.require(PREPAID, died_on)
        steps.append(prepaid_step(Decided(PREPAID, at_once)))
    return full(gap, at_once), tuple(steps)


def _jkm(died_on: date, months: int, *, full: bool, before: Sequence[Step], law: Law) -> DeathBenefit:
    paid = full_jkm_steps(died_on, law) if full else first_months_steps(died_on, law)
    amounts = {step.code: step.amount or 0 for step in paid}
    # Near the change a few months more or less would have mattered; a long run would have been full anyway.
    near = full and months <= _longest_waiting(law)
    notes = (*unsure_day_note(died_on, WAITING, law), *silent_waiting_note(died_on, law)) if near else ()
    return DeathBenefit(
        amounts.get("jkm.death_grant", 0),
        amounts.get("jkm.periodic", 0),
        amounts["jkm.funeral"],
        full,
        Explanation(
            _JKM,
            died_on,
            (*before, *waiting_step(died_on, months, full=full, law=law), *paid),
            (died_fact(died_on), months_fact(months)),
            notes,
        ),
    )


def _longest_waiting(law: Law) -> int:
    return max((line.value or 0 for line in law.parameters[WAITING].values), default=0)


def accident_death_benefit(happened_on: date, *, base_income: Rupiah, law: Law) -> DeathBenefit:
    """The JKK cash owed to the heirs when work was the cause of death, in whole rupiah.

    `base_income` is the base of the band that was paid, not what the worker earned: Rp1,000,000 in
    the usual package, so 48 × 1,000,000 + 12,000,000 + 10,000,000 = 70,000,000. It is due from the
    first day of cover; the lump sum is never below the JKM death grant of the same day.

    Raises NegativeIncome, and NotInForce before July 2015.

    Source: PP 44/2015 art. 25 and Lampiran III, as amended by PP 82/2019 (article numbers recalled).
    """
    if base_income < 0:
        raise NegativeIncome(base_income)
    steps = accident_steps(happened_on, base_income, law)
    grant, periodic, funeral = (step.amount or 0 for step in steps)
    base = Fact(
        "base_income",
        Words("Upah dasar manfaat", "Wage on which the benefit is based"),
        Words(rupiah(base_income), rupiah(base_income)),
    )
    explanation = Explanation(_JKK, happened_on, steps, (base,))
    return DeathBenefit(grant, periodic, funeral, full=True, explanation=explanation)


@dataclass(frozen=True, slots=True)
class MembershipAtDeath:
    """One membership of the worker: its segment and its paid months; `prepaid` as in `death_benefit_of`."""

    segment: Segment
    paid_months: Collection[date]
    prepaid: bool = False


@dataclass(eq=False)
class TooManyMemberships(Refusal):
    """Somebody is said to hold more BPU memberships than the law lets one person hold."""

    code: ClassVar[str] = "too_many_memberships"

    held: int
    most: int

    def said(self) -> Sentence:
        return _(
            "Pekerja BPU paling banyak terdaftar untuk %(most)s pekerjaan, bukan %(held)s.",
            most=self.most,
            held=self.held,
        )


@dataclass(eq=False)
class TwoInOneSegment(Refusal):
    """The rule on two memberships speaks of two segments; nothing read says what two in one segment pay."""

    code: ClassVar[str] = "two_in_one_segment"

    died_on: date

    def said(self) -> Sentence:
        return _(
            "Peraturan yang dibaca menyebut JKM bagi kepesertaan di lebih dari satu segmen; bagi dua "
            "kepesertaan dalam segmen yang sama jumlahnya belum diketahui. Satu kepesertaan dapat dihitung "
            "sendiri."
        )


def death_benefit_of_memberships(
    died_on: date,
    *,
    memberships: Sequence[MembershipAtDeath],
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> DeathBenefit:
    """The JKM cash for a worker with one membership or more (BPU and PPU), in whole rupiah.

    Up to 25 February 2025 each pays in full (twice 42 million = 84 million); from the day after each pays,
    but the funeral benefit only once (74 million). The first three months are a rule for BPU alone. A
    membership whose month of death is unpaid pays nothing; where one alone pays, this rule is not needed.

    Raises NotCovered when none pays, TooManyMemberships, TwoInOneSegment, NeedsDecision, and NotInForce for
    two paying memberships before December 2019.

    Source: Permenaker 5/2021; Permenaker 1/2025 (articles not known).
    """
    paying: list[tuple[int, Segment, DeathBenefit]] = []
    silent: list[Step] = []
    for number, one in enumerate(memberships, start=1):
        try:
            paying.append((number, one.segment, _of_membership(died_on, one, law, decisions)))
        except NotCovered as refused:
            silent += _unpaid_steps(number, one.segment, refused.answers)
    if not paying:
        raise NotCovered(died_on)
    if len(paying) == 1:
        alone = paying[0][2]
        return replace(alone, explanation=replace(alone.explanation, steps=(*silent, *alone.explanation.steps)))
    _refuse_unknown(died_on, [segment for _number, segment, _benefit in paying], law)
    return _together(died_on, paying, silent, law)


def _of_membership(died_on: date, one: MembershipAtDeath, law: Law, decisions: Decisions) -> DeathBenefit:
    if one.segment is Segment.BPU:
        return death_benefit_of(died_on, paid_months=one.paid_months, law=law, decisions=decisions, prepaid=one.prepaid)
    if first_of_month(died_on) not in one.paid_months:
        raise NotCovered(died_on)
    explanation = Explanation(_JKM, died_on, full_jkm_steps(died_on, law), (died_fact(died_on),))
    grant, periodic, funeral = (step.amount or 0 for step in explanation.steps)
    return DeathBenefit(grant, periodic, funeral, full=True, explanation=explanation)


def _refuse_unknown(died_on: date, segments: Sequence[Segment], law: Law) -> None:
    counts = Counter(segments)
    if counts[Segment.BPU] > 1:
        most = law.count("bpu.max_jobs").on(died_on)
        if counts[Segment.BPU] > most:
            raise TooManyMemberships(counts[Segment.BPU], most)
    if max(counts.values()) > 1 and not law.mapping("jkm.dual.terms").on(died_on)["same_segment"]:
        raise TwoInOneSegment(died_on)


def _together(
    died_on: date, paying: Sequence[tuple[int, Segment, DeathBenefit]], silent: Sequence[Step], law: Law
) -> DeathBenefit:
    terms = law.mapping("jkm.dual.terms").cited(died_on)
    cited = (law.words("jkm.dual").cited(died_on).citation, terms.citation)
    each = bool(terms.value["funeral_each"])
    # Where the funeral is paid once it is paid at its highest; the amounts are the same in the law as it stands.
    once = max(paying, key=lambda one: one[2].funeral)[0]
    steps = [*silent, _dual_step(len(paying), each, cited)]
    for number, segment, benefit in paying:
        steps += [
            _named(step, number, segment, paid=each or number == once or step.code != "jkm.funeral")
            for step in benefit.explanation.steps
        ]
    benefits = [benefit for _number, _segment, benefit in paying]
    notes = dict.fromkeys(note for benefit in benefits for note in benefit.explanation.notes)
    notes |= dict.fromkeys(unsure_day_note(died_on, "jkm.dual", law))
    facts = (died_fact(died_on), _memberships_fact(paying))
    return DeathBenefit(
        sum(benefit.lump_sum for benefit in benefits),
        sum(benefit.periodic for benefit in benefits),
        sum(one.funeral for one in benefits) if each else max(one.funeral for one in benefits),
        all(benefit.full for benefit in benefits),
        Explanation(_JKM, died_on, tuple(steps), facts, tuple(notes)),
    )


def _dual_step(paying: int, each: bool, cited: tuple[Citation, ...]) -> Step:
    if each:
        words = Words(f"{paying} kepesertaan: masing-masing dibayar", f"{paying} memberships: each pays")
    else:
        words = Words(
            f"{paying} kepesertaan: masing-masing dibayar, biaya pemakaman hanya satu kali",
            f"{paying} memberships: each pays, the funeral benefit only once",
        )
    return Step("jkm.dual", words, "", None, cited)


def _named(step: Step, number: int, segment: Segment, *, paid: bool) -> Step:
    """The step of one membership, said to be its; a funeral benefit not paid twice stays without an amount."""
    once = Words("", "") if paid else Words(", sudah dibayar satu kali", ", already paid once")
    words = Words(
        f"Kepesertaan {number} ({_NAMES[segment]}): {step.words.id}{once.id}",
        f"Membership {number} ({_NAMES[segment]}): {step.words.en}{once.en}",
    )
    return replace(
        step, code=f"{step.code}.{number}", words=words, amount=step.amount if paid else None,
        formula=step.formula if paid else "",
    )  # fmt: skip


def _memberships_fact(paying: Sequence[tuple[int, Segment, DeathBenefit]]) -> Fact:
    listed = ", ".join(_NAMES[segment] for _number, segment, _benefit in paying)
    return Fact("memberships", Words("Kepesertaan yang dibayar", "Memberships that pay"), Words(listed, listed))


def _unpaid_steps(number: int, segment: Segment, answers: Sequence[tuple[str, str]]) -> list[Step]:
    """That one membership pays nothing; once for each recorded answer on which that rests."""
    words = Words(
        f"Kepesertaan {number} ({_NAMES[segment]}) tidak dibayar: bulan wafat belum lunas",
        f"Membership {number} ({_NAMES[segment]}) does not pay: the month of death is not paid",
    )
    step = Step(f"jkm.unpaid.{number}", words)
    return [replace(step, decided=Decided(code, answer)) for code, answer in answers] or [step]
