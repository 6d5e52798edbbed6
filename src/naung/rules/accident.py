"""What is owed after a work accident or an occupational disease (JKK), in whole rupiah.

The law of the day of the accident (of a disease: of its diagnosis) counts, whatever the day of the claim.
Whether the worker was covered on that day is another question (`protection`). See
`docs/algorithms/work-accident.md`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from naung.rules.accident_conditions import (
    BenefitBearer,
    DiagnosedTooLate,
    ReportedTooLate,
    RightLapsed,
    conditions_of,
    lapsed,
    last_diagnosis_day,
    report_deadline,
    right_lapses_on,
)
from naung.rules.accident_disability import (
    ImpossibleLoss,
    MoreThanTheBodyHas,
    SideNeeded,
    UnknownPart,
    partial_disability,
)
from naung.rules.accident_facts import (
    Accident,
    Aid,
    BeforeTheAccident,
    DiedOtherwise,
    Kind,
    Loss,
    LossesDoNotFit,
    NegativeCost,
    NegativeMonths,
    Outcome,
    Side,
    Transport,
)
from naung.rules.accident_steps import (
    HomeCareTooLong,
    aid_steps,
    knows_lump_scholarship,
    medical_step,
    scholarship_steps,
    stmb_steps,
    total_steps,
    transport_steps,
    wage_steps,
)
from naung.rules.arrears import Segment
from naung.rules.death_steps import accident_steps
from naung.rules.decisions import UNDECIDED, Decisions
from naung.rules.english import date_en, plural
from naung.rules.explaining import Explanation, Fact, Step, Words
from naung.rules.law import Citation, Law
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import date_id

__all__ = [
    "Accident", "AccidentBenefit", "Aid", "BeforeTheAccident", "BenefitBearer", "DiagnosedTooLate", "DiedOtherwise",
    "HomeCareTooLong", "ImpossibleLoss", "Kind", "Loss", "LossesDoNotFit", "MoreThanTheBodyHas", "NegativeCost",
    "NegativeMonths", "Outcome", "ReportedTooLate", "RightLapsed", "Segment", "Side", "SideNeeded", "Transport",
    "UnknownPart", "accident_benefit", "lapsed", "last_diagnosis_day", "partial_disability", "report_deadline",
    "right_lapses_on",
]  # fmt: skip

_TITLE = Words("Manfaat Jaminan Kecelakaan Kerja (JKK)", "Work injury insurance (JKK) benefit")


@dataclass(frozen=True, slots=True)
class AccidentBenefit:
    """What JKK pays. Treatment without a limit carries no amount; `scholarship` is the most that schooling brings.

    `borne_by` says who owes it: an employer who reported too late owes what BPJS Ketenagakerjaan would.
    """

    transport: Rupiah
    stmb: Rupiah
    aids: Rupiah
    disability: Rupiah
    death_grant: Rupiah
    periodic: Rupiah
    funeral: Rupiah
    scholarship: Rupiah
    borne_by: BenefitBearer
    explanation: Explanation

    @property
    def total(self) -> Rupiah:
        return sum(self.parts.values())

    @property
    def parts(self) -> Mapping[str, Rupiah]:
        """Each part by its name, also those that pay nothing; together they are the total."""
        return {
            "transport": self.transport, "stmb": self.stmb, "aids": self.aids, "disability": self.disability,
            "death_grant": self.death_grant, "periodic": self.periodic, "funeral": self.funeral,
            "scholarship": self.scholarship,
        }  # fmt: skip

    @property
    def citations(self) -> tuple[Citation, ...]:
        return self.explanation.citations

    @property
    def recalled(self) -> bool:
        """True when a number used here was remembered and not yet checked against the gazette."""
        return self.explanation.recalled


def accident_benefit(accident: Accident, *, law: Law, decisions: Decisions = UNDECIDED) -> AccidentBenefit:
    """All that JKK pays for one accident or occupational disease, in whole rupiah.

    Costs are paid back up to their limits, months unable to work pay a share of the wage, and the outcome
    pays its grant: partial disability (percentages × 80 wages), total (56 wages) with the periodic
    benefit, death (48 wages, never below the JKM grant) with the periodic and funeral benefits. What was
    paid while the worker was unable to work stays paid when death follows. Children have their schooling
    on death and on total disability, with no minimum of contributions.

    Raises the refusals of `accident_facts`, `accident_disability` and `accident_conditions`; NegativeIncome;
    NotInForce before July 2015, and for what only later law knows (home care, dentures, hearing aid,
    spectacles before December 2019, violence before Permenaker 1/2025); NeedsDecision when a BPU worker's
    case was reported late.

    Source: PP 44/2015 art. 25 and Lampiran III, as amended by PP 82/2019 (article numbers recalled).
    """
    accident.require_possible()
    # First of all: a day on which no JKK is known is refused, whatever else was told.
    medical = medical_step(accident, law)
    conditions = conditions_of(accident, law, decisions)
    transport, carried = transport_steps(accident, law)
    stmb, aids = stmb_steps(accident, law), aid_steps(accident, law)
    outcome = _outcome_steps(accident, law)
    schooling = scholarship_steps(accident, law) if accident.outcome.opens_scholarship else []
    benefits = [*transport, medical, *stmb, *aids, *outcome, *schooling]
    if conditions.borne_by is BenefitBearer.EMPLOYER:
        benefits = [replace(step, borne_by=conditions.borne_by.value) for step in benefits]
    amounts = {step.code: step.amount or 0 for step in outcome}
    notes = (*conditions.notes, *carried, *_notes(accident, law))
    return AccidentBenefit(
        transport=_sum(transport),
        stmb=_sum(stmb),
        aids=_sum(aids),
        disability=amounts.get("jkk.disability.partial", 0) + amounts.get("jkk.disability.total", 0),
        death_grant=amounts.get("jkk.death", 0),
        periodic=amounts.get("jkk.periodic", 0),
        funeral=amounts.get("jkk.funeral", 0),
        scholarship=_sum(schooling),
        borne_by=conditions.borne_by,
        explanation=Explanation(
            _TITLE,
            accident.happened_on,
            (*conditions.steps, *wage_steps(accident, law), *benefits),
            _facts(accident),
            notes,
        ),
    )


def _outcome_steps(accident: Accident, law: Law) -> Sequence[Step]:
    on = accident.happened_on
    match accident.outcome:
        case Outcome.PARTIAL_ANATOMICAL | Outcome.PARTIAL_FUNCTIONAL:
            return partial_disability(
                on, losses=accident.losses, wage=accident.wage, left_handed=accident.left_handed, law=law
            ).steps
        case Outcome.TOTAL_PERMANENT:
            return total_steps(accident, law)
        case Outcome.DIED:
            return accident_steps(on, accident.wage, law)
        case Outcome.HEALED:
            return ()


def _sum(steps: Sequence[Step]) -> Rupiah:
    return sum(step.amount or 0 for step in steps)


def _facts(accident: Accident) -> tuple[Fact, ...]:
    day = Words("Hari diagnosis", "Day of the diagnosis") if accident.kind is Kind.DISEASE else Words(
        "Hari kecelakaan", "Day of the accident"
    )  # fmt: skip
    wage = Words(rupiah(accident.wage), rupiah(accident.wage))
    segment = accident.segment.value.upper()
    facts = [
        Fact("happened_on", day, _day(accident.happened_on)),
        Fact("segment", Words("Segmen", "Segment"), Words(segment, segment)),
        Fact("kind", Words("Jenis kejadian", "Kind of event"), accident.kind.words),
        Fact("outcome", Words("Akibat", "Outcome"), accident.outcome.words),
        Fact("wage", Words("Upah dasar manfaat", "Wage on which the benefit is based"), wage),
    ]
    if accident.months_unable:
        months = Words(f"{accident.months_unable} bulan", plural(accident.months_unable, "month"))
        facts.append(Fact("months_unable", Words("Tidak mampu bekerja", "Unable to work"), months))
    if accident.children:
        children = str(len(accident.children))
        facts.append(Fact("children", Words("Jumlah anak", "Children"), Words(children, children)))
    days = {
        "died_on": (Words("Tanggal wafat", "Day of death"), accident.died_on),
        "work_ended_on": (Words("Hubungan kerja berakhir", "Work ended"), accident.work_ended_on),
        "reported_on": (Words("Dilaporkan", "Reported"), accident.reported_on),
        "claimed_on": (Words("Diklaim", "Claimed"), accident.claimed_on),
    }
    facts += [Fact(code, words, _day(on)) for code, (words, on) in days.items() if on is not None]
    return tuple(facts)


def _day(on: date) -> Words:
    return Words(date_id(on), date_en(on))


def _notes(accident: Accident, law: Law) -> list[Words]:
    notes = []
    if accident.kind is Kind.DISEASE:
        notes.append(_LAW_OF_THE_DIAGNOSIS)
    if accident.segment is Segment.BPU and not _is_base_of_a_band(accident, law):
        notes.append(_NO_BAND)
    if accident.children and not accident.outcome.opens_scholarship:
        notes.append(_NO_SCHOOLING)
    elif accident.children and not knows_lump_scholarship(accident, law):
        notes.append(_YEARLY)
    if accident.children and accident.outcome is Outcome.TOTAL_PERMANENT:
        notes.append(_SCHOOLING_OF_THE_DISABLED)
    if accident.died_on is not None and _changed_between(accident, law):
        notes.append(_LAW_OF_THE_ACCIDENT)
    return notes


def _is_base_of_a_band(accident: Accident, law: Law) -> bool:
    bands = law.table("bpu.bands").find(accident.happened_on)
    return bands is None or any(row["base"] == accident.wage for row in bands.value)


def _changed_between(accident: Accident, law: Law) -> bool:
    """Did one of the amounts that a death pays change between the accident and the death?"""
    assert accident.died_on is not None
    return any(accident.happened_on < day <= accident.died_on for day in law.changes(
        "jkk.death", "jkk.periodic", "jkk.funeral", "jkk.scholarship", "scholarship.",
    ))  # fmt: skip


_LAW_OF_THE_DIAGNOSIS = Words(
    "Untuk penyakit akibat kerja dipakai peraturan pada hari diagnosis; itu tafsir, karena batas klaimnya pun dihitung "
    "sejak diagnosis.",
    "For an occupational disease the law of the day of the diagnosis is used; that is a reading, for the time to claim "
    "counts from the diagnosis too.",
)
_NO_BAND = Words(
    "Upah yang diisi bukan dasar upah salah satu golongan penghasilan BPU; periksa iuran yang dibayar.",
    "The wage told is not the base of any income band of BPU workers; look at the contribution that was paid.",
)
_NO_SCHOOLING = Words(
    "Beasiswa anak hanya diberikan bila pekerja meninggal dunia atau cacat total tetap.",
    "Children have schooling only when the worker died or is totally and permanently disabled.",
)
_SCHOOLING_OF_THE_DISABLED = Words(
    "Sumber yang dibaca menyebut beasiswa pada kematian; bahwa cacat total tetap juga membukanya adalah tafsir.",
    "The sources read name the scholarship at a death; that total disability opens it too is our reading.",
)
_YEARLY = Words(
    "Beasiswa dibayar setiap tahun, tidak sekaligus; jumlah ini paling banyak, bila sekolah berlanjut sampai selesai.",
    "The scholarship is paid year by year, not at once; this is the most it brings if schooling goes on to the end.",
)
_LAW_OF_THE_ACCIDENT = Words(
    "Jumlahnya berubah antara hari kecelakaan dan hari wafat; di sini dipakai peraturan pada hari kecelakaan. Sumber "
    "yang dibaca tidak menyebut kasus ini.",
    "The amounts changed between the accident and the death; the law of the day of the accident is used here. The "
    "sources read do not speak of this case.",
)
