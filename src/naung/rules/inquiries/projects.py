"""What can be asked about construction projects, migrant workers, and what an employer has to join."""

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from naung.rules.construction import construction_by_contract, construction_by_wage
from naung.rules.decisions import Decisions
from naung.rules.employers import EmployerSize, compulsory_programmes, employer_size
from naung.rules.explaining import Explained, Explanation
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Count, Day, Flag, Month, Rupiah, by_value, wrong
from naung.rules.law import Law
from naung.rules.migrants import pmi_contribution
from naung.rules.wage_terms import WageProgramme


class ConstructionContribution(Inquiry):
    """Iuran jasa konstruksi: satu proyek menurut nilai kontrak, atau satu pekerja menurut upah."""

    kind = "segment"
    names = ("jkk", "jkm")

    segment: Literal["construction"]
    contract_value: Rupiah | None = Field(default=None, description="Nilai kontrak tanpa PPN, dalam rupiah.")
    signed_on: Day | None = Field(default=None, description="Tanggal kontrak; bersama nilai kontrak.")
    month: Month | None = Field(default=None, description="Bulan iuran; bersama upah.")
    wage: Rupiah | None = Field(default=None, description="Atau, bila upah diketahui: upah sebulan dalam rupiah.")
    paid_through_july_2020: Flag = Field(
        default=True, description="Lunas sampai Juli 2020, syarat keringanan PP 49/2020."
    )

    @model_validator(mode="after")
    def _by_contract_or_by_wage(self) -> Self:
        by_contract = (self.contract_value is not None, self.signed_on is not None)
        by_wage = (self.month is not None, self.wage is not None)
        if (by_contract, by_wage) not in (((True, True), (False, False)), ((False, False), (True, True))):
            raise wrong("facts", "isi contract_value dan signed_on, atau month dan wage")
        return self

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        if self.contract_value is not None and self.signed_on is not None:
            return construction_by_contract(self.contract_value, signed_on=self.signed_on, law=law, decisions=decisions)
        assert self.month is not None
        assert self.wage is not None
        return construction_by_wage(
            self.month,
            wage=self.wage,
            paid_through_july_2020=self.paid_through_july_2020,
            law=law,
            decisions=decisions,
        )


class PmiContribution(Inquiry):
    """Iuran pekerja migran Indonesia (PMI) untuk satu perjanjian kerja."""

    kind = "segment"
    names = ("before", "during", "extension", "jht")

    segment: Literal["pmi"]
    on: Day = Field(description="Tanggal mendaftar.")
    contract_months: Count = Field(description="Lama perjanjian kerja dalam bulan.")
    extension_months: Count = Field(default=0, description="Lama perpanjangan dalam bulan.")
    jht: Rupiah | None = Field(default=None, description="JHT pilihan sebulan dalam rupiah.")
    before_work: Flag = Field(default=True, description="Termasuk bagian sebelum berangkat.")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return pmi_contribution(
            self.on,
            contract_months=self.contract_months,
            extension_months=self.extension_months,
            jht=self.jht,
            before_work=self.before_work,
            law=law,
            decisions=decisions,
        )


@dataclass(frozen=True, slots=True)
class _Obliged:
    """The size of an employer and what it has to join, in one account."""

    size: EmployerSize
    required: tuple[WageProgramme, ...]
    missing: tuple[WageProgramme, ...]
    explanation: Explanation


class EmployerObligations(Inquiry):
    """Ukuran pemberi kerja, dan program yang wajib diikutinya."""

    kind = "segment"
    names = ("size", "required", "missing")

    segment: Literal["employer"]
    on: Day = Field(description="Pada tanggal ini.")
    capital: Rupiah | None = Field(default=None, description="Modal usaha tanpa tanah dan bangunan, dalam rupiah.")
    sales: Rupiah | None = Field(default=None, description="Penjualan setahun dalam rupiah.")
    joined: frozenset[Annotated[WageProgramme, by_value(WageProgramme)]] = Field(
        default=frozenset(), description="Program yang sudah diikuti."
    )

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        sized = employer_size(capital=self.capital, sales=self.sales, on=self.on, law=law)
        programmes = compulsory_programmes(sized.size, on=self.on, law=law, joined=self.joined)
        first, then = sized.explanation, programmes.explanation
        whole = Explanation(then.title, self.on, (*first.steps, *then.steps), first.facts, (*first.notes, *then.notes))
        return _Obliged(sized.size, programmes.required, programmes.missing, whole)
