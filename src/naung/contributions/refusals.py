"""The ways bills and payments say no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.money import Rupiah, rupiah
from naung.rules.periods import MonthSpan, add_months


@dataclass(eq=False)
class NothingToBill(Refusal):
    """Everybody enrolled for these months has a bill already, or nobody is enrolled."""

    code: ClassVar[str] = "nothing_to_bill"

    first_month: date
    last_month: date

    def __str__(self) -> str:
        return f"Tidak ada peserta yang belum ditagih untuk {_months(self.first_month, self.last_month)}."


@dataclass(eq=False)
class MonthsOutsideProgramme(Refusal):
    """The months are not those of the programme."""

    code: ClassVar[str] = "months_outside_programme"

    first_month: date
    last_month: date
    programme: str

    def __str__(self) -> str:
        return f"{_months(self.first_month, self.last_month)} berada di luar masa {self.programme}."


@dataclass(eq=False)
class CeilingExceeded(Refusal):
    """The bill would take more than the funding line may spend."""

    code: ClassVar[str] = "ceiling_exceeded"

    line: str
    ceiling: Rupiah
    billed: Rupiah
    wanted: Rupiah

    def __str__(self) -> str:
        over = self.billed + self.wanted - self.ceiling
        return (
            f"Tagihan {rupiah(self.wanted)} melampaui pagu {self.line}: pagu {rupiah(self.ceiling)}, "
            f"sudah ditagih {rupiah(self.billed)}, kelebihan {rupiah(over)}."
        )


@dataclass(eq=False)
class AlreadyBilledElsewhere(Refusal):
    """Somebody on this bill has a live bill from another payer for the same month: a second payer is refused."""

    code: ClassVar[str] = "already_billed_elsewhere"

    people: int
    bills: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.people} orang sudah ditagih untuk bulan yang sama pada: {', '.join(self.bills)}. "
            "Batalkan tagihan itu atau selesaikan peserta yang keluar lebih dahulu."
        )


@dataclass(eq=False)
class PaymentExceedsBill(Refusal):
    code: ClassVar[str] = "payment_exceeds_bill"

    bill: str
    amount: Rupiah
    outstanding: Rupiah

    def __str__(self) -> str:
        return f"Pembayaran {rupiah(self.amount)} melebihi sisa tagihan {rupiah(self.outstanding)}."


@dataclass(eq=False)
class PaymentSplitsAMonth(Refusal):
    """A partial payment must be whole worker-months, in decree order."""

    code: ClassVar[str] = "payment_splits_a_month"

    amount: Rupiah
    below: Rupiah
    above: Rupiah

    def __str__(self) -> str:
        options = [rupiah(option) for option in (self.below, self.above) if option]
        return (
            f"Pembayaran {rupiah(self.amount)} tidak membayar bulan-orang secara utuh. "
            f"Jumlah terdekat yang mungkin: {' atau '.join(options)}."
        )


@dataclass(eq=False)
class ReferenceReused(Refusal):
    """The same SP2D was recorded for this bill with other facts."""

    code: ClassVar[str] = "reference_reused"

    sp2d_number: str

    def __str__(self) -> str:
        return f"SP2D {self.sp2d_number} sudah dicatat untuk tagihan ini dengan jumlah atau tanggal lain."


@dataclass(eq=False)
class PaymentPending(Refusal):
    """One payment at a time: the next may only be recorded when the last is confirmed or undone."""

    code: ClassVar[str] = "payment_pending"

    sp2d_number: str

    def __str__(self) -> str:
        return f"Pembayaran dengan SP2D {self.sp2d_number} masih menunggu konfirmasi."


@dataclass(eq=False)
class MakerIsChecker(Refusal):
    """Whoever records a payment does not confirm it."""

    code: ClassVar[str] = "maker_is_checker"

    def __str__(self) -> str:
        return "Pembayaran dicatat dan dikonfirmasi oleh dua orang yang berbeda."


@dataclass(eq=False)
class NotPayable(Refusal):
    """The bill is settled or cancelled."""

    code: ClassVar[str] = "bill_not_payable"

    bill: str
    status: str

    def __str__(self) -> str:
        return f"Tagihan {self.bill} berstatus {self.status}; tidak ada yang dapat dibayar."


@dataclass(eq=False)
class BillHasPayments(Refusal):
    """Payments come first: a bill with money in it is not cancelled."""

    code: ClassVar[str] = "bill_has_payments"

    bill: str

    def __str__(self) -> str:
        return f"Tagihan {self.bill} sudah menerima pembayaran. Batalkan pembayarannya lebih dahulu."


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    code: ClassVar[str] = "already_reversed"

    what: str

    def __str__(self) -> str:
        return f"{self.what} sudah dibatalkan."


@dataclass(eq=False)
class NoReason(Refusal):
    code: ClassVar[str] = "reversal_no_reason"

    def __str__(self) -> str:
        return "Sebutkan alasan pembatalan."


@dataclass(eq=False)
class PaidInTheFuture(Refusal):
    """Money cannot leave tomorrow and be here today."""

    code: ClassVar[str] = "paid_in_the_future"

    def __str__(self) -> str:
        return "Tanggal SP2D tidak boleh sesudah hari ini."


def _months(first: date, last: date) -> str:
    return MonthSpan(first, add_months(last, 1)).words_id()
