"""What can be asked about savings, pension and the loss of a job (JHT, JP, JKP)."""

from typing import Annotated, Literal

from pydantic import Field

from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Count, Day, Flag, Rupiah, by_value
from naung.rules.job_loss import jkp_benefit
from naung.rules.law import Law
from naung.rules.old_age import PartialPurpose, jht_benefit, jht_partial
from naung.rules.pension import jp_benefit


class JhtBenefit(Inquiry):
    """Jaminan Hari Tua (JHT): seluruh iuran dan hasil pengembangannya, dibayar sekaligus."""

    kind = "programme"
    names = ("contributions", "investment_return")

    programme: Literal["jht"]
    on: Day = Field(description="Tanggal dibayar.")
    contributions: Rupiah = Field(description="Seluruh iuran dalam rupiah, menurut BPJS Ketenagakerjaan.")
    investment_return: Rupiah = Field(description="Hasil pengembangan dalam rupiah, menurut BPJS Ketenagakerjaan.")
    born_on: Day | None = Field(default=None, description="Tanggal lahir; bila diisi, haknya diperiksa.")
    stopped_on: Day | None = Field(default=None, description="Hari terakhir bekerja; bila diisi, haknya diperiksa.")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return jht_benefit(
            self.on,
            contributions=self.contributions,
            investment_return=self.investment_return,
            born_on=self.born_on,
            stopped_on=self.stopped_on,
            law=law,
            decisions=decisions,
        )


class JhtPartial(Inquiry):
    """Pengambilan sebagian JHT sebelum waktunya, paling banyak."""

    kind = "programme"
    names = ("amount", "left")

    programme: Literal["jht_partial"]
    on: Day = Field(description="Tanggal diambil.")
    balance: Rupiah = Field(description="Saldo JHT dalam rupiah.")
    years: Count = Field(description="Lama kepesertaan dalam tahun penuh.")
    purpose: Annotated[PartialPurpose, by_value(PartialPurpose)] = Field(description="Untuk keperluan apa.")
    already_taken: Flag = Field(default=False, description="Sudah pernah mengambil sebagian.")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return jht_partial(
            self.on,
            balance=self.balance,
            years=self.years,
            purpose=self.purpose,
            already_taken=self.already_taken,
            law=law,
            decisions=decisions,
        )


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
