"""Pemberi kerja: who must join what, who did, and what was done about the rest."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.bulk.intake.refusals import FileRefused
from naung.lawbook.queries import law_now
from naung.partners import actions, exports, queries
from naung.partners.compliance import Standing, required_on
from naung.partners.employer_page import BADGES, employer_context, told
from naung.partners.forms import (
    ApproachForm,
    EmployerFilter,
    EmployerForm,
    EmployerListForm,
    ReportForm,
    SettleForm,
)
from naung.partners.models import Employer
from naung.partners.reason_words import explain
from naung.registry import files
from naung.registry.paging import PAGE_ROWS, BoundedPaginator
from naung.registry.vault import vault

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(form: EmployerFilter) -> queries.Asked:
    facts = form.cleaned_data if form.is_valid() else {}
    return queries.Asked(
        standing=facts.get("keadaan", ""),
        sector=facts.get("sektor", ""),
        size=facts.get("ukuran", ""),
        area=facts.get("wilayah", ""),
        name=facts.get("nama", ""),
    )


@permission_required(Permission.PARTNERS_VIEW)
def employers(request: SignedInRequest) -> HttpResponse:
    """The compliance list, the widest gap first."""
    user, today = request.user, timezone.localdate()
    form = EmployerFilter(request.GET, area_code=user.area_code)
    asked, required = _asked(form), required_on(today, law=law_now())
    visible = queries.employers_visible_to(user)
    rows = queries.narrowed(visible, asked, required)
    shown = BoundedPaginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    for name in ("keadaan", "page"):
        kept.pop(name, None)
    # The cards count what the other filters leave: choosing one does not make the rest nothing.
    sums = queries.totals(queries.narrowed(visible, _without_standing(asked), required))
    names = areas.names_of(code for one in shown for code in (one.area_code, one.area_code[:6]))
    context = {
        "today": today,
        "page": shown,
        "rows": [told(one, required, names) for one in shown],
        "form": form,
        "sums": sums,
        "cards": [(one, sums.standings[one.value], BADGES[one][0] or "info") for one in Standing],
        "asked": asked,
        "kept": kept.urlencode(),
        "narrowed": any(request.GET.get(name) for name in form.fields),
        "more": getattr(shown.paginator, "more", False),
        "may_edit": user.may(Permission.PARTNERS_EDIT) and len(user.area_code) >= 4,
        "filters": request.GET.urlencode(),
    }
    part = bool(request.htmx) and not request.htmx.history_restore_request
    return page(request, "partners/_employers.html" if part else "partners/employers.html", context | {"swapped": part})


def _without_standing(asked: queries.Asked) -> queries.Asked:
    return queries.Asked(sector=asked.sector, size=asked.size, area=asked.area, name=asked.name)


@permission_required(Permission.PARTNERS_VIEW)
def employers_file(request: SignedInRequest, table: str) -> HttpResponse:
    """What the list shows with its filters, all of it."""
    if table not in {"xlsx", "csv"}:
        raise Http404
    user = request.user
    required = required_on(timezone.localdate(), law=law_now())
    rows = queries.narrowed(
        queries.employers_visible_to(user), _asked(EmployerFilter(request.GET, area_code=user.area_code)), required
    )
    found = list(rows[: exports.MOST_ROWS])
    places = areas.names_of({code for one in found for code in (one.area_code, one.area_code[:6])})
    if table == "xlsx":
        answer = HttpResponse(exports.as_xlsx(found, required, places, region=user.territory_name), content_type=_XLSX)
    else:
        text = exports.as_csv(found, required, places, region=user.territory_name)
        answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="pemberi-kerja.{table}"'
    return answer


@private
@permission_required(Permission.PARTNERS_VIEW)
def employer(request: SignedInRequest, employer_id: int) -> HttpResponse:
    """One employer: what the law asks of it, what it joined, all that was ever said of it, what was done."""
    one = _employer(request, employer_id)
    return page(request, "partners/employer.html", employer_context(request.user, one, on=timezone.localdate()))


def _employer(request: SignedInRequest, employer_id: int) -> Employer:
    return get_object_or_404(queries.employers_visible_to(request.user).defer(None), pk=employer_id)


@private
@permission_required(Permission.PARTNERS_EDIT)
def add(request: SignedInRequest) -> HttpResponse:
    """One employer by hand."""
    user = request.user
    if len(user.area_code) < 4:
        raise Http404
    form = EmployerForm(request.POST or None, area_code=user.area_code, region=user.territory_name)
    made: list[Employer] = []
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: made.append(actions.add_employer(by=user, **form.cleaned_data)))
    ):
        messages.success(request, _("Tersimpan. Tambahkan laporan: jumlah pekerja dan program yang diikuti."))
        return redirect("partners:employer", made[0].pk)
    return page(request, "partners/add.html", {"form": form}, form=form)


@private
@permission_required(Permission.PARTNERS_EDIT)
def report(request: SignedInRequest, employer_id: int) -> HttpResponse:
    """One more report about an employer."""
    one = _employer(request, employer_id)
    form = ReportForm(request.POST or None, initial={"as_of": timezone.localdate()})
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: actions.record_report(employer=one, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Laporan tercatat. Laporan sebelumnya tetap ada di riwayat."))
        return redirect("partners:employer", one.pk)
    return page(request, "partners/report.html", {"form": form, "employer": one}, form=form)


@private
@permission_required(Permission.PARTNERS_EDIT)
def approach(request: SignedInRequest, employer_id: int) -> HttpResponse:
    """A letter, visit or summons."""
    one = _employer(request, employer_id)
    form = ApproachForm(request.POST or None, initial={"happened_on": timezone.localdate()})
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: actions.note_approach(employer=one, by=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Tercatat. Bila ada tanggal tagih lagi, tugasnya tampil di Beranda."))
        return redirect("partners:employer", one.pk)
    return page(request, "partners/approach.html", {"form": form, "employer": one}, form=form)


@private
@permission_required(Permission.PARTNERS_EDIT)
def settle(request: SignedInRequest, approach_id: int) -> HttpResponse:
    """What came of a letter or visit."""
    one = get_object_or_404(queries.approaches_visible_to(request.user), pk=approach_id)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.settle_approach(approach=one, by=request.user, **form.cleaned_data)
        messages.success(request, _("Hasilnya tercatat."))
        return redirect("partners:employer", one.employer_id)
    return page(request, "partners/settle.html", {"form": form, "approach": one}, form=form)


@private
@permission_required(Permission.PARTNERS_EDIT)
def upload(request: SignedInRequest) -> HttpResponse:
    """One more list, and those that were taken in."""
    user = request.user
    form = EmployerListForm(
        request.POST or None, request.FILES or None, initial={"as_of": timezone.localdate(), "source": "branch"}
    )
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        file = facts.pop("file")
        taken: list[actions.EmployersTaken] = []

        def take() -> None:
            try:
                taken.append(
                    actions.take_employers(
                        file=file.read(), filename=file.name, area_code=user.area_code, by=user, **facts
                    )
                )
            except FileRefused as refused:
                form.add_error("file", str(refused))

        if accepted(form, take) and taken:
            if taken[0].repeated:
                messages.success(request, _("Berkas ini sudah pernah diunggah. Tidak ada yang berubah."))
            return redirect("partners:employer-list", taken[0].list.pk)
    lists = Paginator(queries.employer_lists_visible_to(user), PAGE_ROWS).get_page(request.GET.get("page"))
    return page(request, "partners/upload.html", {"form": form, "page": lists}, form=form)


@private
@permission_required(Permission.PARTNERS_VIEW)
def employer_list(request: SignedInRequest, employer_list_id: int) -> HttpResponse:
    """What became of the rows of one file."""
    one = get_object_or_404(queries.employer_lists_visible_to(request.user), pk=employer_list_id)
    reasons = [(explain(code), rows) for code, rows in one.reasons.items()]
    return page(request, "partners/taken.html", {"list": one, "reasons": reasons})


@private
@permission_required(Permission.PARTNERS_EDIT)
def refused_rows(request: SignedInRequest, employer_list_id: int) -> HttpResponse:
    """The rows that were not taken, in the sender's columns, with the reasons."""
    one = get_object_or_404(queries.employer_lists_visible_to(request.user), pk=employer_list_id)
    if not one.returned_sha256:
        raise Http404
    answer = HttpResponse(files.original(one.returned_sha256, vault()), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="pemberi-kerja-diperbaiki-{one.pk}.xlsx"'
    return answer
