"""What can be asked about savings, pension and the loss of a job (JHT, JP, JKP)."""

from typing import Literal

from pydantic import Field

from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Count, Day, Flag, Rupiah
from naung.rules.job_loss import jkp_benefit
from naung.rules.law import Law
from naung.rules.pension import jp_benefit


class JpBenefit(Inquiry):
    """Manfaat pensiun hari tua (JP): sebulan, atau sekaligus bila masa iur kurang."""

    kind = "programme"
    names = ("monthly", "lump_sum")

    programme: Literal["jp"]
    starts_on: Day = Field(description="Tanggal pensiun mulai.")
    contribution_months: Count = Field(description="Masa iur dalam bulan.")
    average_yearly_wage: Rupiah = Field(
        description="Rata-rata tertimbang upah setahun menurut BPJS Ketenagakerjaan, dalam rupiah."
    )
    contributions_and_return: Rupiah | None = Field(
        default=None, description="Seluruh iuran dan hasil pengembangannya, bila masa iur kurang."
    )
    born_on: Day | None = Field(default=None, description="Tanggal lahir; bila diisi, usia pensiun diperiksa.")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return jp_benefit(
            self.starts_on,
            contribution_months=self.contribution_months,
            average_yearly_wage=self.average_yearly_wage,
            contributions_and_return=self.contributions_and_return,
            born_on=self.born_on,
            law=law,
            decisions=decisions,
        )


class JkpBenefit(Inquiry):
    """Uang tunai kehilangan pekerjaan (JKP), bulan demi bulan."""

    kind = "programme"
    names = ("by_month",)

    programme: Literal["jkp"]
    dismissed_on: Day = Field(description="Tanggal pemutusan hubungan kerja.")
    wage: Rupiah = Field(description="Upah sebulan terakhir yang dilaporkan, dalam rupiah.")
    months: Count | None = Field(default=None, description="Berapa bulan dibayar. Kosong: semua yang diberikan.")
    months_paid_of_window: Count | None = Field(
        default=None, description="Bulan iuran dalam masa yang ditinjau (24 bulan terakhir)."
    )
    citizen: Flag | None = Field(default=None, description="Warga negara Indonesia.")
    age_when_registered: Count | None = Field(default=None, description="Usia saat didaftarkan.")
    claimed_on: Day | None = Field(default=None, description="Tanggal mengajukan.")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return jkp_benefit(
            self.dismissed_on,
            wage=self.wage,
            months=self.months,
            months_paid_of_window=self.months_paid_of_window,
            citizen=self.citizen,
            age_when_registered=self.age_when_registered,
            claimed_on=self.claimed_on,
            law=law,
            decisions=decisions,
        )
