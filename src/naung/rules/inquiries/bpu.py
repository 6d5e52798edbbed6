"""What can be asked about the contribution of a BPU worker."""

from typing import Annotated, Any, Literal

from pydantic import Field

from naung.rules.contributions import (
    JKK_JKM,
    Contribution,
    IncomeBase,
    LumpContribution,
    Payer,
    Programme,
    Sector,
    bpu_contribution,
    lump_contribution,
)
from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Count, Flag, Month, Rupiah, by_value
from naung.rules.law import Law
from naung.rules.periods import format_month

Programmes = Annotated[frozenset[Annotated[Programme, by_value(Programme)]], Field(min_length=1)]


class BpuContribution(Inquiry):
    """Iuran satu pekerja BPU untuk satu bulan, atau untuk beberapa bulan yang dibayar sekaligus."""

    kind = "segment"
    names = ("jkk", "jkm", "jht")

    segment: Literal["bpu"]
    month: Month = Field(description="Bulan iuran; bila dibayar sekaligus, bulan yang pertama.")
    income: Rupiah | None = Field(
        default=None, description="Penghasilan sebulan dalam rupiah. Kosong: lapisan terendah, yang dibayar pemda."
    )
    programmes: Programmes = Field(default=JKK_JKM, description="Program yang diikuti.")
    sector: Annotated[Sector, by_value(Sector)] = Field(default=Sector.OTHER, description="Angkutan atau bukan.")
    payer: Annotated[Payer, by_value(Payer)] = Field(description="Uang siapa yang membayar.")
    months: Count = Field(default=1, description="Berapa bulan dibayar sekaligus.")
    paid_through_july_2020: Flag = Field(
        default=True, description="Lunas sampai Juli 2020, syarat keringanan PP 49/2020."
    )
    income_base: Annotated[IncomeBase, by_value(IncomeBase)] = Field(
        default=IncomeBase.BAND, description="Dasar persentase: upah lapisan, atau penghasilan itu sendiri."
    )

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        if self.months == 1:
            return bpu_contribution(
                self.month,
                income=self.income,
                programmes=self.programmes,
                sector=self.sector,
                payer=self.payer,
                law=law,
                decisions=decisions,
                paid_through_july_2020=self.paid_through_july_2020,
                income_base=self.income_base,
            )
        return lump_contribution(
            self.month,
            months=self.months,
            income=self.income,
            programmes=self.programmes,
            sector=self.sector,
            payer=self.payer,
            law=law,
            decisions=decisions,
            paid_through_july_2020=self.paid_through_july_2020,
            income_base=self.income_base,
        )

    def parts(self, result: Any) -> dict[str, Any]:
        if isinstance(result, LumpContribution):
            return {"by_month": [_month_of(one) for one in result.by_month]}
        return {**super().parts(result), "base": result.base, "band": result.band}


def _month_of(one: Contribution) -> dict[str, Any]:
    return {"month": format_month(one.month), "total": one.total, "jkk": one.jkk, "jkm": one.jkm, "jht": one.jht}
