"""Kerja sama, to read: all agreements, one Nota Kesepakatan with the matrix of its offices, one PKS."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.accounts.profiles import Profile, profile_of
from naung.agreements import queries, reading, telling
from naung.agreements.actions.common import may_edit
from naung.agreements.listing import Asked, agreements_listed, counts, lines
from naung.agreements.models import PROGRAMMES, Agreement, FollowUp, Side
from naung.agreements.words import field_words, group_names, say, segment_names
from naung.ui.navigation import address

PAGE_ROWS = 30
_SIDES = (Side.REGION, Side.BRANCH, Side.OTHER)
Stage = Agreement.Stage


@permission_required(Permission.AGREEMENTS_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """All agreements with how far their PKS have come and when they end; the next tasks, the newest meetings."""
    today, user = timezone.localdate(), request.user
    asked = Asked.from_query(request.GET.dict())
    page = Paginator(agreements_listed(user, asked, on=today), PAGE_ROWS).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"today": today, "asked": asked, "page": page, "lines": lines(list(page), on=today)}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "agreements/_list.html", context)
    context |= {
        "counts": counts(user, on=today),
        "tasks": list(queries.follow_ups_visible_to(user).filter(queries.owed(), due_on__isnull=False)[:6]),
        "meetings": list(queries.meetings_visible_to(user)[:4]),
        "may_edit": user.may(Permission.AGREEMENT_EDIT),
        "may_meet": user.may(Permission.OUTREACH_EDIT),
        "create_url": address("agreements:create") if user.may(Permission.AGREEMENT_EDIT) else None,
        "meetings_url": address("agreements:meetings"),
        "reach_url": address("outreach:reach"),
        "instruments_url": address("agreements:instruments"),
        "offices_url": address("agreements:offices"),
    }
    return render(request, "agreements/list.html", context)


@permission_required(Permission.AGREEMENTS_VIEW)
def detail(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """One Nota Kesepakatan: offices by stage and due date, what it says, what is owed, what happened."""
    agreement = get_object_or_404(queries.agreements_visible_to(request.user), pk=agreement_id)
    if agreement.is_pks:
        return redirect("agreements:pks", agreement.pk)
    today = timezone.localdate()
    wanted = reading.Wanted.from_query(request.GET.dict())
    offices = queries.pks_visible_to(request.user).filter(parent=agreement)
    matrix = reading.matrix(offices, today, wanted, region=request.user.territory_name)
    edits = request.user.may(Permission.AGREEMENT_EDIT)
    context: dict[str, Any] = {
        "agreement": agreement,
        "today": today,
        "matrix": matrix,
        "programmes": PROGRAMMES,
        "stages": [(stage.value, stage.label) for stage in Stage],
        "move_many_url": address("agreements:move-many", str(agreement.pk)) if edits else None,
        "may_edit": edits,
    }
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "agreements/_matrix.html", context)
    context |= _about(request, agreement, today, states=matrix.every)
    context |= {
        "prepare_url": address("agreements:prepare", str(agreement.pk)) if edits else None,
        "office_count": len(matrix.every),
    }
    return render(request, "agreements/detail.html", context)


@permission_required(Permission.AGREEMENTS_VIEW)
def pks(request: SignedInRequest, pks_id: int) -> HttpResponse:
    """One PKS: where it stands and what comes next, its office and whom it can reach, what it says and what is owed."""
    agreement = get_object_or_404(queries.pks_visible_to(request.user).select_related("parent"), pk=pks_id)
    today = timezone.localdate()
    context: dict[str, Any] = {"agreement": agreement, "today": today}
    context |= _about(request, agreement, today)
    profile = profile_of(agreement.office) if agreement.office else Profile()
    context |= {
        "groups": telling.people_in(agreement.area_code, agreement.groups or profile.groups),
        "profile": profile,
        "profile_url": address("agreements:office-profile", str(agreement.office_id)),
        "may_call": context["may_edit"] or request.user.may(Permission.OUTREACH_EDIT),
        "steps": [stage.label for stage in reading.STEPS],
        "gone_to": context["state"].gone + 1,
    }
    return render(request, "agreements/pks.html", context)


def _about(
    request: SignedInRequest, agreement: Agreement, today: date, states: list[reading.State] | None = None
) -> dict[str, Any]:
    """What the pages of a Nota Kesepakatan and of a PKS share: content, tasks, papers, trail and history."""
    user = request.user
    may = may_edit(user, agreement)
    edits = user.may(Permission.AGREEMENT_EDIT) and may
    parties = sorted(agreement.parties.all(), key=lambda party: (_SIDES.index(party.side), party.order))
    tasks = list(agreement.tasks.select_related("owner").order_by("done_on", "due_on", "id"))
    addenda = list(agreement.addenda.select_related("made_by"))
    steps = list(agreement.stage_changes.select_related("by", "attachment").defer("attachment__sealed"))
    meetings = list(queries.meetings_visible_to(user).filter(agreement=agreement)[:20])
    day = _day(request.GET.get("pada", ""))
    terms, term_lines = telling.term_lines(agreement, day or today, addenda)
    since = steps[-1].on if steps else None
    state = reading.state_of(agreement, today, since)
    late = [one for one in states or () if one.overdue]
    names = {party.side: party.organisation for party in reversed(parties)}
    number = str(agreement.pk)
    links = ("edit", "move", "amend", "renew", "end", "attach", "add-task")
    allowed = {"edit", "move", "attach", "add-task"} if may and not edits else set(links) if edits else set()
    old = agreement.renews
    return {
        "state": state,
        "parties": parties,
        "bases": list(agreement.legal_bases.select_related("instrument").order_by("id")),
        "work_plan": [one for one in tasks if one.kind != FollowUp.Kind.OBLIGATION],
        "owed": telling.obligations(agreement, tasks, names),
        "attachments": list(queries.attachments_visible_to(user).filter(agreement=agreement)),
        "addenda": addenda,
        "pada": day,
        "terms": terms,
        "term_lines": [(field_words(line.name), line) for line in term_lines],
        "segments": segment_names(terms.segments),
        "work": group_names(terms.groups),
        "trail": telling.trail(agreement, steps=steps, meetings=meetings, late=late, states=states or (), on=today),
        "history": telling.history(agreement),
        "missing": telling.missing(agreement),
        "next_step": telling.next_step(agreement),
        "differences": [
            (field_words(d.field), say(d.field, d.old), say(d.field, d.new))
            for d in (queries.differences(agreement, old) if old else ())
        ],
        "renewals": list(agreement.renewals.all()),
        "may_edit": may,
        "urls": {name.replace("-", "_"): address(f"agreements:{name}", number) for name in links if name in allowed},
        "paper_url": _paper_url(request, agreement),
        "supports": telling.standing_under(agreement),
    }


def _paper_url(request: SignedInRequest, agreement: Agreement) -> str | None:
    """The wording of the paper for whoever issues papers; for other readers, those of its kind that were issued."""
    kind = "pks" if agreement.is_pks else "nota_kesepakatan"
    if request.user.may(Permission.PAPERS_ISSUE) and (new := address("papers:new")):
        return f"{new}?jenis={kind}&hal={agreement.pk}"
    if request.user.may(Permission.PAPERS_VIEW) and (issued := address("papers:list")):
        return f"{issued}?jenis={kind}"
    return None


def _day(text: str) -> date | None:
    """A day of the address; what is not one is as if it were not said."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
