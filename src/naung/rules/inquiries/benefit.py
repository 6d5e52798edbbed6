"""What can be asked about benefits: one question for each programme, told apart by `programme`."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from naung.rules.death import death_benefit, death_benefit_of
from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Count, Day, Flag, Months, wrong
from naung.rules.law import Law


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

    @model_validator(mode="after")
    def _one_count(self) -> Self:
        if (self.months_paid is None) == (self.paid_months is None):
            raise wrong("facts", "isi salah satu: months_paid atau paid_months")
        return self

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        if self.paid_months is None:
            return death_benefit(self.died_on, months_paid=self.months_paid or 0, law=law)
        return death_benefit_of(
            self.died_on, paid_months=self.paid_months, law=law, decisions=decisions, prepaid=self.prepaid
        )


BenefitInquiry: TypeAlias = Annotated[JkmBenefit, Field()]
BENEFITS: Mapping[str, type[Inquiry]] = {"jkm": JkmBenefit}
