"""Pages of payments: recorded by one person, confirmed by another who saw the money, undone by a new entry."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page
from naung.accounts.permissions import Permission, Role
from naung.contributions import actions, bill_pages, bill_queries, queries
from naung.contributions.forms import ConfirmForm, PaymentForm, ReasonForm
from naung.contributions.models import Payment
from naung.ui.formats import number

PAYERS = (Permission.PAYMENT_RECORD, Permission.PLEDGE_PAY)


@permission_required(*PAYERS)
def pay(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """First the page that restates what the payment does; only with the box ticked is it recorded."""
    bill = bill_pages.visible(request.user, bill_id)
    if request.method != "POST":
        return redirect("contributions:bill", bill.pk)
    form = PaymentForm(request.POST)
    effect: list[bill_queries.Effect] = []
    facts = form.cleaned_data if form.is_valid() else {}
    if facts and accepted(form, lambda: effect.append(bill_queries.effect_of(bill, facts["amount_rp"]))):
        if not request.POST.get("yakin"):
            context = {
                "bill": bill,
                "form": form,
                "facts": facts,
                "effect": effect[0],
                "asked": "langkah" in request.POST,
            }
            return page(request, "contributions/pay.html", context)
        if accepted(form, lambda: actions.record_payment(bill, by=request.user, **facts)):
            messages.success(request, _("Pembayaran tercatat. Orang lain perlu mengonfirmasinya supaya bulan aktif."))
            # A company comes from its own page and goes back there.
            return redirect("planning:csr") if _company(request) else redirect("contributions:bill", bill.pk)
    return page(request, "contributions/bill.html", bill_pages.context(request.user, bill, form), form=form)


def _company(request: SignedInRequest) -> bool:
    return request.user.role == Role.DONOR


@permission_required(Permission.PAYMENT_CONFIRM)
def confirm(request: SignedInRequest, payment_id: int) -> HttpResponse:
    """Another person types what the bank shows; where it is another amount, nothing becomes active."""
    payment = _visible(request, payment_id)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        received = form.cleaned_data["received_rp"]
        if accepted(form, lambda: actions.confirm_payment(payment, received_rp=received, by=request.user)):
            messages.success(request, _("Pembayaran terkonfirmasi. Bulan yang dibayar kini aktif."))
            return redirect("contributions:bill", payment.bill_id)
    context: dict[str, Any] = {
        "bill": payment.bill,
        "payment": payment,
        "form": form,
        "open": payment.status == Payment.Status.RECORDED,
        "own": payment.recorded_by_id == request.user.pk,
    }
    return page(request, "contributions/confirm.html", context, form=form)


@permission_required(Permission.PAYMENT_RECORD, Permission.PAYMENT_CONFIRM)
def undo_payment(request: SignedInRequest, payment_id: int) -> HttpResponse:
    """A payment that was wrong: the page says what stops being active, and asks why."""
    payment = _visible(request, payment_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: actions.reverse_payment(payment, reason=reason, by=request.user)):
            messages.success(request, _("Pembayaran dibatalkan dengan catatan baru."))
            return redirect("contributions:bill", payment.bill_id)
    context = {"bill": payment.bill, "payment": payment, "form": form}
    return page(request, "contributions/undo.html", context, form=form)


def _visible(request: SignedInRequest, payment_id: int) -> Payment:
    payments = queries.payments_visible_to(request.user).select_related(
        "bill__programme", "bill__funding_line", "recorded_by"
    )
    return get_object_or_404(payments, pk=payment_id)


def first_form(outstanding: int) -> PaymentForm:
    """The form with what is most often true: all of the rest, today."""
    return PaymentForm(initial={"paid_on": timezone.localdate(), "amount_rp": number(outstanding)})
