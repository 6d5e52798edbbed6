"""What can be asked about the contribution of a wage earner."""

from typing import Annotated, Any, Literal

from pydantic import Field

from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Count, Day, Flag, Month, Rupiah, by_value
from naung.rules.law import Law
from naung.rules.wage_contributions import ALL_FOUR, WageContribution, WageProgramme, ppu_contribution

WageProgrammes = Annotated[frozenset[Annotated[WageProgramme, by_value(WageProgramme)]], Field(min_length=1)]


class PpuContribution(Inquiry):
    """Iuran satu pekerja penerima upah (PPU) untuk satu bulan, dan siapa menanggung bagian mana."""

    kind = "segment"
    names = (
        "jkk", "jkm", "jht_employer", "jht_employee", "jp_employer", "jp_employee", "employer_total", "employee_total",
        "due_now",
    )  # fmt: skip

    segment: Literal["ppu"]
    month: Month = Field(description="Bulan iuran.")
    wage: Rupiah = Field(description="Upah sebulan dalam rupiah.")
    risk_class: Count = Field(description="Kelas risiko lingkungan kerja, 1 sampai 5.")
    programmes: WageProgrammes = Field(default=ALL_FOUR, description="Program yang diikuti.")
    labour_intensive: Flag = Field(default=False, description="Industri padat karya menurut PP 7/2025.")
    workers: Count | None = Field(default=None, description="Jumlah pekerja pemberi kerja. Kosong: cukup.")
    paid_through_july_2020: Flag = Field(
        default=True, description="Lunas sampai Juli 2020, syarat keringanan PP 49/2020."
    )
    settled_on: Day | None = Field(default=None, description="Tanggal iuran itu dilunasi (PP 36/2025).")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return ppu_contribution(
            self.month,
            wage=self.wage,
            risk_class=self.risk_class,
            programmes=self.programmes,
            labour_intensive=self.labour_intensive,
            workers=self.workers,
            paid_through_july_2020=self.paid_through_july_2020,
            settled_on=self.settled_on,
            law=law,
            decisions=decisions,
        )

    def parts(self, result: Any) -> dict[str, Any]:
        assert isinstance(result, WageContribution)
        jkp = result.jkp
        fed = None if jkp is None else {
            "base": jkp.base, "state": jkp.state, "from_jkk": jkp.from_jkk, "from_jkm": jkp.from_jkm,
        }  # fmt: skip
        return {**super().parts(result), "jkp": fed}
