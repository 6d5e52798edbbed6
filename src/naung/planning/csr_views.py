"""CSR and other donors: each sees its own commitment, the offices see those of all."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.models import Office
from naung.accounts.permissions import Permission, Role
from naung.partners.pledge_page import may_edit
from naung.planning import csr
from naung.planning.leader_page import cliff_months


@permission_required(Permission.BILLS_VIEW)
def index(request: SignedInRequest) -> HttpResponse:
    """A company's own page; for the others, all companies of their territory."""
    user, today = request.user, timezone.localdate()
    if user.role == Role.DONOR:
        return _one(request, user.office)
    found = csr.donors(user, on=today)
    context = {
        "donors": found,
        "today": today,
        "unsupported": sum(one.unsupported for one in found),
        "may_edit": may_edit(user),
    }
    return render(request, "planning/csr_all.html", context)


@permission_required(Permission.BILLS_VIEW)
def office(request: SignedInRequest, office_id: int) -> HttpResponse:
    """One company, as it sees itself."""
    found = csr.donors_visible_to(request.user).get(office_id)
    if found is None:
        raise Http404
    return _one(request, found)


def _one(request: SignedInRequest, office: Office | None) -> HttpResponse:
    own = request.user.role == Role.DONOR
    seen = csr.commitment(request.user, office, on=timezone.localdate()) if office else None
    context = {
        "o": seen,
        "own": own,
        "may_edit": may_edit(request.user),
        "may_pay": request.user.may(Permission.PLEDGE_PAY),
        "cliff_months": cliff_months(seen.months, seen.month) if seen else [],
    }
    return render(request, "planning/csr.html", context)
