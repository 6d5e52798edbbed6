"""Old-age savings (JHT): the whole of it at the end, or a part of it before. In whole rupiah.

See `docs/algorithms/old-age.md`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.anniversaries import birthday, same_day_after
from naung.rules.claim_papers import NegativeBalance
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import date_en, plural
from naung.rules.explaining import Explanation, Fact, Step, Words, percentage_step
from naung.rules.law import Citation, Cited, Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import date_id
from naung.saying import Rp, Sentence
from naung.saying import sentence as _


class PartialPurpose(StrEnum):
    """What a part of the savings is taken for."""

    HOUSING = "housing"
    OTHER = "other"

    @property
    def words(self) -> Words:
        return _PURPOSES[self]


_PURPOSES = {
    PartialPurpose.HOUSING: Words("perumahan", "housing"),
    PartialPurpose.OTHER: Words("keperluan lain", "other purposes"),
}


@dataclass(eq=False)
class JhtNotYetDue(Refusal):
    """Neither the age nor the waiting time after stopping work is reached."""

    code: ClassVar[str] = "jht_not_yet_due"

    on: date
    first_day: date

    def said(self) -> Sentence:
        return _(
            "Pada %(on)s JHT belum dapat dibayar seluruhnya: menurut usia atau hari berhenti bekerja yang "
            "diisi, paling awal %(first_day)s.",
            on=self.on,
            first_day=self.first_day,
        )


@dataclass(eq=False)
class JhtAmountNegative(Refusal):
    """Contributions and their return are not below zero."""

    code: ClassVar[str] = "jht_amount_negative"

    amount: Rupiah

    def said(self) -> Sentence:
        return _(
            "Iuran atau hasil pengembangan %(amount)s tidak mungkin: angka harus nol atau lebih.",
            amount=Rp(self.amount),
        )


@dataclass(eq=False)
class JhtPartTakenBefore(Refusal):
    """A part of the savings can be taken once."""

    code: ClassVar[str] = "jht_part_taken_before"

    def said(self) -> Sentence:
        return _("JHT hanya dapat diambil sebagian satu kali, dan bagian itu sudah pernah diambil.")


@dataclass(eq=False)
class JhtYearsTooFew(Refusal):
    """A part of the savings can be taken after some years of membership."""

    code: ClassVar[str] = "jht_years_too_few"

    years: int
    needed: int

    def said(self) -> Sentence:
        return _(
            "JHT dapat diambil sebagian sesudah %(needed)s tahun kepesertaan, bukan %(years)s tahun.",
            needed=self.needed,
            years=self.years,
        )


@dataclass(frozen=True, slots=True)
class JhtBenefit:
    """The savings paid at once, in whole rupiah."""

    contributions: Rupiah
    investment_return: Rupiah
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return self.contributions + self.investment_return

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


@dataclass(frozen=True, slots=True)
class JhtPart:
    """A part of the savings, in whole rupiah; `left` stays in the account."""

    amount: Rupiah
    left: Rupiah
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return self.amount

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


_NO_TAX = Words("Pajak penghasilan atas JHT tidak dihitung.", "Income tax on JHT is not computed.")
_RIGHT_NOT_TESTED = Words(
    "Tanggal lahir dan hari berhenti bekerja belum diisi, jadi hak atas JHT belum diperiksa.",
    "Date of birth and last day of work were not given, so the right to JHT is not tested.",
)
_OTHER_GROUNDS = Words(
    "Hak karena meninggal dunia, cacat total tetap, atau meninggalkan Indonesia tidak diperiksa; belum terbaca.",
    "The right after death, total disability or leaving Indonesia for good is not tested; its rules were not read.",
)


def jht_benefit(
    on: date,
    *,
    contributions: Rupiah,
    investment_return: Rupiah,
    born_on: date | None = None,
    stopped_on: date | None = None,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> JhtBenefit:
    """The whole of the savings, paid at once on or after `on`, in whole rupiah: contributions plus their return.

    Both amounts are facts from the account at BPJS Ketenagakerjaan; no return is computed. Where `born_on` or
    `stopped_on` (the last day of work) is given the right is tested: at the age of JHT, or when the waiting time after
    stopping work is over (known from May 2022). The rules in force on `on` count. That the waiting time ends on
    the same day of a later month is our reading.

    Raises JhtAmountNegative, JhtNotYetDue, NotInForce before July 2015; before May 2022 also where the right rests on
    having stopped work.

    Source: PP 46/2015 art. 22 (number recalled); Permenaker 4/2022.
    """
    for amount in (contributions, investment_return):
        if amount < 0:
            raise JhtAmountNegative(amount)
    benefit = law.words("jht.benefit").cited(on)
    right, notes = _right(on, born_on, stopped_on, law)
    cited = (benefit.citation,)
    steps = (
        *right,
        Step("contributions", Words("Seluruh iuran", "All contributions"), "", contributions, cited),
        Step("return", Words("Hasil pengembangan", "Investment return"), "", investment_return, cited),
    )
    facts = tuple(
        Fact(code, words, Words(date_id(day), date_en(day)))
        for code, words, day in (
            ("born_on", Words("Tanggal lahir", "Date of birth"), born_on),
            ("stopped_on", Words("Hari terakhir bekerja", "Last day of work"), stopped_on),
        )
        if day is not None
    )
    title = Words(f"Manfaat JHT, {date_id(on)}", f"JHT benefit, {date_en(on)}")
    return JhtBenefit(contributions, investment_return, Explanation(title, on, steps, facts, notes))


def _right(
    on: date, born_on: date | None, stopped_on: date | None, law: Law
) -> tuple[tuple[Step, ...], tuple[Words, ...]]:
    """The ground on which the savings are due, as a step. Raises JhtNotYetDue with the earliest day of those given."""
    if born_on is None and stopped_on is None:
        return (), (_RIGHT_NOT_TESTED, _OTHER_GROUNDS, _NO_TAX)
    first_days: list[date] = []
    if born_on is not None:
        age = law.count("jht.age").cited(on)
        reached = birthday(born_on, age.value)
        if reached <= on:
            return (_age_step(born_on, reached, age),), (_NO_TAX,)
        first_days.append(reached)
    if stopped_on is not None:
        wait = law.count("jht.wait_stop").cited(on)
        over = same_day_after(stopped_on, wait.value)
        if over <= on:
            return (_wait_step(over, wait),), (_NO_TAX,)
        first_days.append(over)
    raise JhtNotYetDue(on, min(first_days))


def _age_step(born_on: date, reached: date, age: Cited[int]) -> Step:
    words = Words(
        f"Usia {age.value} tahun tercapai pada {date_id(reached)}",
        f"The age of {age.value} is reached on {date_en(reached)}",
    )
    leap = (born_on.month, born_on.day) == (2, 29)
    return Step("age", words, "", None, (age.citation,), inferred=leap)


def _wait_step(over: date, wait: Cited[int]) -> Step:
    words = Words(
        f"Masa tunggu {wait.value} bulan sesudah berhenti bekerja lewat pada {date_id(over)}",
        f"{plural(wait.value, 'month')} after stopping work are over on {date_en(over)}",
    )
    return Step("wait_stop", words, f"{wait.value} bulan", None, (wait.citation,), inferred=True)


def jht_partial(
    on: date,
    *,
    balance: Rupiah,
    years: int,
    purpose: PartialPurpose,
    already_taken: bool = False,
    law: Law,
    decisions: Decisions = UNDECIDED,
) -> JhtPart:
    """The most that may be taken of the savings before they are due, in whole rupiah.

    10 % of `balance`, or 30 % for housing, once, after 10 whole `years` of membership. Rounded once.

    Raises NegativeBalance, JhtYearsTooFew, JhtPartTakenBefore, NotInForce before July 2015.

    Source: PP 46/2015; Permenaker 4/2022 (articles not known).
    """
    if balance < 0:
        raise NegativeBalance(balance)
    rule = law.mapping("jht.partial").cited(on)
    needed = rule.value["min_years"]
    if years < needed:
        raise JhtYearsTooFew(years, needed)
    if already_taken:
        raise JhtPartTakenBefore
    part = percentage_step(
        "part",
        Words(f"Bagian untuk {purpose.words.id}, paling banyak", f"Part for {purpose.words.en}, at most"),
        balance,
        Cited(Decimal(rule.value[purpose.value]), rule.citation),
        rounding=law.words("rounding").cited(on).citation,
    )
    steps = (_years_step(years, needed, rule.citation), part)
    facts = (
        Fact("balance", Words("Saldo JHT", "JHT balance"), Words(rupiah(balance), rupiah(balance))),
        Fact("years", Words("Lama kepesertaan", "Membership"), Words(f"{years} tahun", plural(years, "year"))),
        Fact("purpose", Words("Keperluan", "Purpose"), purpose.words),
    )
    title = Words(f"Pengambilan sebagian JHT, {date_id(on)}", f"Partial withdrawal of JHT, {date_en(on)}")
    explanation = Explanation(title, on, steps, facts, (_NO_TAX,))
    return JhtPart(part.amount or 0, balance - (part.amount or 0), explanation)


def _years_step(years: int, needed: int, citation: Citation) -> Step:
    words = Words(
        f"Kepesertaan {years} tahun, paling sedikit {needed}; diambil satu kali",
        f"{plural(years, 'year')} of membership, at least {needed}; taken once",
    )
    return Step("years", words, f"{years} ≥ {needed}", None, (citation,))
