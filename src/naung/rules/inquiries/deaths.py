"""What can be asked about a death that is not of work, and about the schooling of the children."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from naung.rules.death import (
    MembershipAtDeath,
    Segment,
    death_benefit,
    death_benefit_of,
    death_benefit_of_memberships,
)
from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained, Explanation
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Count, Day, Flag, Months, Part, by_value, wrong
from naung.rules.law import Law
from naung.rules.money import Rupiah
from naung.rules.scholarship import (
    Child,
    Level,
    ScholarshipRight,
    ScholarshipSchedule,
    scholarship,
    scholarship_pp44,
    scholarship_right,
    scholarship_schedule,
)

SchoolLevel = Annotated[Level, by_value(Level)]


class Membership(Part):
    """Satu kepesertaan pada hari meninggal."""

    segment: Annotated[Segment, by_value(Segment)]
    paid_months: Months
    prepaid: Flag = False

    def paid_ahead(self, died_on: date) -> bool:
        told = "prepaid" in self.model_fields_set
        return paid_ahead(died_on, self.paid_months, prepaid=self.prepaid, told=told)


def paid_ahead(died_on: date, paid_months: Collection[date], *, prepaid: bool, told: bool) -> bool:
    """Were months paid in advance: as told; where nothing was, a paid month after the death shows it by itself."""
    return prepaid if told else any(month > died_on for month in paid_months)


class JkmBenefit(Inquiry):
    """Santunan kematian yang bukan akibat kerja (JKM)."""

    kind = "programme"
    names = ("lump_sum", "periodic", "funeral", "full")

    programme: Literal["jkm"]
    died_on: Day = Field(description="Tanggal meninggal; hukum hari itu yang berlaku.")
    months_paid: Count | None = Field(
        default=None, description="Bulan lunas berturut-turut sampai dengan bulan meninggal."
    )
    paid_months: Months | None = Field(
        default=None, description="Atau: semua bulan lunas, seperti 2025-01..2025-12,2026-03."
    )
    prepaid: Flag = Field(default=False, description="Beberapa bulan dibayar sekaligus di muka.")
    memberships: tuple[Membership, ...] | None = Field(
        default=None, max_length=10, description="Atau: kepesertaan satu per satu, bila lebih dari satu segmen."
    )

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        said = [one for one in (self.months_paid, self.paid_months, self.memberships) if one is not None]
        if len(said) != 1:
            raise wrong("facts", "isi salah satu: months_paid, paid_months atau memberships")
        return self

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        if self.memberships is not None:
            held = [
                MembershipAtDeath(one.segment, one.paid_months, one.paid_ahead(self.died_on))
                for one in self.memberships
            ]
            return death_benefit_of_memberships(self.died_on, memberships=held, law=law, decisions=decisions)
        if self.paid_months is not None:
            told = "prepaid" in self.model_fields_set
            ahead = paid_ahead(self.died_on, self.paid_months, prepaid=self.prepaid, told=told)
            return death_benefit_of(
                self.died_on, paid_months=self.paid_months, law=law, decisions=decisions, prepaid=ahead
            )
        return death_benefit(self.died_on, months_paid=self.months_paid or 0, law=law)


class YearsLeft(Part):
    """Seorang anak: tahun sekolah yang tersisa per jenjang."""

    tk: Count = 0
    sd: Count = 0
    smp: Count = 0
    sma: Count = 0
    pt: Count = 0

    @property
    def years_left(self) -> dict[Level, int]:
        return {Level(name): left for name in ("tk", "sd", "smp", "sma", "pt") if (left := getattr(self, name))}


class ChildAtSchool(YearsLeft):
    """Seorang anak: tahun sekolah yang tersisa per jenjang, atau tanggal lahir dan kelasnya sekarang."""

    born_on: Day | None = None
    level: SchoolLevel | None = None
    year: Count = 1
    starts: Day | None = None
    through: SchoolLevel = Level.PT
    married_on: Day | None = None
    works_from: Day | None = None

    @model_validator(mode="after")
    def _one_way_to_say_it(self) -> Self:
        if (self.born_on is None) != (self.level is None):
            raise wrong("facts", "born_on dan level diisi bersama")
        if self.born_on is not None and self.years_left:
            raise wrong("facts", "isi sisa tahun per jenjang, atau born_on dan level, tidak keduanya")
        return self

    def child(self) -> Child:
        assert self.born_on is not None
        assert self.level is not None
        return Child(self.born_on, self.level, self.year, self.starts, self.through, self.married_on, self.works_from)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A scholarship, behind the steps that say why the right to it exists."""

    explanation: Explanation
    children: list[dict[str, Any]]


class ScholarshipBenefit(Inquiry):
    """Beasiswa anak pekerja yang meninggal atau cacat total tetap."""

    kind = "programme"

    programme: Literal["scholarship"]
    on: Day = Field(description="Tanggal kejadian; hukum hari itu yang berlaku.")
    children: tuple[ChildAtSchool, ...] = Field(
        max_length=20, description="Anak satu per satu: sisa tahun per jenjang, atau tanggal lahir dan kelas."
    )
    paid_months: Months | None = Field(
        default=None, description="Bulan lunas, bila bukan akibat kerja: menentukan apakah haknya terbuka."
    )

    @model_validator(mode="after")
    def _alike(self) -> Self:
        if len({one.born_on is None for one in self.children}) > 1:
            raise wrong("facts", "semua anak diisi dengan cara yang sama")
        return self

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        if self.paid_months is None:
            return self._all(law)
        right = scholarship_right(self.on, paid_months=self.paid_months, law=law, decisions=decisions)
        return self._behind(right, law) if right.opened else right

    def _behind(self, right: ScholarshipRight, law: Law) -> _Opened:
        whole = self._all(law)
        said, first = whole.explanation, right.explanation
        steps, facts = (*first.steps, *said.steps), (*first.facts, *said.facts)
        explained = Explanation(said.title, said.on, steps, facts, (*first.notes, *said.notes))
        return _Opened(explained, _by_child(whole))

    def _all(self, law: Law) -> Explained:
        if law.amount("jkk.scholarship.pp44").find(self.on) is not None:
            return scholarship_pp44(self.on, children=len(self.children), law=law)
        if self.children and self.children[0].born_on is not None:
            return scholarship_schedule(self.on, children=[one.child() for one in self.children], law=law)
        return scholarship(self.on, children=[one.years_left for one in self.children], law=law)

    def parts(self, result: Any) -> dict[str, Any]:
        if isinstance(result, ScholarshipRight):
            return {"opened": False, "children": []}
        if isinstance(result, _Opened):
            return {"opened": True, "children": result.children}
        return {"opened": True, "children": _by_child(result)}


def _by_child(result: Any) -> list[dict[str, Any]]:
    """What each paid child gets, by level or by school year."""
    if isinstance(result, ScholarshipSchedule):
        return [
            {
                "total": child.total,
                "years": [
                    {"starts_on": year.starts_on, "level": year.level, "year": year.number, "amount": year.amount}
                    for year in child.years
                ],
                "stops_on": child.stops_on,
                "stop": child.stop,
            }
            for child in result.children
        ]
    children: tuple[dict[Level, Rupiah], ...] = getattr(result, "children", ())
    return [{"total": sum(child.values()), **{str(level): due for level, due in child.items()}} for child in children]
