"""Pages of a selection: run it, read it, submit it; the decree it became. Approving enrols people and therefore stands
at the next stage (coverage/round_views.py)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.programmes.equations import equation
from naung.programmes.models import Programme
from naung.programmes.queries import programmes_visible_to
from naung.programmes.spec import ProgrammeSpec, stored_spec
from naung.registry import queries as registry
from naung.registry.paging import PAGE_ROWS
from naung.rules.periods import add_months, first_of_month
from naung.rules.selection import NO_MONEY, PLACES_FULL
from naung.selection import actions, issued, long_work, printing, queries, round_queries
from naung.selection.answering import change_words
from naung.selection.explaining import reason_for
from naung.selection.forms import ReturnForm, RunForm, SubmitForm
from naung.selection.keeping import may_be_arranged
from naung.selection.models import Candidate, DecreeEntry, Round
from naung.selection.round_sheet import sheet_of
from naung.selection.words import LEFT, score_parts
from naung.ui.terms import term

CUT = "garis"


@permission_required(Permission.PROGRAMMES_VIEW)
def programme(request: SignedInRequest, programme_id: int) -> HttpResponse:
    """The rounds of a programme, and the form that runs one."""
    one = get_object_or_404(programmes_visible_to(request.user).prefetch_related("funding_lines"), pk=programme_id)
    rounds = Round.objects.filter(programme=one).select_related("prepared_by").order_by("-number")
    may_run = request.user.may(Permission.SELECTION_RUN) and one.ends_on > timezone.localdate()
    form = RunForm(request.POST if may_run and request.method == "POST" else None, initial=_usual(one))
    made: list[Round] = []
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        if queries.people_handed_in(one) > settings.LONG_ROUND_CANDIDATES:
            return redirect("jobs:job", long_work.ask_round(one, by=request.user, **facts).pk)
        if accepted(form, lambda: made.append(actions.run_round(one, by=request.user, **facts))):
            return redirect("selection:round", made[0].pk)
    context = {
        "programme": one,
        "rounds": rounds,
        "form": form,
        "may_run": may_run,
        "equation": equation(one, people=one.places),
        "open": rounds.filter(status__in=(Round.Status.DRAFT, Round.Status.SUBMITTED)).first(),
    }
    return page(request, "selection/programme.html", context, form=form)


def _usual(one: Programme) -> dict[str, Any]:
    today = timezone.localdate()
    return {"on": today, "first_month": max(one.starts_on, first_of_month(today)), "seed": one.seed}


@private
@permission_required(Permission.PROGRAMMES_VIEW)
def round_page(request: SignedInRequest, round_id: int) -> HttpResponse:
    """The order of the candidates, the line, and why; places and money beside it."""
    one = get_object_or_404(_rounds(request), pk=round_id)
    return _round_page(request, one)


def _rounds(request: SignedInRequest) -> QuerySet[Round]:
    return queries.rounds_visible_to(request.user).select_related(
        "programme", "prepared_by", "submitted_by", "decree", "based_on"
    )


def _round_page(request: SignedInRequest, one: Round, *, give_back: ReturnForm | None = None) -> HttpResponse:
    user = request.user
    spec = stored_spec(one.spec)
    cut = round_queries.cut_line_of(one)
    draft, waiting = one.status == Round.Status.DRAFT, one.status == Round.Status.SUBMITTED
    prepared = user.pk in (one.prepared_by_id, one.submitted_by_id)
    runs = user.may(Permission.SELECTION_RUN)
    arranged = may_be_arranged(one)
    context: dict[str, Any] = {
        "round": one,
        "programme": one.programme,
        "last_month": spec.last_month,
        "spec": spec,
        "cut": cut,
        "sheet": sheet_of(one, spec),
        "equation": equation(one.programme, people=one.chosen, first_month=one.first_month),
        "reasons": [(code, reason_for(spec, code, user), count) for code, count in _sorted(one.reasons)],
        "step": {"submitted": 4, "approved": 5}.get(one.status, 3),
        "give_back": give_back or ReturnForm(),
        "may_see_people": user.may(Permission.WORKERS_VIEW),
        "may_submit": draft and runs,
        "may_try": arranged and runs,
        "may_run": runs and arranged,
        "may_return": waiting and (user.may(Permission.DECREE_APPROVE) or runs),
        "may_approve": waiting and user.may(Permission.DECREE_APPROVE) and not prepared,
        "prepared_here": waiting and user.may(Permission.DECREE_APPROVE) and prepared,
        "taken_over": one.tried_as.order_by("number").first(),
        "version": one.programme.versions.select_related("made_by").filter(number=one.rule_version).first(),
        "form": give_back,
    }
    if context["version"]:
        context["changes"] = change_words(context["version"].changes, spec)
    if context["may_see_people"]:
        context |= _people(request, one, spec, cut)
    return page(request, "selection/round.html", context, form=give_back)


def _sorted(counts: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _people(
    request: SignedInRequest, one: Round, spec: ProgrammeSpec, cut: round_queries.CutLine | None
) -> dict[str, Any]:
    """The rows of the table: around the line, or page by page."""
    part = request.GET.get("lihat", CUT)
    if part == CUT:
        first, near, behind = round_queries.around_the_line(request.user, one, cut)
        rows = _rows([*first, *near, *behind], spec, request.user)
        return {
            "part": CUT,
            "first": rows[: len(first)],
            "near": rows[len(first) : len(first) + len(near)],
            "behind": rows[len(first) + len(near) :],
            "between": (near[0].rank or 0) - (first[-1].rank or 0) - 1 if first and near else 0,
        }
    found = queries.candidates_visible_to(request.user, one).filter(rank__isnull=part == "tidak")
    shown = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    return {
        "part": "tidak" if part == "tidak" else "semua",
        "page": shown,
        "rows": _rows(list(shown), spec, request.user),
    }


@private
@permission_required(Permission.PROGRAMMES_VIEW)
def decree(request: SignedInRequest, decree_id: int) -> HttpResponse:
    """An SK as it was decided: its numbers, its list, its papers, and what changed it later."""
    visible = queries.decrees_visible_to(request.user).select_related("prepared_by")
    one = get_object_or_404(visible, pk=decree_id)
    entries = queries.entries_visible_to(request.user, one).select_related("worker").defer("worker__sealed")
    act = request.GET.get("isi", "")
    if act in _ACTS:
        entries = entries.filter(act=_ACTS[act])
    shown = Paginator(entries, PAGE_ROWS).get_page(request.GET.get("page"))
    niks = registry.masked_niks([entry.worker for entry in shown])
    names = areas.names_of(code for entry in shown for code in (entry.area_code, entry.area_code[:6]))
    replaced = queries.names_replaced(request.user, one, [entry.replaces for entry in shown if entry.replaces])
    work = occupations()
    context = {
        "decree": one,
        "programme": one.programme,
        "last_month": add_months(one.ends_on, -1),
        "page": shown,
        "rows": [
            {
                "entry": entry,
                "nik": niks.get(entry.worker_id, ("", "")),
                "place": names.get(entry.area_code, ""),
                "district": names.get(entry.area_code[:6], ""),
                "occupation": term(work[entry.occupation].label) if entry.occupation in work else "",
                "replaced": replaced.get(entry.replaces or 0, ""),
                "left_because": LEFT.get(entry.reason, entry.reason),
            }
            for entry in shown
        ],
        "act": act if act in _ACTS else "",
        "amendments": one.amendments.order_by("decided_on", "pk"),
        "step": 5,
        "may_see_people": request.user.may(Permission.WORKERS_VIEW),
        "may_full": request.user.may(Permission.IDENTITY_REVEAL),
        "official": issued.of(one),
        "may_issue": request.user.may(Permission.PAPERS_ISSUE) and request.user.may(Permission.IDENTITY_REVEAL),
        "sees_papers": request.user.may(Permission.PAPERS_VIEW),
        "may_replace": request.user.may(Permission.SELECTION_RUN) and one.ends_on > timezone.localdate(),
    }
    return page(request, "selection/decree.html", context)


_ACTS = {"masuk": DecreeEntry.Act.ENTER, "keluar": DecreeEntry.Act.LEAVE}


def _rows(candidates: list[Candidate], spec: ProgrammeSpec, user: User) -> list[dict[str, Any]]:
    niks = registry.masked_niks([one.worker for one in candidates])
    names = areas.names_of(one.area_code[:6] for one in candidates)
    work = occupations()
    return [
        {
            "candidate": one,
            "nik": niks.get(one.worker_id, ("", "")),
            "district": names.get(one.area_code[:6], ""),
            "occupation": term(work[one.worker.occupation].label) if one.worker.occupation in work else "",
            "score": score_parts(spec, one.score),
            # That the places or the money ended is what the line itself says.
            "reasons": [reason_for(spec, code, user) for code in one.reasons if code not in (PLACES_FULL, NO_MONEY)],
        }
        for one in candidates
    ]


@private
@permission_required(Permission.SELECTION_RUN)
def submit(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Restate people and money, then lock the draft and ask for its decree."""
    one = get_object_or_404(_rounds(request), pk=round_id)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and accepted(form, lambda: actions.submit_round(one, by=request.user))
    ):
        messages.success(request, _("Seleksi diajukan dan terkunci. Pimpinan menetapkannya dengan SK."))
        return redirect("selection:round", one.pk)
    context = {
        "round": one,
        "programme": one.programme,
        "cut": round_queries.cut_line_of(one),
        "sheet": sheet_of(one, stored_spec(one.spec)),
        "open": one.status == Round.Status.DRAFT,
        "form": form,
    }
    return page(request, "selection/submit.html", context, form=form)


@require_POST
@private
@permission_required(Permission.SELECTION_RUN, Permission.DECREE_APPROVE)
def give_back(request: SignedInRequest, round_id: int) -> HttpResponse:
    """Return a submitted round with the reason."""
    one = get_object_or_404(_rounds(request), pk=round_id)
    form = ReturnForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if accepted(form, lambda: actions.return_round(one, reason=reason, by=request.user)):
            messages.success(request, _("Seleksi dikembalikan untuk diperbaiki."))
            return redirect("selection:round", one.pk)
    return _round_page(request, one, give_back=form)


@private
@permission_required(Permission.PROGRAMMES_VIEW)
def paper(request: SignedInRequest, decree_id: int, version: str, kind: str) -> HttpResponse:
    """The decree as PDF, DOCX or XLSX. The full version carries every NIK: only for who may see them, and recorded.

    Once it was issued as a paper, its PDF and DOCX are the issued ones.

    One with many names is drawn by a job and then kept ready; until then this page offers to draw it.
    """
    one = get_object_or_404(queries.decrees_visible_to(request.user).select_related("programme"), pk=decree_id)
    if version not in printing.VERSIONS or kind not in printing.KINDS:
        raise Http404
    if version == "lengkap" and not request.user.may(Permission.IDENTITY_REVEAL):
        raise PermissionDenied
    if kind in printing.ISSUED_AS and (official := issued.of(one)):
        content = official.open(printing.VERSIONS[version], kind, request.user)
    elif not printing.is_long(one):
        content = printing.draw(one, version=version, kind=kind, by=request.user)
    elif (kept := printing.ready(one, version=version, kind=kind, by=request.user)) is not None:
        content = kept
    elif request.method == "POST":
        job = long_work.ask_paper(one, version=version, kind=kind, by=request.user)
        return redirect("jobs:job", job.pk)
    else:
        return page(request, "selection/paper.html", {"decree": one, "version": version, "kind": kind})
    answer = HttpResponse(content, content_type=printing.KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="sk-{one.pk}-{version}.{kind}"'
    return answer
