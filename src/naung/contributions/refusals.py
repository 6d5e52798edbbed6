"""The ways bills and payments say no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from naung.refusal import Refusal
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan, add_months
from naung.saying import Count, Either, Known, Months, Rp, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class NothingToBill(Refusal):
    """Everybody enrolled for these months has a bill already, or nobody is enrolled."""

    code: ClassVar[str] = "nothing_to_bill"

    first_month: date
    last_month: date

    def said(self) -> Sentence:
        return _(
            "Tidak ada peserta yang belum ditagih untuk %(months)s.",
            months=Months(self.first_month, self.last_month),
        )


@dataclass(eq=False)
class MonthsOutsideProgramme(Refusal):
    """The months are not those of the programme."""

    code: ClassVar[str] = "months_outside_programme"

    first_month: date
    last_month: date
    programme: str

    def said(self) -> Sentence:
        return _(
            "%(months)s berada di luar masa %(programme)s.",
            months=Months(self.first_month, self.last_month),
            programme=self.programme,
        )


@dataclass(eq=False)
class CeilingExceeded(Refusal):
    """The bill would take more than the funding line may spend."""

    code: ClassVar[str] = "ceiling_exceeded"

    line: str
    ceiling: Rupiah
    billed: Rupiah
    wanted: Rupiah

    def said(self) -> Sentence:
        return _(
            "Tagihan %(wanted)s melampaui pagu %(line)s: pagu %(ceiling)s, sudah ditagih %(billed)s, "
            "kelebihan %(over)s.",
            wanted=Rp(self.wanted),
            line=self.line,
            ceiling=Rp(self.ceiling),
            billed=Rp(self.billed),
            over=Rp(self.billed + self.wanted - self.ceiling),
        )


@dataclass(eq=False)
class AlreadyBilledElsewhere(Refusal):
    """Somebody on this bill has a live bill from another payer for the same month: a second payer is refused."""

    code: ClassVar[str] = "already_billed_elsewhere"

    people: int
    bills: tuple[str, ...]

    def said(self) -> Sentence:
        return _(
            "%(people)s orang sudah ditagih untuk bulan yang sama pada: %(bills)s. Batalkan tagihan itu "
            "atau selesaikan peserta yang keluar lebih dahulu.",
            people=Count(self.people),
            bills=self.bills,
        )


@dataclass(eq=False)
class PaymentExceedsBill(Refusal):
    code: ClassVar[str] = "payment_exceeds_bill"

    bill: str
    amount: Rupiah
    outstanding: Rupiah

    def said(self) -> Sentence:
        return _(
            "Pembayaran %(amount)s melebihi sisa tagihan %(outstanding)s.",
            amount=Rp(self.amount),
            outstanding=Rp(self.outstanding),
        )


@dataclass(eq=False)
class PaymentSplitsAMonth(Refusal):
    """A partial payment must be whole worker-months, in decree order."""

    code: ClassVar[str] = "payment_splits_a_month"

    amount: Rupiah
    below: Rupiah
    above: Rupiah

    def said(self) -> Sentence:
        return _(
            "Pembayaran %(amount)s tidak membayar bulan-orang secara utuh. Jumlah terdekat yang mungkin: %(options)s.",
            amount=Rp(self.amount),
            options=Either(tuple(Rp(option) for option in (self.below, self.above) if option)),
        )


@dataclass(eq=False)
class ReferenceReused(Refusal):
    """The same SP2D was recorded for this bill with other facts."""

    code: ClassVar[str] = "reference_reused"

    sp2d_number: str

    def said(self) -> Sentence:
        return _(
            "SP2D %(sp2d_number)s sudah dicatat untuk tagihan ini dengan jumlah atau tanggal lain.",
            sp2d_number=self.sp2d_number,
        )


@dataclass(eq=False)
class PaymentPending(Refusal):
    """One payment at a time: the next may only be recorded when the last is confirmed or undone."""

    code: ClassVar[str] = "payment_pending"

    sp2d_number: str

    def said(self) -> Sentence:
        return _(
            "Pembayaran dengan SP2D %(sp2d_number)s masih menunggu konfirmasi.",
            sp2d_number=self.sp2d_number,
        )


@dataclass(eq=False)
class MakerIsChecker(Refusal):
    """Whoever records a payment does not confirm it."""

    code: ClassVar[str] = "maker_is_checker"

    def said(self) -> Sentence:
        return _("Pembayaran dicatat dan dikonfirmasi oleh dua orang yang berbeda.")


@dataclass(eq=False)
class NotPayable(Refusal):
    """The bill is settled or cancelled."""

    code: ClassVar[str] = "bill_not_payable"

    bill: str
    status: str

    def said(self) -> Sentence:
        return _(
            "Tagihan %(bill)s berstatus %(status)s; tidak ada yang dapat dibayar.",
            bill=self.bill,
            status=Known(self.status),
        )


@dataclass(eq=False)
class BillHasPayments(Refusal):
    """Payments come first: a bill with money in it is not cancelled."""

    code: ClassVar[str] = "bill_has_payments"

    bill: str

    def said(self) -> Sentence:
        return _(
            "Tagihan %(bill)s sudah menerima pembayaran. Batalkan pembayarannya lebih dahulu.",
            bill=self.bill,
        )


@dataclass(eq=False)
class AlreadyReversed(Refusal):
    code: ClassVar[str] = "already_reversed"

    what: str

    def said(self) -> Sentence:
        return _(
            "%(what)s sudah dibatalkan.",
            what=self.what,
        )


@dataclass(eq=False)
class NoReason(Refusal):
    code: ClassVar[str] = "reversal_no_reason"

    def said(self) -> Sentence:
        return _("Sebutkan alasan pembatalan.")


@dataclass(eq=False)
class PaidInTheFuture(Refusal):
    """Money cannot leave tomorrow and be here today."""

    code: ClassVar[str] = "paid_in_the_future"

    def said(self) -> Sentence:
        return _("Tanggal SP2D tidak boleh sesudah hari ini.")


def _months(first: date, last: date) -> str:
    return MonthSpan(first, add_months(last, 1)).words_id()


@dataclass(eq=False)
class DifferenceSettled(Refusal):
    """Somebody settled it before, otherwise."""

    code: ClassVar[str] = "difference_settled"

    def said(self) -> Sentence:
        return _("Selisih ini sudah diselesaikan dengan cara lain. Muat ulang untuk melihatnya.")


@dataclass(eq=False)
class SettlementUnexplained(Refusal):
    """A difference is settled with words for whoever asks later."""

    code: ClassVar[str] = "difference_unexplained"

    def said(self) -> Sentence:
        return _("Pilih data siapa yang keliru dan tulis buktinya.")


@dataclass(eq=False)
class NotTheirs(Refusal):
    """Only somebody whom our bill has can leave, and on a day."""

    code: ClassVar[str] = "difference_nobody_to_leave"

    def said(self) -> Sentence:
        return _("Peserta keluar hanya untuk orang yang ada di tagihan kita, dengan tanggal kejadiannya.")


@dataclass(eq=False)
class NotYourPledge(Refusal):
    """A company pays the bills of its own pledge."""

    code: ClassVar[str] = "not_your_pledge"

    def said(self) -> Sentence:
        return _("Tagihan ini bukan dari komitmen perusahaan Anda.")


@dataclass(eq=False)
class AmountDiffers(Refusal):
    """The bank shows another amount than was recorded: it is recorded again, not confirmed."""

    code: ClassVar[str] = "payment_amount_differs"

    sp2d_number: str
    recorded: Rupiah
    received: Rupiah

    def said(self) -> Sentence:
        return _(
            "Bank menunjukkan %(received)s, catatannya %(recorded)s. Batalkan catatan ini, lalu minta dicatat ulang.",
            received=Rp(self.received),
            recorded=Rp(self.recorded),
        )
