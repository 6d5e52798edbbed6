"""Pages of reconciliation: the branch's list against a bill, difference by difference."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.audit import actions as audit
from naung.bulk.intake.refusals import FileRefused
from naung.contributions import actions, queries, reconciliation
from naung.contributions.forms import BranchListForm, SettleForm
from naung.contributions.models import Bill, Comparison, Difference
from naung.contributions.reconciling import read_branch_list
from naung.documents.tables import Column, write_xlsx
from naung.registry import queries as registry
from naung.registry.paging import PAGE_ROWS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission_required(*reconciliation.SETTLERS)
def index(request: SignedInRequest) -> HttpResponse:
    """Every bill that was compared: those with open differences first, so that work can be left and taken up again."""
    compared = reconciliation.comparisons_visible_to(request.user)
    waiting = list(reconciliation.open_comparisons(request.user)[:PAGE_ROWS])
    done = compared.exclude(pk__in=[one.pk for one in waiting]).order_by("-taken_at")[:PAGE_ROWS]
    bills = queries.bills_visible_to(request.user).exclude(status="reversed").filter(comparisons__isnull=True)
    context = {
        "waiting": waiting,
        "done": done,
        "bills": bills.select_related("programme", "funding_line")[:PAGE_ROWS],
        "today": timezone.localdate(),
    }
    return page(request, "contributions/reconciliations.html", context)


@private
@permission_required(*reconciliation.SETTLERS)
def reconcile(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """The branch's list against a bill: what agrees, and each difference with the way to settle it."""
    one = _bill(request, bill_id)
    form = BranchListForm(request.POST or None, request.FILES or None, initial={"as_of": timezone.localdate()})
    if request.method == "POST" and form.is_valid() and _take(form, one, request):
        return redirect("contributions:reconcile", one.pk)
    standing = reconciliation.in_force(one)
    context: dict[str, Any] = {"bill": one, "form": form, "comparison": standing}
    if standing is not None:
        context |= _shown(request, standing)
    return page(request, "contributions/reconcile.html", context, form=form)


def _take(form: BranchListForm, bill: Bill, request: SignedInRequest) -> bool:
    file, day = form.cleaned_data["file"], form.cleaned_data["as_of"]
    taken: list[Comparison] = []

    def take() -> None:
        try:
            branch = read_branch_list(file.read(), file.name, as_of=day)
        except FileRefused as refused:
            form.add_error("file", str(refused))
            return
        taken.append(actions.compare_with_branch(bill, branch, as_of=day, by=request.user))

    if not (accepted(form, take) and taken):
        return False
    left = taken[0].differences.filter(settled="").count()
    if left:
        words = ngettext("%(n)s selisih perlu diselesaikan.", "%(n)s selisih perlu diselesaikan.", left)
        messages.warning(request, words % {"n": left})
    else:
        messages.success(request, _("Kedua daftar sama. Tidak ada selisih."))
    return True


def _shown(request: SignedInRequest, comparison: Comparison) -> dict[str, Any]:
    kind = request.GET.get("jenis", "")
    kind = kind if kind in Difference.Kind.values else ""
    found = reconciliation.differences_of(comparison, kind=kind)
    shown = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    people = [one.worker for one in shown if one.worker is not None]
    seen = set(registry.workers_visible_to(request.user).filter(pk__in=[one.pk for one in people]).values_list("pk"))
    niks = registry.masked_niks(people)
    rows = [{"one": one, "nik": niks.get(one.worker_id or 0), "may_open": (one.worker_id,) in seen} for one in shown]
    tallies = reconciliation.tally_of(comparison)
    open_ = sum(one.open for one in tallies)
    first = comparison.differences.filter(settled="").order_by("kind", "pk").first()
    return {
        "page": shown,
        "rows": rows,
        "tallies": tallies,
        "kind": kind,
        "open": open_,
        "first": first,
        "settled": sum(one.total for one in tallies) - open_,
        "corrections": comparison.differences.filter(settled=Difference.Settled.THEIRS).count(),
    }


@private
@permission_required(*reconciliation.SETTLERS)
def settle(request: SignedInRequest, difference_id: int) -> HttpResponse:
    """One difference: which list is wrong, and the evidence. Ending a cover happens here, not on another page."""
    one = get_object_or_404(reconciliation.differences_visible_to(request.user), pk=difference_id)
    bill = one.comparison.bill
    may_end = one.kind == Difference.Kind.ONLY_HERE and request.user.may(Permission.LEAVE_RECORD)
    form = SettleForm(request.POST or None, may_end=may_end)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if accepted(form, lambda: actions.settle_difference(one, by=request.user, **facts)):
            left = reconciliation.differences_of(one.comparison, settled=False).order_by("kind", "pk").first()
            if left is None:
                messages.success(request, _("Selisih terakhir selesai. Kedua daftar sudah cocok atau terjelaskan."))
                return redirect("contributions:reconcile", bill.pk)
            messages.success(request, _("Selisih diselesaikan. Ini selisih berikutnya."))
            return redirect("contributions:settle", left.pk)
    nik = registry.masked_niks([one.worker]).get(one.worker.pk) if one.worker else None
    place = areas.names_of([one.worker.area_code]).get(one.worker.area_code, "") if one.worker else ""
    context = {"one": one, "bill": bill, "form": form, "nik": nik, "place": place, "may_end": may_end}
    return page(request, "contributions/settle.html", context, form=form)


@private
@require_POST
@permission_required(*reconciliation.SETTLERS)
def corrections(request: SignedInRequest, bill_id: int) -> HttpResponse:
    """What the branch should correct in its own list, as XLSX; no number in full. Taking it away is recorded."""
    bill = _bill(request, bill_id)
    comparison = get_object_or_404(reconciliation.comparisons_visible_to(request.user), bill=bill)
    found = list(reconciliation.differences_of(comparison, settled=True).filter(settled=Difference.Settled.THEIRS))
    people = [one.worker for one in found if one.worker is not None]
    niks = registry.masked_niks(people)
    names = areas.names_of(worker.area_code for worker in people)
    audit.record(
        "comparison.export",
        by=request.user,
        target_type="bill",
        target_id=bill.pk,
        target_name=bill.number,
        area_code=bill.area_code,
        rows=len(found),
    )
    columns = [
        Column(_("Yang perlu diperbaiki"), width=34),
        Column(_("Baris di berkas cabang"), "number", 14),
        Column(_("Nama"), width=28),
        Column(_("NIK (disamarkan)"), width=20),
        Column(_("Tanggal lahir"), "date", 14),
        Column(_("Desa/kelurahan"), width=22),
        Column(_("Iuran menurut tagihan"), "rupiah", 16),
        Column(_("Iuran menurut cabang"), "rupiah", 16),
        Column(_("Bukti"), width=40),
    ]
    wanted = {
        Difference.Kind.ONLY_HERE: _("Tambahkan: ada di tagihan, tidak ada di daftar cabang"),
        Difference.Kind.ONLY_THERE: _("Keluarkan: tidak ada di tagihan"),
        Difference.Kind.AMOUNT: _("Ubah jumlah iuran"),
    }

    def row(one: Difference) -> list[Any]:
        worker = one.worker
        nik = "••••••••".join(niks[worker.pk]) if worker else ""
        who = [worker.name, nik, worker.birth_date, names.get(worker.area_code, "")] if worker else ["", "", None, ""]
        return [wanted[Difference.Kind(one.kind)], one.their_line, *who, one.here_rp, one.there_rp, one.note]

    title = [_("Perbaikan daftar cabang"), bill.number, comparison.filename]
    content = write_xlsx(columns, [row(one) for one in found], sheet=_("Perbaikan"), title=title)
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="perbaikan-daftar-cabang-{bill.pk}.xlsx"'
    return answer


def _bill(request: SignedInRequest, bill_id: int) -> Bill:
    rows = queries.bills_visible_to(request.user).select_related("programme", "funding_line__donor")
    return get_object_or_404(rows, pk=bill_id)
