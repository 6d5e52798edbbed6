"""What can be asked about contributions paid late."""

from typing import Annotated, Literal

from pydantic import Field

from naung.rules.arrears import Segment, late_penalty
from naung.rules.decisions import Decisions
from naung.rules.explaining import Explained
from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.fields import Day, Flag, Month, Rupiah, by_value
from naung.rules.law import Law


class LatePenalty(Inquiry):
    """Denda atas iuran yang terlambat dibayar."""

    kind = "segment"
    names = ("months_late",)

    segment: Literal["penalty"]
    of: Annotated[Segment, by_value(Segment)] = Field(default=Segment.PPU, description="Iuran siapa.")
    month: Month = Field(description="Bulan iuran.")
    amount: Rupiah = Field(description="Iuran yang terlambat dalam rupiah; untuk padat karya: iuran JKK saja.")
    paid_on: Day = Field(description="Tanggal dibayar.")
    labour_intensive: Flag = Field(default=False, description="Pemberi kerja padat karya dengan keringanan PP 7/2025.")

    def compute(self, law: Law, decisions: Decisions) -> Explained:
        return late_penalty(
            self.month,
            amount=self.amount,
            paid_on=self.paid_on,
            segment=self.of,
            law=law,
            decisions=decisions,
            labour_intensive=self.labour_intensive,
        )
