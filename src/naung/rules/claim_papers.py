"""What has to be handed in with a claim, and by when. Lists and days come from the parameters.

A list says what forms and practice of BPJS Ketenagakerjaan ask; the catalogue gives no article for it.
See `docs/algorithms/heirs-and-papers.md`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from naung.refusal import Refusal
from naung.rules.anniversaries import same_day_after
from naung.rules.arrears import Segment
from naung.rules.dated import Citation
from naung.rules.english import date_en, plural
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.heirs import Relation
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.periods import date_id
from naung.saying import Rp, Sentence
from naung.saying import sentence as _


class Claim(StrEnum):
    """The kinds of claim for which a list of papers was found; JKP has a deadline only."""

    JKM = "jkm"
    JKK = "jkk"
    SCHOLARSHIP = "scholarship"
    JHT = "jht"

    @property
    def words(self) -> Words:
        return _CLAIMS[self]


_CLAIMS = {
    Claim.JKM: Words("klaim JKM", "JKM claim"),
    Claim.JKK: Words("klaim JKK", "JKK claim"),
    Claim.SCHOLARSHIP: Words("klaim beasiswa", "scholarship claim"),
    Claim.JHT: Words("klaim JHT", "JHT claim"),
}


class Circumstance(StrEnum):
    """What about the case makes a further paper necessary."""

    SPOUSE = "spouse"
    ROAD_ACCIDENT = "road_accident"
    OUTSIDE_PLACE_OR_HOURS = "outside_place_or_hours"
    REIMBURSED = "reimbursed"
    STMB = "stmb"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a claim. `needed` is False where the facts given do not call for it."""

    code: str
    words: Words
    needed: bool
    conditional: bool


@dataclass(frozen=True, slots=True)
class ClaimPapers:
    """The papers of one claim. It carries no amount."""

    claim: Claim
    on: date
    papers: tuple[Paper, ...]
    citation: Citation

    @property
    def needed(self) -> tuple[Paper, ...]:
        return tuple(paper for paper in self.papers if paper.needed)

    @property
    def total(self) -> Rupiah:
        return 0

    @property
    def explanation(self) -> Explanation:
        title = Words(f"Berkas {self.claim.words.id}", f"Papers of a {self.claim.words.en}")
        cited = (self.citation,)
        steps = tuple(Step(f"paper.{one.code}", one.words, "", None, cited) for one in self.needed)
        return Explanation(title, self.on, steps, notes=(_NO_ARTICLE,))


_NO_ARTICLE = Words(
    "Daftar ini menurut formulir dan praktik BPJS Ketenagakerjaan; tanyakan kantor cabang sebelum menyerahkan berkas.",
    "This list follows forms and practice of BPJS Ketenagakerjaan; ask the branch office before handing in the papers.",
)


@dataclass(eq=False)
class NegativeBalance(Refusal):
    """A balance below zero is a mistake of whoever typed it."""

    code: ClassVar[str] = "balance_negative"

    balance: Rupiah

    def said(self) -> Sentence:
        return _(
            "Saldo %(balance)s tidak mungkin: angka harus nol atau lebih.",
            balance=Rp(self.balance),
        )


def claim_papers(
    claim: Claim,
    *,
    on: date,
    law: Law,
    segment: Segment = Segment.BPU,
    circumstances: Collection[Circumstance] = (),
    heir: Relation | None = None,
    balance: Rupiah | None = None,
) -> ClaimPapers:
    """The papers of a claim for an event on `on`, each needed or not by the facts given.

    A work reference and an attendance list are asked of wage workers (PPU) only, the marriage book where
    the heir is the spouse (`heir`), NPWP where the JHT `balance` is above Rp50 million; a paper whose
    condition was not given as a fact is listed as not needed. Raises NotInForce before July 2015,
    NegativeBalance.

    Source: forms and practice of BPJS Ketenagakerjaan (no article known).
    """
    if balance is not None and balance < 0:
        raise NegativeBalance(balance)
    known = {one.value for one in circumstances}
    if heir is Relation.SPOUSE:
        known.add(Circumstance.SPOUSE.value)
    listed = law.table(f"claims.documents.{claim.value}").cited(on)
    papers = tuple(
        Paper(
            row["code"],
            Words(row["label"], row["label_en"]),
            _needed(row, segment, known, balance),
            "when" in row or "segment" in row,
        )
        for row in listed.value
    )
    return ClaimPapers(claim, on, papers, listed.citation)


def _needed(row: Mapping[str, Any], segment: Segment, known: Collection[str], balance: Rupiah | None) -> bool:
    if row.get("segment", segment.value).lower() != segment.value:
        return False
    condition = row.get("when")
    if condition == "balance_above":
        return balance is not None and balance > row["amount"]
    return condition is None or condition in known


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something has to be done. `at` has the hour where the law counts hours."""

    code: str
    on: date
    last_day: date
    step: Step
    at: datetime | None = None

    @property
    def total(self) -> Rupiah:
        return 0

    @property
    def explanation(self) -> Explanation:
        fact = Fact("event", Words("Dihitung dari", "Counted from"), Words(date_id(self.on), date_en(self.on)))
        return Explanation(self.step.words, self.on, (self.step,), (fact,))


def jkm_payment_deadline(complete_on: date, *, died_on: date, law: Law) -> Deadline:
    """The last day on which JKM should be paid: three days after the file is complete.

    Counted in calendar days; that working days are meant is only recalled, so the step says inferred.
    The law of the day of death counts. Raises NotInForce. Source: PP 44/2015 (article not known).
    """
    days = law.count("jkm.pay_days").cited(died_on)
    last = complete_on + timedelta(days=days.value)
    words = Words(
        f"JKM dibayar paling lambat {days.value} hari sesudah berkas lengkap: {date_id(last)} (dihitung hari kalender)",
        f"JKM is paid at most {plural(days.value, 'day')} after the file is complete: {date_en(last)} (calendar days)",
    )
    step = Step("jkm.pay_days", words, f"{days.value} hari", None, (days.citation,), inferred=True)
    return Deadline("jkm.pay_days", complete_on, last, step)


def jkk_report_deadline(happened_at: datetime, *, law: Law) -> Deadline:
    """Until when the first report of a work accident (form KK1) is in time: 2 × 24 hours after it.

    What follows for a BPU worker who reports late is an open question (`jkk.late_report_bpu`); it is
    asked where a benefit depends on it, not here. Source: PP 44/2015 art. 43 (number recalled).
    """
    happened_on = happened_at.date()
    hours = law.count("jkk.report").cited(happened_on)
    until = happened_at + timedelta(hours=hours.value)
    moment_id, moment_en = f"{date_id(until.date())} {until:%H.%M}", f"{date_en(until.date())} {until:%H:%M}"
    words = Words(
        f"Laporan tahap I (KK1) paling lambat {hours.value} jam sesudah kejadian: {moment_id}",
        f"First report (KK1) at most {plural(hours.value, 'hour')} after the accident: {moment_en}",
    )
    step = Step("jkk.report", words, f"{hours.value} jam", None, (hours.citation,))
    return Deadline("jkk.report", happened_on, until.date(), step, until)


def jkk_claim_deadline(happened_on: date, *, law: Law) -> Deadline:
    """The last day on which a JKK benefit may be claimed: five years after the accident or the diagnosis.

    The day of the year itself still counts (our reading). The two years of PP 44/2015 are only recalled,
    so an accident before December 2019 raises NotInForce. Source: PP 82/2019 art. 26 (number recalled).
    """
    years = law.count("jkk.expiry").cited(happened_on)
    last = same_day_after(happened_on, years.value * 12)
    words = Words(
        f"Hak klaim JKK gugur {years.value} tahun sesudah kejadian: paling lambat {date_id(last)}",
        f"The right to claim JKK lapses {plural(years.value, 'year')} after the event: by {date_en(last)}",
    )
    step = Step("jkk.expiry", words, f"{years.value} tahun", None, (years.citation,), inferred=True)
    return Deadline("jkk.expiry", happened_on, last, step)


def jkp_claim_deadline(dismissed_on: date, *, law: Law) -> Deadline:
    """The last day on which JKP may be claimed: six months after dismissal.

    The three months before PP 6/2025 stand only as a remark in the catalogue, so an earlier dismissal
    raises NotInForce. Source: PP 6/2025 art. 40.
    """
    months = law.count("jkp.claim_deadline").cited(dismissed_on)
    last = same_day_after(dismissed_on, months.value)
    words = Words(
        f"Hak JKP gugur {months.value} bulan sesudah PHK: paling lambat {date_id(last)}",
        f"The right to JKP lapses {plural(months.value, 'month')} after dismissal: by {date_en(last)}",
    )
    step = Step("jkp.claim_deadline", words, f"{months.value} bulan", None, (months.citation,), inferred=True)
    return Deadline("jkp.claim_deadline", dismissed_on, last, step)
