"""Verifikasi: the owner of a programme accepts what a village sent, or gives it back with the reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, done_or_told, page, private
from naung.accounts.permissions import Permission
from naung.programmes import queries
from naung.programmes.equations import equation
from naung.programmes.row_views import list_or_404
from naung.programmes.verifying import compared_with, due_on
from naung.registry import actions, row_queries
from naung.registry.forms import ReturnForm
from naung.registry.models import SourceList
from naung.ui.tags.formats import number_id

MOST_ROWS = 500


@private
@permission_required(Permission.LIST_DECIDE)
def verify(request: SignedInRequest, list_id: int) -> HttpResponse:
    """What was sent, by when to look at it, what it was compared with; accepting it is posted here."""
    source_list = list_or_404(request, list_id)
    tally = row_queries.tally(source_list)
    if request.method == "POST":
        words = ngettext(
            "%(n)s baris terverifikasi dan ikut seleksi berikutnya.",
            "%(n)s baris terverifikasi dan ikut seleksi berikutnya.",
            tally.sent,
        )
        done_or_told(
            request,
            lambda: actions.verify_list(source_list=source_list, by=request.user),
            done=words % {"n": number_id(tally.sent)},
        )
        return redirect("registry:verify", list_id)
    return _verify_page(request, source_list, ReturnForm())


def _verify_page(request: SignedInRequest, source_list: SourceList, form: ReturnForm) -> HttpResponse:
    tally = row_queries.tally(source_list)
    programme = queries.programmes_visible_to(request.user).filter(code=source_list.programme_code).first()
    today = timezone.localdate()
    compared = compared_with(source_list, on=today)
    due = due_on(source_list)
    context = {
        "list": source_list,
        "tally": tally,
        "programme": programme,
        "cost": equation(programme, people=tally.sent) if programme else None,
        "compared": compared,
        "partial": [one for one in compared if not one.fresh],
        "due_on": due,
        "late": due is not None and today > due and source_list.verified_at is None,
        "form": form,
    }
    return page(request, "programmes/verify.html", context, form=form)


@require_POST
@private
@permission_required(Permission.LIST_DECIDE)
def return_list(request: SignedInRequest, list_id: int) -> HttpResponse:
    """The whole list back to its village."""
    source_list = list_or_404(request, list_id)
    form = ReturnForm(request.POST)
    if form.is_valid() and accepted(
        form, lambda: actions.return_list(source_list=source_list, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Daftar dikembalikan. Desa memperbaiki, lalu mengirim lagi."))
        return redirect("registry:lists")
    return _verify_page(request, source_list, form)


@require_POST
@private
@permission_required(Permission.LIST_DECIDE)
def return_rows(request: SignedInRequest, list_id: int) -> HttpResponse:
    """The chosen rows back to their village: first how many and why, then the act."""
    source_list = list_or_404(request, list_id)
    ordinals = [int(one) for one in request.POST.getlist("baris") if one.isdigit() and len(one) < 9][:MOST_ROWS]
    rows = list(row_queries.rows_of_part(source_list, "terkirim").filter(ordinal__in=ordinals))
    if not rows:
        messages.warning(request, _("Centang dulu baris terkirim yang akan dikembalikan."))
        return redirect("registry:list", list_id)
    form = ReturnForm(request.POST if "reason" in request.POST else None)
    if form.is_valid() and accepted(
        form,
        lambda: actions.return_rows(source_list=source_list, ordinals=ordinals, by=request.user, **form.cleaned_data),
    ):
        words = ngettext("%(n)s baris dikembalikan ke desa.", "%(n)s baris dikembalikan ke desa.", len(rows))
        messages.success(request, words % {"n": number_id(len(rows))})
        return redirect("registry:list", list_id)
    context = {"list": source_list, "rows": row_queries.explained(source_list, rows), "form": form}
    return page(request, "programmes/return_rows.html", context, form=form)
