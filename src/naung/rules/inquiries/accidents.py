"""What can be asked about a work accident (JKK)."""

from typing import Annotated, Literal

from pydantic import AliasChoices, Field

from naung.rules.accident import Accident, Aid, Kind, Loss, Outcome, Side, Transport, accident_benefit
from naung.rules.arrears import Segment
from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.deaths import YearsLeft
from naung.rules.inquiries.fields import Count, Day, Flag, Months, Part, Rate, Rupiah, by_value
from naung.rules.law import Law


class BodilyLoss(Part):
    """Satu kehilangan menurut tabel persentase cacat."""

    part: str = Field(max_length=60)
    side: Annotated[Side, by_value(Side)] | None = None
    function_lost: Rate | None = None
    extent: Count | None = None
    doctor_percent: Rate | None = None

    def loss(self) -> Loss:
        return Loss(self.part, self.side, self.function_lost, self.extent, self.doctor_percent)


class JkkBenefit(Inquiry):
    """Manfaat kecelakaan kerja (JKK): pengangkutan, STMB, cacat, meninggal, beasiswa, alat bantu."""

    kind = "programme"
    names = (
        "transport", "stmb", "aids", "disability", "death_grant", "periodic", "funeral", "scholarship", "borne_by",
    )  # fmt: skip

    programme: Literal["jkk"]
    happened_on: Day = Field(description="Tanggal kecelakaan, atau diagnosis penyakit akibat kerja.")
    base_income: Rupiah = Field(
        validation_alias=AliasChoices("base_income", "wage"),
        description="Upah sebulan yang dilaporkan; untuk BPU dasar upah lapisan yang diiurkan.",
    )
    outcome: Annotated[Outcome, by_value(Outcome)] = Field(default=Outcome.HEALED, description="Akhirnya bagaimana.")
    segment: Annotated[Segment, by_value(Segment)] = Field(default=Segment.BPU, description="Segmen pekerja.")
    cause: Annotated[Kind, by_value(Kind)] = Field(default=Kind.ACCIDENT, description="Apa yang terjadi.")
    losses: tuple[BodilyLoss, ...] = Field(
        default=(), max_length=30, description="Cacat sebagian: bagian tubuh satu per satu."
    )
    left_handed: Flag = Field(default=False, description="Kidal: kanan dan kiri pada tabel bertukar.")
    months_unable: Count = Field(default=0, le=1200, description="Bulan penuh tidak mampu bekerja (STMB).")
    transport: dict[Annotated[Transport, by_value(Transport)], Rupiah] = Field(
        default={}, description="Biaya pengangkutan dalam rupiah: land, sea, air."
    )
    aids: dict[Annotated[Aid, by_value(Aid)], Rupiah] = Field(
        default={}, description="Biaya yang diganti: homecare, dentures, hearing_aid, glasses."
    )
    home_care_months: Count | None = Field(default=None, le=1200, description="Bulan perawatan di rumah.")
    prosthesis_price: Rupiah | None = Field(
        default=None, description="Harga protesa menurut daftar rumah sakit pemerintah."
    )
    children: tuple[YearsLeft, ...] = Field(
        default=(), max_length=20, description="Anak yang bersekolah: sisa tahun per jenjang."
    )
    died_on: Day | None = Field(default=None, description="Tanggal meninggal.")
    work_ended_on: Day | None = Field(default=None, description="Penyakit: tanggal hubungan kerja berakhir.")
    reported_on: Day | None = Field(default=None, description="Tanggal dilaporkan.")
    claimed_on: Day | None = Field(default=None, description="Tanggal klaim diajukan.")
    paid_months: Months | None = Field(
        default=None, description="Atau: semua bulan lunas, seperti 2025-01..2025-12,2026-03."
    )

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return accident_benefit(self.accident(), law=law, decisions=decisions)

    def accident(self) -> Accident:
        return Accident(
            happened_on=self.happened_on,
            wage=self.base_income,
            outcome=self.outcome,
            segment=self.segment,
            kind=self.cause,
            losses=tuple(one.loss() for one in self.losses),
            left_handed=self.left_handed,
            months_unable=self.months_unable,
            transport=self.transport,
            aids=self.aids,
            home_care_months=self.home_care_months,
            prosthesis_price=self.prosthesis_price,
            children=[one.years_left for one in self.children],
            died_on=self.died_on,
            work_ended_on=self.work_ended_on,
            reported_on=self.reported_on,
            claimed_on=self.claimed_on,
            paid_months=self.paid_months,
        )
