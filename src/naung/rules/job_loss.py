"""Job loss (JKP): the cash benefit of a dismissed worker, month by month. In whole rupiah.

See `docs/algorithms/job-loss.md`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.rules.claim_papers import jkp_claim_deadline
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import date_en, plural
from naung.rules.explaining import Explanation, Fact, Step, Words, percentage_step
from naung.rules.law import Cited, Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import date_id
from naung.rules.wage_terms import NegativeWage
from naung.saying import Sentence
from naung.saying import sentence as _

_BAND = "months_"  # `months_1_3`: the key of a share of the wage paid from the first to the third month.


@dataclass(eq=False)
class JkpMonthsNotPaid(Refusal):
    """Cash is paid for a few months only."""

    code: ClassVar[str] = "jkp_months_not_paid"

    months: int
    most: int

    def said(self) -> Sentence:
        return _(
            "Uang tunai JKP dibayar 1 sampai %(most)s bulan, bukan %(months)s bulan.",
            most=self.most,
            months=self.months,
        )


@dataclass(eq=False)
class JkpMonthsTooFew(Refusal):
    """Too few contribution months before the dismissal."""

    code: ClassVar[str] = "jkp_contribution_months_too_few"

    paid: int
    needed: int
    window: int

    def said(self) -> Sentence:
        return _(
            "JKP mensyaratkan paling sedikit %(needed)s bulan iuran dalam %(window)s bulan terakhir; yang "
            "tercatat %(paid)s bulan.",
            needed=self.needed,
            window=self.window,
            paid=self.paid,
        )


@dataclass(eq=False)
class JkpMonthsImpossible(Refusal):
    """There cannot be fewer than no contribution months, nor more than months looked back on."""

    code: ClassVar[str] = "jkp_contribution_months_impossible"

    paid: int
    window: int

    def said(self) -> Sentence:
        return _(
            "%(paid)s bulan iuran dalam %(window)s bulan terakhir tidak mungkin: isi 0 sampai %(window)s.",
            paid=self.paid,
            window=self.window,
        )


@dataclass(eq=False)
class JkpNotForForeigners(Refusal):
    """JKP is for citizens."""

    code: ClassVar[str] = "jkp_citizens_only"

    def said(self) -> Sentence:
        return _("JKP hanya untuk warga negara Indonesia.")


@dataclass(eq=False)
class JkpRegisteredTooOld(Refusal):
    """The worker was too old when first registered."""

    code: ClassVar[str] = "jkp_registered_too_old"

    age: int
    limit: int

    def said(self) -> Sentence:
        return _(
            "JKP mensyaratkan terdaftar sebelum berusia %(limit)s tahun; saat didaftarkan usianya %(age)s.",
            limit=self.limit,
            age=self.age,
        )


@dataclass(eq=False)
class JkpClaimedTooLate(Refusal):
    """The right has lapsed."""

    code: ClassVar[str] = "jkp_claimed_too_late"

    claimed_on: date
    last_day: date

    def said(self) -> Sentence:
        return _(
            "Hak JKP sudah gugur: pengajuan paling lambat %(last_day)s, bukan %(claimed_on)s.",
            last_day=self.last_day,
            claimed_on=self.claimed_on,
        )


@dataclass(eq=False)
class JkpClaimedTooEarly(Refusal):
    """Nobody can claim before being dismissed."""

    code: ClassVar[str] = "jkp_claimed_before_dismissal"

    claimed_on: date
    dismissed_on: date

    def said(self) -> Sentence:
        return _(
            "Pengajuan %(claimed_on)s tidak mungkin: pemutusan hubungan kerja baru terjadi pada %(dismissed_on)s.",
            claimed_on=self.claimed_on,
            dismissed_on=self.dismissed_on,
        )


@dataclass(frozen=True, slots=True)
class JkpBenefit:
    """The cash of each month, first month first, in whole rupiah."""

    by_month: tuple[Rupiah, ...]
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return sum(self.by_month)

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


def jkp_benefit(
    dismissed_on: date,
    *,
    wage: Rupiah,
    months: int | None = None,
    months_paid_of_window: int | None = None,
    citizen: bool | None = None,
    age_when_registered: int | None = None,
    claimed_on: date | None = None,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> JkpBenefit:
    """The JKP cash benefit of a worker dismissed on `dismissed_on`, in whole rupiah.

    `wage` is the last reported monthly wage; above the ceiling only the ceiling counts. `months` is for how many months
    it is paid: all that the law allows where not given. Each month is rounded by itself. The other facts are
    conditions: a fact that is given is tested, one that is not given is named in a note. The conditions before
    7 February 2025 are not known here, so nothing is tested for earlier dismissals and a note says so.

    Raises NegativeWage, JkpMonthsNotPaid, NotInForce before 2 February 2021; and, where the fact was given,
    JkpMonthsTooFew, JkpMonthsImpossible, JkpNotForForeigners, JkpRegisteredTooOld, JkpClaimedTooLate,
    JkpClaimedTooEarly.

    Source: PP 37/2021 art. 21; PP 6/2025 art. 19 (number recalled), 21, 40.
    """
    if wage < 0:
        raise NegativeWage(wage)
    cash = law.mapping("jkp.cash").cited(dismissed_on)
    rates = _rates(cash.value)
    paid = len(rates) if months is None else months
    if not 1 <= paid <= len(rates):
        raise JkpMonthsNotPaid(paid, len(rates))
    conditions, notes = _conditions(dismissed_on, months_paid_of_window, citizen, age_when_registered, claimed_on, law)
    cap = law.amount("ppu.jkp.wage_cap").cited(dismissed_on)
    base = min(wage, cap.value)
    rounding = law.words("rounding").cited(dismissed_on).citation
    monthly = [
        percentage_step(
            f"month_{number}",
            Words(f"Uang tunai bulan ke-{number}", f"Cash, month {number}"),
            base,
            Cited(rate, cash.citation),
            rounding=rounding,
        )
        for number, rate in enumerate(rates[:paid], 1)
    ]
    title = Words(f"Manfaat JKP, PHK {date_id(dismissed_on)}", f"JKP benefit, dismissed on {date_en(dismissed_on)}")
    facts = (
        Fact("wage", Words("Upah sebulan terakhir", "Last monthly wage"), Words(rupiah(wage), rupiah(wage))),
        Fact("months", Words("Lama dibayar", "Paid for"), Words(f"{paid} bulan", plural(paid, "month"))),
    )
    steps = (*conditions, _base_step(wage, cap), *monthly)
    explanation = Explanation(title, dismissed_on, steps, facts, notes)
    return JkpBenefit(tuple(step.amount or 0 for step in monthly), explanation)


def _rates(cash: Any) -> list[Decimal]:
    """The share of the wage of each month, first month first, from either form in which the law states it."""
    if "rate" in cash:
        return [Decimal(cash["rate"])] * int(cash["max_months"])
    rates: dict[int, Decimal] = {}
    for key, rate in cash.items():
        first, last = (int(part) for part in key.removeprefix(_BAND).split("_"))
        rates |= dict.fromkeys(range(first, last + 1), Decimal(rate))
    return [rates[number] for number in sorted(rates)]


def _base_step(wage: Rupiah, cap: Cited[Rupiah]) -> Step:
    if wage > cap.value:
        words = Words(
            f"Upah yang dihitung: dibatasi {rupiah(cap.value)}", f"Wage that counts: limited to {rupiah(cap.value)}"
        )
        return Step("base", words, f"{rupiah(wage)} > {rupiah(cap.value)}", None, (cap.citation,))
    words = Words(
        f"Upah yang dihitung: {rupiah(wage)}, tidak melebihi batas {rupiah(cap.value)}",
        f"Wage that counts: {rupiah(wage)}, not above the ceiling of {rupiah(cap.value)}",
    )
    return Step("base", words, f"{rupiah(wage)} ≤ {rupiah(cap.value)}", None, (cap.citation,))


_NOT_KNOWN = Words(
    "Syarat dan batas waktu JKP untuk PHK sebelum 7 Februari 2025 belum terbaca, jadi tidak diperiksa di sini.",
    "The conditions and the deadline of JKP for dismissals before 7 February 2025 were not read and are not tested.",
)
_MONTHS_NOT_GIVEN = Words(
    "Masa iur belum diisi, jadi belum diperiksa.", "The contribution months were not given and are not tested."
)
_PERSON_NOT_GIVEN = Words(
    "Kewarganegaraan atau usia saat didaftarkan belum diisi, jadi belum diperiksa.",
    "Citizenship or age at registration was not given and is not tested.",
)
_DAY_NOT_GIVEN = Words(
    "Tanggal pengajuan belum diisi; batas waktunya hanya disebutkan.",
    "The day of the claim was not given; its deadline is only stated.",
)


def _conditions(
    dismissed_on: date,
    months_paid: int | None,
    citizen: bool | None,
    age: int | None,
    claimed_on: date | None,
    law: Law,
) -> tuple[tuple[Step, ...], tuple[Words, ...]]:
    """What was tested, as steps without an amount, and what could not be, as notes. Raises what the law refuses."""
    if claimed_on is not None and claimed_on < dismissed_on:
        raise JkpClaimedTooEarly(claimed_on, dismissed_on)
    whole = law.words("jkp.min").find(dismissed_on)
    if whole is None:
        return (), (_NOT_KNOWN,)
    steps: list[Step] = []
    notes: list[Words] = []
    if months_paid is None:
        notes.append(_MONTHS_NOT_GIVEN)
    else:
        steps.append(_months_step(dismissed_on, months_paid, law))
    if citizen is False:
        raise JkpNotForForeigners
    if age is not None:
        steps.append(_age_step(dismissed_on, age, law))
    if citizen:
        words = Words("Warga negara Indonesia", "Citizen of Indonesia")
        steps.append(Step("citizen", words, "", None, (whole.citation,)))
    if age is None or citizen is None:
        notes.append(_PERSON_NOT_GIVEN)
    deadline = jkp_claim_deadline(dismissed_on, law=law)
    if claimed_on is None:
        notes.append(_DAY_NOT_GIVEN)
    elif claimed_on > deadline.last_day:
        raise JkpClaimedTooLate(claimed_on, deadline.last_day)
    return (*steps, deadline.step), tuple(notes)


def _months_step(on: date, paid: int, law: Law) -> Step:
    needed, window = law.count("jkp.min_months").cited(on), law.count("jkp.min_window").cited(on)
    if not 0 <= paid <= window.value:
        raise JkpMonthsImpossible(paid, window.value)
    if paid < needed.value:
        raise JkpMonthsTooFew(paid, needed.value, window.value)
    words = Words(
        f"Masa iur {paid} bulan dalam {window.value} bulan terakhir; paling sedikit {needed.value}",
        f"{plural(paid, 'contribution month')} in the last {window.value}; at least {needed.value} needed",
    )
    return Step("min_months", words, f"{paid} ≥ {needed.value}", None, (needed.citation, window.citation))


def _age_step(on: date, age: int, law: Law) -> Step:
    limit = law.count("jkp.registered_before_age").cited(on)
    if age >= limit.value:
        raise JkpRegisteredTooOld(age, limit.value)
    words = Words(
        f"Didaftarkan pada usia {age} tahun, sebelum {limit.value}", f"Registered at {age}, before {limit.value}"
    )
    return Step("registered_before_age", words, f"{age} < {limit.value}", None, (limit.citation,))
