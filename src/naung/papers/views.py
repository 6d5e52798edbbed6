"""Pages of issued papers: the list, one paper, its files, and withdrawing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.accounts.second_factor import square_of
from naung.documents.letters.kinds import KINDS
from naung.papers import codes, queries
from naung.papers.actions import opened, withdraw_paper
from naung.papers.forms import PaperFilter, WithdrawForm
from naung.papers.gathering import gatherer_of
from naung.papers.models import Paper, PaperFile
from naung.registry.paging import PAGE_ROWS

EDITIONS = {"umum": PaperFile.Edition.PUBLIC, "lengkap": PaperFile.Edition.FULL}
IN_ADDRESS = {edition: word for word, edition in EDITIONS.items()}
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def kind_name(kind: str) -> str:
    return _(KINDS[kind].name) if kind in KINDS else kind


@private
@permission_required(Permission.PAPERS_VIEW)
def papers(request: SignedInRequest) -> HttpResponse:
    """The papers of the territory, newest first, by kind, year and state."""
    visible = queries.papers_visible_to(request.user)
    form = PaperFilter(request.GET, years=queries.years_of(visible), auto_id="saring_%s")
    facts: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    found = visible
    if kind := facts.get("jenis"):
        found = found.filter(kind=kind)
    if year := facts.get("tahun"):
        found = found.filter(year=int(year))
    if state := facts.get("status"):
        found = queries.in_state(found, state)
    shown = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [{"paper": one, "kind": kind_name(one.kind), "state": queries.state_of(one)} for one in shown],
        "filter": form,
        "narrowed": any(facts.values()),
        "may_issue": request.user.may(Permission.PAPERS_ISSUE),
        "may_templates": request.user.may(Permission.TEMPLATES_EDIT),
    }
    return page(request, "papers/_papers.html" if request.htmx else "papers/papers.html", context)


@private
@permission_required(Permission.PAPERS_VIEW)
def paper(request: SignedInRequest, paper_id: int) -> HttpResponse:
    """One paper: what it is, its files, its square, and what replaced it."""
    one = _visible(request, paper_id)
    state = queries.state_of(one)
    may_issue = request.user.may(Permission.PAPERS_ISSUE)
    context = {
        "paper": one,
        "kind": kind_name(one.kind),
        "state": state,
        "files": [
            {"file": file, "edition": IN_ADDRESS[PaperFile.Edition(file.edition)]}
            for file in queries.files_visible_to(request.user, one)
        ],
        "has_full": one.files.filter(edition=PaperFile.Edition.FULL).exists(),
        "may_full": request.user.may(Permission.IDENTITY_REVEAL),
        "square": square_of(one.address),
        "code": codes.written(one.code),
        "key": one.about_part or one.about_id,
        "may_issue_anew": may_issue and not hasattr(one, "replaced_by") and gatherer_of(one.kind) is not None,
        "may_withdraw": may_issue and state == queries.IN_FORCE,
    }
    return page(request, "papers/paper.html", context)


@require_safe
@private
@permission_required(Permission.PAPERS_VIEW)
def download(request: SignedInRequest, paper_id: int, edition: str, form: str) -> HttpResponse:
    """A file as it was issued. The full copies carry names: only for who may see people, and recorded."""
    one = _visible(request, paper_id)
    if edition not in EDITIONS or form not in MEDIA:
        raise Http404
    files = queries.files_visible_to(request.user, one).defer(None)
    file = get_object_or_404(files, edition=EDITIONS[edition], form=form)
    return answered(file, opened(file, by=request.user), one)


def answered(file: PaperFile, content: bytes, one: Paper) -> HttpResponse:
    """A file to keep, under a name that says which paper it is."""
    answer = HttpResponse(content, content_type=MEDIA[file.form])
    copy = "-lengkap" if file.edition == PaperFile.Edition.FULL else ""
    version = f"-v{one.version}" if one.version > 1 else ""
    name = f"{one.kind}-{slugify(one.number.replace('/', '-'))}{version}{copy}.{file.form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@private
@permission_required(Permission.PAPERS_ISSUE)
def withdraw(request: SignedInRequest, paper_id: int) -> HttpResponse:
    """Restate the paper, ask for the reason, then it no longer counts."""
    one = _visible(request, paper_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: withdraw_paper(one, reason=reason, by=request.user)):
            messages.success(request, _("Naskah ditarik. Halaman keasliannya sudah mengatakannya."))
            return redirect("papers:paper", one.pk)
    context = {"paper": one, "kind": kind_name(one.kind), "state": queries.state_of(one), "form": form}
    return page(request, "papers/withdraw.html", context, form=form)


def _visible(request: SignedInRequest, paper_id: int) -> Paper:
    found: Paper = get_object_or_404(queries.papers_visible_to(request.user), pk=paper_id)
    return found
