"""When a contribution is due, what being late costs, and how long an unpaid BPU membership lasts.

Everything about a membership follows from the months that are paid, as in `protection`; whether an
event in an unpaid month is paid after all is asked there of nobody: see `death`. See
`docs/algorithms/arrears.md`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from naung.rules.bpu_prepaid import NegativeAmount
from naung.rules.bpu_prepaid import prepaid_credit as prepaid_credit
from naung.rules.decisions import UNDECIDED, Decisions, question
from naung.rules.english import plural
from naung.rules.explaining import Decided, Explanation, Fact, Step, Words, product_formula
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, is_whole, percent, rupiah, share
from naung.rules.periods import (
    add_months,
    date_id,
    first_of_month,
    format_month,
    last_of_month,
    month_name_id,
    months_between,
    months_in,
    require_month,
)


class Segment(StrEnum):
    """Whose contribution it is: an employer's (PPU) or an informal worker's (BPU)."""

    PPU = "ppu"
    BPU = "bpu"


@dataclass(frozen=True, slots=True)
class DueDay:
    """The last day on which the contribution of `month` is paid in time."""

    month: date
    day: date
    step: Step

    @property
    def total(self) -> Rupiah:
        return 0

    @property
    def explanation(self) -> Explanation:
        title = Words(f"Jatuh tempo iuran {month_name_id(self.month)}", f"Due day of {format_month(self.month)}")
        return Explanation(title, self.month, (self.step,), (_month_fact(self.month),))


def due_on(month: date, *, segment: Segment, law: Law, decisions: Decisions = UNDECIDED) -> DueDay:
    """The last day on which the contribution of `month` is in time.

    An employer pays up to day 15 of the following month, day 30 in the months of PP 49/2020 (in
    February its last day: our reading). No source read gives the day of a BPU worker: a region decides.

    Raises NotInForce outside the known law, NeedsDecision for BPU.

    Source: PP 44/2015 art. 21 (recalled); PP 49/2020.
    """
    require_month(month)
    if segment is Segment.PPU:
        relieved = law.count("relief.pp49_2020.due_day").find(month)
        return _due_next_month(month, relieved or law.count("ppu.due_day").cited(month), None)
    asked = "bpu.due_day"
    answer = decisions.require(asked, month)
    decided = Decided(asked, answer)
    if answer == "day_15_next":
        return _due_next_month(month, law.count("ppu.due_day").cited(month), decided)
    day = last_of_month(month)
    words = Words(
        f"Dibayar paling lambat {date_id(day)}, hari terakhir bulan iuran",
        f"To be paid by {day.isoformat()}, the last day of the contribution month",
    )
    return DueDay(month, day, Step("due_day", words, decided=decided))


def _due_next_month(month: date, number: Cited[int], decided: Decided | None) -> DueDay:
    following = add_months(month, 1)
    day = _day_of(following, number.value)
    words = Words(
        f"Dibayar paling lambat {date_id(day)} (tanggal {number.value} bulan berikutnya)",
        f"To be paid by {day.isoformat()} (day {number.value} of the following month)",
    )
    step = Step("due_day", words, citations=(number.citation,), decided=decided, inferred=day.day != number.value)
    return DueDay(month, day, step)


def _day_of(month: date, number: int) -> date:
    """Day `number` of a month, or its last day where it has fewer."""
    return month.replace(day=min(number, last_of_month(month).day))


@dataclass(frozen=True, slots=True)
class Penalty:
    """What paying late costs, in whole rupiah. `due` is None where no penalty can depend on the day."""

    month: date
    paid_on: date
    amount: Rupiah
    months_late: int
    total: Rupiah
    due: DueDay | None
    steps: tuple[Step, ...]

    @property
    def explanation(self) -> Explanation:
        title = Words(
            f"Denda keterlambatan iuran {month_name_id(self.month)}", f"Late penalty for {format_month(self.month)}"
        )
        facts = (
            _month_fact(self.month),
            Fact("amount", Words("Iuran yang terlambat", "Contribution paid late"), _alike(rupiah(self.amount))),
            Fact("paid_on", Words("Dibayar pada", "Paid on"), _day_words(self.paid_on)),
        )
        return Explanation(title, self.month, self.steps, facts)


def late_penalty(
    month: date,
    *,
    amount: Rupiah,
    paid_on: date,
    segment: Segment,
    law: Law,
    decisions: Decisions = UNDECIDED,
    labour_intensive: bool = False,
) -> Penalty:
    """The penalty on `amount`, the contribution of `month` that was paid on `paid_on`, in whole rupiah.

    The rate of the contribution month counts for each month late; a month that has begun counts as a
    whole one, which no source says (marked as our reading). `labour_intensive`: an employer who has the
    relief of PP 7/2025; `amount` is then the JKK contribution alone. No highest penalty is known. A BPU
    worker pays none, so the unsettled due day is not asked for.

    Raises NegativeAmount, NotInForce outside the known law, NeedsDecision where a BPU penalty is supposed.

    Source: PP 44/2015, PP 45/2015, PP 46/2015 (article not found); PP 49/2020; PP 7/2025.
    """
    if amount < 0:
        raise NegativeAmount(amount)
    rate = _penalty_rate(require_month(month), segment, law, labour_intensive)
    if rate.value == 0:
        words = Words("Tidak ada denda untuk BPU", "No penalty for BPU")
        step = Step("penalty", words, product_formula(amount, rate.value, 0), 0, (rate.citation,))
        return Penalty(month, paid_on, amount, 0, 0, None, (step,))
    due = due_on(month, segment=segment, law=law, decisions=decisions)
    late, whole = _months_late(due, paid_on)
    if late == 0:
        words = Words("Dibayar tepat waktu", "Paid in time")
        return Penalty(month, paid_on, amount, 0, 0, due, (due.step, Step("penalty", words, amount=0)))
    total = share(amount, rate.value * late)
    sign = "=" if is_whole(amount, rate.value * late) else "≈"
    counted = Words(
        f"Terlambat {late} bulan" + ("" if whole else ", bulan yang baru dimulai dihitung satu bulan (tafsir)"),
        f"{plural(late, 'month')} late" + ("" if whole else ", a month begun counts as one (our reading)"),
    )
    step = Step(
        "penalty",
        Words(f"Denda: {counted.id}", f"Penalty: {counted.en}"),
        f"{late} bulan × {percent(rate.value)} × {rupiah(amount)} {sign} {rupiah(total)}",
        total,
        (rate.citation, *_rounding(amount, rate.value * late, month, law)),
        borne_by="employer" if segment is Segment.PPU else "worker",
        inferred=not whole or rate.citation.key == "relief.pp7_2025.penalty",
    )
    return Penalty(month, paid_on, amount, late, total, due, (due.step, step))


def _penalty_rate(month: date, segment: Segment, law: Law, labour_intensive: bool) -> Cited[Decimal]:
    if segment is Segment.BPU:
        return law.rate("bpu.penalty").cited(month)
    relieved = law.rate("relief.pp49_2020.penalty").find(month)
    if relieved is None and labour_intensive:
        relieved = law.rate("relief.pp7_2025.penalty").find(month)
    return relieved or law.rate("ppu.penalty").cited(month)


def _months_late(due: DueDay, paid_on: date) -> tuple[int, bool]:
    """How many months late, those begun included, and whether the last of them was a full month."""
    if paid_on <= due.day:
        return 0, True
    passed = months_between(due.day, paid_on)
    same_day = _day_of(first_of_month(paid_on), due.day.day)
    return passed + (1 if paid_on > same_day else 0), paid_on == same_day


def _rounding(amount: Rupiah, rate: Decimal, month: date, law: Law) -> tuple[Citation, ...]:
    return () if is_whole(amount, rate) else (law.words("rounding").cited(month).citation,)


class MembershipState(StrEnum):
    """Where a BPU membership stands on a day."""

    NOT_YET = "not_yet"
    ACTIVE = "active"
    GRACE = "grace"
    ENDED = "ended"


_STATES = {
    MembershipState.NOT_YET: Words("Belum ada bulan yang lunas: kepesertaan belum mulai", "No month is paid yet"),
    MembershipState.ACTIVE: Words("Aktif: bulan ini lunas", "Active: this month is paid"),
    MembershipState.GRACE: Words("Menunggak, masih dapat dilunasi", "In arrears that may still be settled"),
    MembershipState.ENDED: Words("Berakhir karena menunggak", "Ended through arrears"),
}


@dataclass(frozen=True, slots=True)
class Membership:
    """A BPU membership on a day.

    `arrears` are the unpaid months after the last paid one up to the day; `may_settle` those of them that
    may be paid afterwards (all in the grace period, none once the membership has ended).
    """

    on: date
    state: MembershipState
    last_paid: date | None
    arrears: tuple[date, ...]
    may_settle: tuple[date, ...]
    steps: tuple[Step, ...]

    @property
    def total(self) -> Rupiah:
        return 0

    @property
    def explanation(self) -> Explanation:
        title = Words(f"Kepesertaan BPU pada {date_id(self.on)}", f"BPU membership on {self.on.isoformat()}")
        none = Words("tidak ada", "none")
        last = none if self.last_paid is None else Words(month_name_id(self.last_paid), format_month(self.last_paid))
        fact = Fact("last_paid", Words("Bulan lunas terakhir", "Last paid month"), last)
        return Explanation(title, self.on, self.steps, (fact,))


def membership_on(
    day: date, *, paid_months: Collection[date], law: Law, decisions: Decisions = UNDECIDED
) -> Membership:
    """Whether a BPU membership is active on `day`, in arrears that may be settled, or ended.

    The months after the last paid one count as in arrears, that of `day` included. Sources differ on
    the month that equals the limit (`bpu.grace`): only then is a decision asked for. Whether an
    event in such a month is paid is another question (`bpu.grace_event_paid`).

    Raises NotInForce for an unpaid day before July 2022, when the known rule begins; NeedsDecision.

    Source: Perdir BPJS TK 22/PERDIR.02/072022, as read in the membership guide.
    """
    month = first_of_month(day)
    earlier = [require_month(paid) for paid in paid_months if paid <= month]
    if not earlier:
        state = MembershipState.NOT_YET
        return Membership(day, state, None, (), (), (Step("state", _STATES[state]),))
    last = max(earlier)
    arrears = tuple(months_in(add_months(last, 1), add_months(month, 1)))
    if not arrears:
        state = MembershipState.ACTIVE
        return Membership(day, state, last, (), (), (Step("state", _STATES[state]),))
    grace = law.count("bpu.grace").cited(day)
    ended, decided = _has_ended(len(arrears), grace.value, day, decisions)
    state = MembershipState.ENDED if ended else MembershipState.GRACE
    counted = Words(
        f"{_STATES[state].id}: {len(arrears)} bulan menunggak, batasnya {grace.value} bulan",
        f"{_STATES[state].en}: {len(arrears)} months in arrears, the limit is {grace.value}",
    )
    # That a month counts from its first day is our reading; it matters in the month after the limit.
    inferred = len(arrears) == grace.value + 1
    steps = [Step("state", counted, citations=(grace.citation,), decided=decided, inferred=inferred)]
    late_funds = law.words("bpu.donor_late_funds").find(day)
    if ended and late_funds is not None:
        steps.append(Step("donor_late_funds", _LATE_FUNDS, citations=(late_funds.citation,)))
    return Membership(day, state, last, arrears, () if ended else arrears, tuple(steps))


_LATE_FUNDS = Words(
    "Bila dana donatur atau pemerintah terlambat cair, kantor cabang dan kantor wilayah dapat memproses tunggakan",
    "Where money of a donor or government came late, branch and regional office may process the arrears",
)


def _has_ended(arrears: int, limit: int, day: date, decisions: Decisions) -> tuple[bool, Decided | None]:
    if arrears != limit:
        return arrears > limit, None
    asked = "bpu.membership_ends"
    answer = decisions.require(asked, day)
    return answer == "entering_third", Decided(asked, answer)


@dataclass(frozen=True, slots=True)
class Return:
    """How an ended BPU membership starts again: `pay_again` or `register_again`."""

    on: date
    way: str
    step: Step

    @property
    def total(self) -> Rupiah:
        return 0

    @property
    def explanation(self) -> Explanation:
        return Explanation(Words("Kembali menjadi peserta BPU", "Returning as a BPU member"), self.on, (self.step,))


def how_to_return(day: date, *, law: Law, decisions: Decisions = UNDECIDED) -> Return:
    """How a membership that ended through arrears starts again. Raises NeedsDecision, NotInForce before July 2022."""
    rule, asked = law.words("bpu.rejoin").cited(day), "bpu.rejoin"
    way = decisions.require(asked, day)
    answer = next(one for one in question(asked).answers if one.code == way)
    words = Words(f"Kepesertaan dimulai lagi: {answer.words}", f"Membership starts again: {answer.words_en}")
    return Return(day, way, Step("rejoin", words, citations=(rule.citation,), decided=Decided(asked, way)))


def _month_fact(month: date) -> Fact:
    return Fact("month", Words("Bulan iuran", "Contribution month"), Words(month_name_id(month), format_month(month)))


def _day_words(day: date) -> Words:
    return Words(date_id(day), day.isoformat())


def _alike(text: str) -> Words:
    return Words(text, text)
