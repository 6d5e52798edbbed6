"""What is told about a work accident, and the ways in which it cannot be so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.arrears import Segment
from naung.rules.contributions import NegativeIncome
from naung.rules.explaining import Words
from naung.rules.money import Rupiah
from naung.rules.school import Level
from naung.saying import Rp, Sentence
from naung.saying import sentence as _


class Kind(StrEnum):
    """What counts as a work accident; the last only since Permenaker 1/2025."""

    ACCIDENT = "accident"
    DISEASE = "disease"
    VIOLENCE = "violence"

    @property
    def words(self) -> Words:
        return _KINDS[self]


_KINDS = {
    Kind.ACCIDENT: Words("kecelakaan kerja", "work accident"),
    Kind.DISEASE: Words("penyakit akibat kerja (PAK)", "occupational disease (PAK)"),
    Kind.VIOLENCE: Words("kekerasan fisik atau pemerkosaan di tempat kerja", "physical violence or rape at work"),
}


class Outcome(StrEnum):
    """How it ended, as the doctor states it. Losses of both kinds together are asked as `PARTIAL_FUNCTIONAL`."""

    HEALED = "healed"
    PARTIAL_ANATOMICAL = "partial_anatomical"
    PARTIAL_FUNCTIONAL = "partial_functional"
    TOTAL_PERMANENT = "total_permanent"
    DIED = "died"

    @property
    def partial(self) -> bool:
        return self in {Outcome.PARTIAL_ANATOMICAL, Outcome.PARTIAL_FUNCTIONAL}

    @property
    def opens_scholarship(self) -> bool:
        return self in {Outcome.TOTAL_PERMANENT, Outcome.DIED}

    @property
    def words(self) -> Words:
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.HEALED: Words("sembuh tanpa cacat", "healed without disability"),
    Outcome.PARTIAL_ANATOMICAL: Words("cacat sebagian anatomis", "partial anatomical disability"),
    Outcome.PARTIAL_FUNCTIONAL: Words("cacat sebagian fungsi", "partial functional disability"),
    Outcome.TOTAL_PERMANENT: Words("cacat total tetap", "total permanent disability"),
    Outcome.DIED: Words("meninggal dunia", "died"),
}


class Transport(StrEnum):
    """How the injured worker was carried; river and lake count as land."""

    LAND = "land"
    SEA = "sea"
    AIR = "air"

    @property
    def words(self) -> Words:
        return _TRANSPORTS[self]


_TRANSPORTS = {
    Transport.LAND: Words("darat, sungai, atau danau", "land, river or lake"),
    Transport.SEA: Words("laut", "sea"),
    Transport.AIR: Words("udara", "air"),
}


class Aid(StrEnum):
    """What is reimbursed up to an amount, since PP 82/2019."""

    HOME_CARE = "homecare"
    DENTURES = "dentures"
    HEARING_AID = "hearing_aid"
    GLASSES = "glasses"

    @property
    def words(self) -> Words:
        return _AIDS[self]


_AIDS = {
    Aid.HOME_CARE: Words("Perawatan di rumah atas rekomendasi dokter", "Home care on a doctor's advice"),
    Aid.DENTURES: Words("Gigi tiruan", "Dentures"),
    Aid.HEARING_AID: Words("Alat bantu dengar", "Hearing aid"),
    Aid.GLASSES: Words("Kacamata", "Spectacles"),
}


class Side(StrEnum):
    RIGHT = "right"
    LEFT = "left"

    @property
    def other(self) -> "Side":
        return Side.LEFT if self is Side.RIGHT else Side.RIGHT


@dataclass(frozen=True, slots=True)
class Loss:
    """One loss of the disability table: its row, and what the row asks for.

    `function_lost` is the share of the function that is lost (0.25 for a quarter): given, the loss is
    functional; None, the part itself is lost (anatomical). `extent` is the decibels or per cent lost, for a
    row counted per 10 of them. `doctor_percent` is the doctor's percentage (20 for 20%), for a row that
    leaves a range.
    """

    part: str
    side: Side | None = None
    function_lost: Decimal | None = None
    extent: int | None = None
    doctor_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Accident:
    """What happened, and what it cost. Money in whole rupiah.

    `happened_on` is the day of the accident, of a disease the day of its diagnosis: the law of that day
    counts. `wage` is the monthly wage reported; of a BPU worker the base of the band that was paid
    (Rp1,000,000 in the usual package), not what the worker earned. `months_unable` are whole months in
    which the worker could not work. `children` are those with a right to schooling, each as years left per
    level. `prosthesis_price` is the price in the list of the public hospital. `work_ended_on` is asked of a
    disease found after the work ended. `paid_months` are all months paid for the worker: the month of the
    event has to be among them. None means not told: nothing is then said about it.
    """

    happened_on: date
    wage: Rupiah
    outcome: Outcome = Outcome.HEALED
    segment: Segment = Segment.BPU
    kind: Kind = Kind.ACCIDENT
    losses: tuple[Loss, ...] = ()
    left_handed: bool = False
    months_unable: int = 0
    transport: Mapping[Transport, Rupiah] = field(default_factory=dict)
    aids: Mapping[Aid, Rupiah] = field(default_factory=dict)
    home_care_months: int | None = None
    prosthesis_price: Rupiah | None = None
    children: Sequence[Mapping[Level, int]] = ()
    died_on: date | None = None
    work_ended_on: date | None = None
    reported_on: date | None = None
    claimed_on: date | None = None
    paid_months: Collection[date] | None = None

    def require_possible(self) -> None:
        """Refuses facts that contradict each other, or that cannot be."""
        if self.wage < 0:
            raise NegativeIncome(self.wage)
        costs = (*self.transport.values(), *self.aids.values(), self.prosthesis_price or 0)
        if (least := min(costs)) < 0:
            raise NegativeCost(least)
        for months in (self.months_unable, self.home_care_months or 0):
            if months < 0:
                raise NegativeMonths(months)
        for day in (self.died_on, self.reported_on, self.claimed_on):
            if day is not None and day < self.happened_on:
                raise BeforeTheAccident(day, self.happened_on)
        if self.died_on is not None and self.outcome is not Outcome.DIED:
            raise DiedOtherwise(self.died_on)
        self._require_losses_that_fit()

    def _require_losses_that_fit(self) -> None:
        functional = any(loss.function_lost is not None for loss in self.losses)
        if (
            bool(self.losses) != self.outcome.partial
            or (functional and self.outcome is Outcome.PARTIAL_ANATOMICAL)
            or (not functional and self.outcome is Outcome.PARTIAL_FUNCTIONAL)
        ):
            raise LossesDoNotFit(self.outcome)


@dataclass(eq=False)
class NegativeCost(Refusal):
    """A cost below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "cost_negative"

    amount: Rupiah

    def said(self) -> Sentence:
        return _(
            "Biaya %(amount)s tidak mungkin: angka harus nol atau lebih.",
            amount=Rp(self.amount),
        )


@dataclass(eq=False)
class NegativeMonths(Refusal):
    """A number of months below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "months_negative"

    months: int

    def said(self) -> Sentence:
        return _(
            "Jumlah bulan %(months)s tidak mungkin: angka harus nol atau lebih.",
            months=self.months,
        )


@dataclass(eq=False)
class BeforeTheAccident(Refusal):
    """Something that follows the accident is dated before it."""

    code: ClassVar[str] = "before_the_accident"

    day: date
    happened_on: date

    def said(self) -> Sentence:
        return _(
            "%(day)s tidak mungkin: kejadiannya baru %(happened_on)s.",
            day=self.day,
            happened_on=self.happened_on,
        )


@dataclass(eq=False)
class DiedOtherwise(Refusal):
    """A day of death is given, but another outcome."""

    code: ClassVar[str] = "died_otherwise"

    died_on: date

    def said(self) -> Sentence:
        return _(
            "Tanggal wafat %(died_on)s hanya diisi bila akibat kecelakaannya meninggal dunia.",
            died_on=self.died_on,
        )


@dataclass(eq=False)
class LossesDoNotFit(Refusal):
    """The losses told are not those of the outcome."""

    code: ClassVar[str] = "losses_do_not_fit"

    outcome: Outcome

    def said(self) -> Sentence:
        if not self.outcome.partial:
            return _(
                "Bagian tubuh yang cacat hanya diisi untuk cacat sebagian, bukan «%(outcome)s».",
                outcome=self.outcome.words,
            )
        if self.outcome is Outcome.PARTIAL_ANATOMICAL:
            return _("Cacat sebagian anatomis memerlukan bagian tubuh yang hilang, tanpa persen fungsi yang berkurang.")
        return _("Cacat sebagian fungsi memerlukan bagian tubuh dengan persen fungsi yang berkurang.")
