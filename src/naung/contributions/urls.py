"""Addresses under /iuran/, and those that config/urls.py sets elsewhere because they need the ledger."""

from django.urls import path

from naung.contributions import (
    paying_views,
    programme_views,
    receipt_views,
    reconcile_views,
    reference_views,
    views,
    worker_views,
)

app_name = "contributions"

urlpatterns = [
    path("", views.bills, name="bills"),
    path("terbitkan/", views.issue, name="issue"),
    path("tagihan/<int:bill_id>/", views.bill, name="bill"),
    path("tagihan/<int:bill_id>/baris/", views.lines, name="lines"),
    path("tagihan/<int:bill_id>/bayar/", paying_views.pay, name="pay"),
    path("tagihan/<int:bill_id>/batalkan/", views.cancel, name="cancel"),
    path("rekonsiliasi/", reconcile_views.index, name="reconciliations"),
    path("tagihan/<int:bill_id>/rekonsiliasi/", reconcile_views.reconcile, name="reconcile"),
    path("tagihan/<int:bill_id>/rekonsiliasi/perbaikan.xlsx", reconcile_views.corrections, name="corrections"),
    path("selisih/<int:difference_id>/", reconcile_views.settle, name="settle"),
    path("pembayaran/<int:payment_id>/konfirmasi/", paying_views.confirm, name="confirm"),
    path("pembayaran/<int:payment_id>/bukti.pdf", receipt_views.receipt, name="receipt"),
    path("pembayaran/<int:payment_id>/batalkan/", paying_views.undo_payment, name="undo"),
]

worker_patterns = [
    path("rujukan/", reference_views.references, name="references"),
    path("<int:worker_id>/", worker_views.worker, name="worker"),
    path("<int:worker_id>/manfaat/", worker_views.benefits, name="benefits"),
    path("<int:worker_id>/nik/", worker_views.reveal, name="reveal"),
    path("<int:worker_id>/keluar/", worker_views.leave, name="leave"),
]

programme_patterns = [
    path("<int:programme_id>/", programme_views.programme, name="detail"),
]
