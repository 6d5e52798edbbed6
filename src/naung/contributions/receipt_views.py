"""The receipt of a confirmed payment, for whoever sees its bill."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.areas.queries import names_of
from naung.audit.queries import records_of
from naung.contributions import queries
from naung.contributions.models import Payment
from naung.documents.dates import month_range, paper_date
from naung.documents.receipt import ReceiptPaper, receipt_pdf
from naung.rules.periods import months_between
from naung.ui.formats import clock, number


@permission_required(Permission.BILLS_VIEW)
def receipt(request: SignedInRequest, payment_id: int) -> HttpResponse:
    """One PDF for one confirmed payment. An official paper is in Indonesian, whatever the language of the page."""
    payments = queries.payments_visible_to(request.user).select_related(
        "bill__programme", "bill__funding_line__donor", "confirmed_by__office"
    )
    payment = get_object_or_404(payments, pk=payment_id)
    if payment.status != Payment.Status.CONFIRMED:
        raise Http404
    answer = HttpResponse(receipt_pdf(_paper(payment)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="bukti-pembayaran-{payment.pk}.pdf"'
    return answer


def _paper(payment: Payment) -> ReceiptPaper:
    bill, line = payment.bill, payment.bill.funding_line
    region = names_of([bill.area_code]).get(bill.area_code, bill.area_code)
    now = timezone.localtime()
    confirmed = payment.confirmed_by
    where = confirmed.office_name if confirmed else ""
    record = confirmation_hash(payment)
    return ReceiptPaper(
        region=region,
        title="BUKTI PEMBAYARAN IURAN",
        number=f"{bill.number} · {payment.sp2d_number}",
        facts=[
            ("Pembayar", line.donor.name if line.donor else line.name),
            ("Program", bill.programme.name),
            ("Bulan iuran", month_range(bill.first_month, months_between(bill.first_month, bill.last_month) + 1)),
            ("Tagihan", bill.number),
            ("Nomor bukti bayar", payment.sp2d_number),
            ("Tanggal bayar", paper_date(payment.paid_on)),
            ("Bulan-orang yang aktif", number(payment.line_count)),
            (
                "Dikonfirmasi oleh",
                ", ".join(part for part in (confirmed.full_name if confirmed else "", where) if part),
            ),
        ],
        amount_rp=payment.amount_rp,
        sentences=[
            "Pembayaran ini sudah dikonfirmasi oleh orang lain daripada yang mencatatnya.",
            "Bulan-bulan yang dibayar menjadi masa perlindungan JKK dan JKM bagi pesertanya.",
            "Tidak ada pekerja yang iurannya untuk bulan yang sama dibayar dua sumber.",
        ],
        foot=f"Dicetak dari Naung {paper_date(now.date())} {clock(now)}. Sidik catatan: {record}",
    )


def confirmation_hash(payment: Payment) -> str:
    """The beginning of the hash of its confirmation, so that the paper can be found again in the trail."""
    found = records_of("bill", payment.bill_id).filter(action="payment.confirm", detail__payment=payment.pk).first()
    return bytes(found.hash).hex()[:16] if found else "—"
