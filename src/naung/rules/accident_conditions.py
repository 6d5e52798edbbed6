"""Whether a JKK case counts, was reported in time and is claimed in time; and who then bears the benefit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.accident_facts import Accident, Kind
from naung.rules.arrears import Segment
from naung.rules.claim_papers import jkk_claim_deadline
from naung.rules.death_months import NotCovered, months_at_death
from naung.rules.decisions import Decisions
from naung.rules.english import date_en, plural
from naung.rules.explaining import Decided, Step, Words
from naung.rules.law import Law
from naung.rules.periods import add_months, date_id, first_of_month, last_of_month
from naung.saying import Sentence
from naung.saying import sentence as _

LATE_BPU = "jkk.late_report_bpu"
LATE_EMPLOYER = "jkk.late_report_employer"
EXPIRY = "jkk.expiry"
_HOURS_A_DAY = 24
_SETTLED = Words(
    "Bulan kejadian belum lunas; manfaat dibayar setelah tunggakan dilunasi",
    "The month of the event is not paid; the benefit is paid once the arrears are settled",
)
_STILL_MEMBER = Words("Kepesertaan belum berakhir pada bulan itu", "The membership had not ended in that month")


class BenefitBearer(StrEnum):
    """Who owes the benefit: BPJS Ketenagakerjaan, or an employer who reported too late."""

    AGENCY = "agency"
    EMPLOYER = "employer"


@dataclass(slots=True)
class Conditions:
    """What was found on the way: steps, cautions, and who bears the benefit."""

    steps: list[Step] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    borne_by: BenefitBearer = BenefitBearer.AGENCY


def conditions_of(accident: Accident, law: Law, decisions: Decisions) -> Conditions:
    """Every condition about which a fact was told. Raises NotCovered, DiagnosedTooLate, ReportedTooLate,
    RightLapsed, NeedsDecision, and NotInForce for violence before Permenaker 1/2025."""
    found = Conditions()
    if accident.paid_months is not None:
        _months(accident, accident.paid_months, law, decisions, found)
    if accident.kind is Kind.VIOLENCE:
        _violence(accident, law, found)
    if accident.kind is Kind.DISEASE and accident.work_ended_on is not None:
        _diagnosis(accident.happened_on, accident.work_ended_on, law, found)
    if accident.reported_on is not None:
        _report(accident, accident.reported_on, law, decisions, found)
    if accident.claimed_on is not None:
        _claim(accident.happened_on, accident.claimed_on, law, found)
    return found


def report_deadline(happened_on: date, *, law: Law) -> date:
    """The last day on which the first report (KK1) can still be in time: two days after, for 2 × 24 hours.

    On that day itself the hour of the accident decides (`claim_papers.jkk_report_deadline`). Raises
    NotInForce before July 2015. Source: PP 44/2015 art. 43 (number recalled).
    """
    return happened_on + timedelta(days=law.count("jkk.report").on(happened_on) // _HOURS_A_DAY)


def right_lapses_on(happened_on: date, law: Law) -> date:
    """The first day on which JKK can no longer be claimed, by the law of the day of the event.

    Raises NotInForce for an event before 2 December 2019: the two years of PP 44/2015 are only recalled.
    Source: PP 82/2019 art. 26 (number recalled).
    """
    return jkk_claim_deadline(happened_on, law=law).last_day + timedelta(days=1)


def lapsed(happened_on: date, *, on: date, law: Law) -> bool:
    """Has the right to claim lapsed by the day `on`? Raises NotInForce as `right_lapses_on`."""
    return right_lapses_on(happened_on, law) <= on


def last_diagnosis_day(work_ended_on: date, *, on: date, law: Law) -> date:
    """The last day on which a disease found after the work ended is still an occupational disease.

    By the law of `on`, the day of the diagnosis. Source: PP 44/2015; Perpres 7/2019 (article not known).
    """
    return _years_later(work_ended_on, law.count("jkk.pak_window").on(on))


def _violence(accident: Accident, law: Law, found: Conditions) -> None:
    scope = law.words("jkk.scope_violence").cited(accident.happened_on)
    words = Words("Termasuk kecelakaan kerja: kekerasan fisik dan pemerkosaan di tempat kerja",
                  "Counts as a work accident: physical violence and rape at work")  # fmt: skip
    found.steps.append(Step("jkk.scope_violence", words, "", None, (scope.citation,)))


def _diagnosis(diagnosed_on: date, work_ended_on: date, law: Law, found: Conditions) -> None:
    window = law.count("jkk.pak_window").cited(diagnosed_on)
    last = last_diagnosis_day(work_ended_on, on=diagnosed_on, law=law)
    if diagnosed_on > last:
        raise DiagnosedTooLate(diagnosed_on, work_ended_on, last)
    words = Words(
        f"Penyakit akibat kerja: didiagnosis paling lambat {window.value} tahun sesudah hubungan kerja berakhir, yaitu "
        f"{date_id(last)}",
        f"Occupational disease: diagnosed at most {plural(window.value, 'year')} after the work ended, by "
        f"{date_en(last)}",
    )
    found.steps.append(Step("jkk.pak_window", words, f"{window.value} tahun", None, (window.citation,), inferred=True))


def _months(accident: Accident, paid: Collection[date], law: Law, decisions: Decisions, found: Conditions) -> None:
    """The month of the event is paid; of a BPU worker it may be within the arrears that can still be settled."""
    happened_on = accident.happened_on
    if accident.segment is Segment.PPU and first_of_month(happened_on) not in paid:
        raise NotCovered(happened_on)
    if accident.segment is Segment.PPU:
        return
    arrears = months_at_death(happened_on, paid_months=paid, law=law, decisions=decisions)
    for code, decided in zip(("jkk.arrears", "jkk.membership"), arrears.decided, strict=False):
        words = _SETTLED if code == "jkk.arrears" else _STILL_MEMBER
        found.steps.append(Step(code, words, f"{len(arrears.arrears)} bulan", None, arrears.citations, decided=decided))


def _report(accident: Accident, reported_on: date, law: Law, decisions: Decisions, found: Conditions) -> None:
    happened_on = accident.happened_on
    hours = law.count("jkk.report").cited(happened_on)
    last = report_deadline(happened_on, law=law)
    late = reported_on > last
    when = Words("terlambat", "late") if late else Words("tepat waktu", "in time")
    words = Words(
        f"Laporan tahap I {date_id(reported_on)}: {when.id} (paling lambat {hours.value} jam, {date_id(last)})",
        f"First report on {date_en(reported_on)}: {when.en} (within {plural(hours.value, 'hour')}, {date_en(last)})",
    )
    found.steps.append(Step("jkk.report", words, f"{hours.value} jam", None, (hours.citation,)))
    if late and accident.segment is Segment.BPU:
        _late_bpu(happened_on, reported_on, decisions, found)
    elif late:
        _late_employer(happened_on, law, found)
    elif reported_on == last:
        found.notes.append(_ON_THE_LAST_DAY)


def _late_bpu(happened_on: date, reported_on: date, decisions: Decisions, found: Conditions) -> None:
    answer = decisions.require(LATE_BPU, happened_on)
    if answer == "not_paid":
        raise ReportedTooLate(happened_on, reported_on, ((LATE_BPU, answer),))
    words = Words(
        "Laporan yang terlambat tidak menggugurkan manfaat pekerja BPU",
        "A late report does not end the benefit of a BPU worker",
    )
    found.steps.append(Step(LATE_BPU, words, decided=Decided(LATE_BPU, answer)))


def _late_employer(happened_on: date, law: Law, found: Conditions) -> None:
    rule = law.switch(LATE_EMPLOYER).find(happened_on)
    if rule is not None and rule.value:
        found.borne_by = BenefitBearer.EMPLOYER
        words = Words(
            "Pemberi kerja terlambat melapor: manfaat ditanggung pemberi kerja",
            "The employer reported late: the employer bears the benefit",
        )
        found.steps.append(
            Step(LATE_EMPLOYER, words, "", None, (rule.citation,), borne_by=BenefitBearer.EMPLOYER.value)
        )
        return
    found.notes += [_NO_CONSEQUENCE, *unsure_day_note(happened_on, LATE_EMPLOYER, law)]


def _claim(happened_on: date, claimed_on: date, law: Law, found: Conditions) -> None:
    if law.count(EXPIRY).find(happened_on) is None:
        # Before July 2015 nothing is known at all; between, only the period is not.
        found.notes.append(_EXPIRY_UNKNOWN)
        return
    if lapsed(happened_on, on=claimed_on, law=law):
        raise RightLapsed(happened_on, right_lapses_on(happened_on, law), claimed_on)
    found.steps.append(jkk_claim_deadline(happened_on, law=law).step)


def unsure_day_note(on: date, key: str, law: Law) -> Sequence[Words]:
    """A caution for an event in the month of a change, before a day that is only the latest possible one."""
    later = next((line for line in law.parameters[key].values if line.start > on), None)
    if later is None or first_of_month(later.start) != first_of_month(on):
        return ()
    if not later.citation.date_confidence.startswith("latest possible day"):
        return ()
    instrument, start = later.citation.instrument, later.start
    return (
        Words(
            f"Hari mulai berlakunya {instrument} tidak ditemukan; {date_id(start)} adalah hari paling akhir. "
            "Untuk kejadian pada bulan itu sebelum hari tersebut, periksa lembaran resminya.",
            f"The day on which {instrument} took effect was not found; {date_en(start)} is the latest possible one. "
            "For an event in that month before that day, look at the gazette.",
        ),
    )


def _years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes the last of that month."""
    month = add_months(day, years * 12)
    return month.replace(day=min(day.day, last_of_month(month).day))


_ON_THE_LAST_DAY = Words(
    "Dilaporkan pada hari terakhir: tepat waktu atau tidak ditentukan oleh jam kejadian dan jam laporan.",
    "Reported on the last day: the hour of the accident and of the report decide whether it was in time.",
)
_NO_CONSEQUENCE = Words(
    "Peraturan yang dibaca untuk hari itu tidak menyebut akibat laporan terlambat bagi pemberi kerja.",
    "The regulations read for that day name no consequence of an employer's late report.",
)
_EXPIRY_UNKNOWN = Words(
    "Batas waktu klaim menurut PP 44/2015 belum diketahui dari sumber (hanya diingat, dua tahun); apakah haknya sudah "
    "gugur tidak dinilai.",
    "The time limit for claims under PP 44/2015 is not known from a source (only recalled, two years); whether the "
    "right has lapsed is not judged.",
)


@dataclass(eq=False)
class DiagnosedTooLate(Refusal):
    """The disease was found too long after the work ended."""

    code: ClassVar[str] = "diagnosed_too_late"

    diagnosed_on: date
    work_ended_on: date
    last_day: date

    def said(self) -> Sentence:
        return _(
            "Diagnosis %(diagnosed_on)s terlambat: hubungan kerja berakhir %(work_ended_on)s, sehingga "
            "penyakit akibat kerja harus didiagnosis paling lambat %(last_day)s.",
            diagnosed_on=self.diagnosed_on,
            work_ended_on=self.work_ended_on,
            last_day=self.last_day,
        )


@dataclass(eq=False)
class ReportedTooLate(Refusal):
    """By the region's recorded answer a BPU case that was reported late is not paid."""

    code: ClassVar[str] = "reported_too_late"

    happened_on: date
    reported_on: date
    # Question and recorded answer; plain text, for the facts go to machines.
    answers: tuple[tuple[str, str], ...] = ()

    def said(self) -> Sentence:
        return _(
            "Kecelakaan %(happened_on)s baru dilaporkan %(reported_on)s; menurut keputusan daerah manfaat "
            "yang terlambat dilaporkan tidak dibayar.",
            happened_on=self.happened_on,
            reported_on=self.reported_on,
        )


@dataclass(eq=False)
class RightLapsed(Refusal):
    """The claim comes too late."""

    code: ClassVar[str] = "right_lapsed"

    happened_on: date
    lapsed_on: date
    claimed_on: date

    def said(self) -> Sentence:
        return _(
            "Hak atas manfaat JKK untuk kejadian %(happened_on)s gugur sejak %(lapsed_on)s; klaim "
            "%(claimed_on)s terlambat.",
            happened_on=self.happened_on,
            lapsed_on=self.lapsed_on,
            claimed_on=self.claimed_on,
        )
