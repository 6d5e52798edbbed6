"""Perencana: official figures and targets of an area, and what reaching a target costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.accounts.territory import sees_area
from naung.areas.queries import names_of
from naung.lawbook.queries import decisions_for, law_now
from naung.planning import actions, costing, queries
from naung.planning.cost_line import cost_line
from naung.planning.forms import FigureForm, PlanForm, TargetForm
from naung.planning.queries import Coverage
from naung.refusal import Refusal
from naung.rules.contributions import Payer, Sector
from naung.rules.periods import MonthSpan, add_months


@permission_required(Permission.PROGRAMMES_VIEW)
def planner(request: SignedInRequest) -> HttpResponse:
    """The area's UCJ with its history, and the price of a target chosen in the address."""
    return _page(request, _area(request, request.GET.get("wilayah", "")))


@require_POST
@permission_required(Permission.FIGURES_EDIT)
def record_figure(request: SignedInRequest) -> HttpResponse:
    """Record one official figure; a bare percentage is refused with the rule's own words."""
    area, form = _area(request, request.POST.get("wilayah", "")), FigureForm(request.POST, auto_id="angka_%s")
    if form.is_valid():
        try:
            actions.record_figure(area_code=area, by=request.user, **form.as_figure())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Angka cakupan tersimpan dengan sumber dan tanggalnya."))
            return redirect(_address(request, area))
    return _page(request, area, figure_form=form)


@require_POST
@permission_required(Permission.FIGURES_EDIT)
def set_target(request: SignedInRequest) -> HttpResponse:
    """Record the target that an instrument sets for a year."""
    area, form = _area(request, request.POST.get("wilayah", "")), TargetForm(request.POST, auto_id="sasaran_%s")
    if form.is_valid():
        try:
            actions.set_target(area_code=area, by=request.user, **form.as_target())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Sasaran tersimpan."))
            return redirect(_address(request, area))
    return _page(request, area, target_form=form)


def _area(request: SignedInRequest, asked: str) -> str:
    """The area asked for, or the viewer's own. One outside the territory does not exist for the viewer."""
    code = asked or request.user.area_code
    if code not in names_of([code]) or not sees_area(request.user, code):
        raise Http404
    return code


def _address(request: SignedInRequest, area: str) -> str:
    url = reverse("planning:planner")
    return url if area == request.user.area_code else f"{url}?wilayah={area}"


def _page(
    request: SignedInRequest,
    area: str,
    *,
    figure_form: FigureForm | None = None,
    target_form: TargetForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    history = list(queries.figures_visible_to(request.user).filter(area_code=area, as_of__lte=today)[:50])
    coverage = queries.coverage_from(history[0], on=today, user=request.user) if history else None
    faulty: Form | None = figure_form or target_form
    plan_form = _plan_form(request, coverage, today)
    if faulty is None and not plan_form.is_valid():
        faulty = plan_form
    context = {
        "area": area,
        "area_name": names_of([area])[area],
        "own_area": area == request.user.area_code,
        "today": today,
        "history": history,
        "coverage": coverage,
        "targets": list(queries.targets_visible_to(request.user).filter(area_code=area)[:20]),
        "plan_form": plan_form,
        "figure_form": figure_form or FigureForm(auto_id="angka_%s"),
        "target_form": target_form or TargetForm(auto_id="sasaran_%s", initial={"year": today.year + 1}),
        "may_edit": request.user.may(Permission.FIGURES_EDIT),
        "form": faulty,
        **_priced(coverage, plan_form, area),
    }
    return render(request, "planning/planner.html", context, status=422 if faulty else 200)


def _plan_form(request: SignedInRequest, coverage: Coverage | None, today: date) -> PlanForm:
    """What is asked in the address over sensible first values: the set target, next year, the region's own money.

    Without an official figure there is no target to reach: the places of the newest programme are priced.
    """
    percent, people = "", ""
    if coverage is not None:
        rounded = Decimal(min(int(coverage.ucj.percent) + 1, 100))
        wanted = coverage.target.percent if coverage.target and coverage.needed_for_target else rounded
        percent = str(wanted.normalize() if wanted != wanted.to_integral_value() else int(wanted))
    else:
        newest = queries.programmes_of(request.user).first()
        people = str(newest.places if newest else 1_000)
    first: dict[str, Any] = {
        "persen": percent,
        "orang": people,
        "lama": 12,
        "mulai": f"{today.year + 1}-01",
        "paket": "jkk-jkm",
        "sumber": Payer.APBD_PROV.value if len(request.user.area_code) == 2 else Payer.APBD_KAB.value,
        "sektor": Sector.OTHER.value,
    }
    asked = {name: request.GET[name] for name in first if name in request.GET}
    return PlanForm({**first, **asked}, auto_id="rencana_%s", has_figure=coverage is not None)


def _priced(coverage: Coverage | None, form: PlanForm, area: str) -> dict[str, object]:
    if not form.is_valid():
        return {}
    facts, law, decisions = form.cleaned_data, law_now(), decisions_for(area)
    span = MonthSpan(facts["mulai"], add_months(facts["mulai"], facts["lama"]))
    plan = costing.Plan(span, PlanForm.PACKAGES[facts["paket"]], Payer(facts["sumber"]), Sector(facts["sektor"]))
    people, percent = facts["orang"], None
    if people is None:
        assert coverage is not None, "the form asks for people where there is no figure"
        percent = facts["persen"]
        people = coverage.ucj.people_needed(percent)
    priced = costing.price(plan, people, law=law, decisions=decisions)
    payers = [costing.Plan(span, plan.package, payer, plan.sector) for payer in costing.PAYERS]
    lengths = sorted({costing.SHORT_MONTHS, costing.YEAR_MONTHS, len(span)})
    steps, line = [], ""
    if coverage is not None and percent is not None:
        steps = costing.steps_to(coverage.ucj, priced, chosen=percent)
        line = cost_line(steps, start=coverage.ucj.percent, chosen=percent) if len(steps) > 1 else ""
    return {
        "plan": plan,
        "percent": percent,
        "people": people,
        "reached": coverage.ucj.covered + people if coverage else None,
        "priced": priced,
        "line": line,
        "payers": [costing.price(one, people, law=law, decisions=decisions) for one in payers],
        "lengths": [costing.protects(plan, months, people, law=law, decisions=decisions) for months in lengths],
        "waiting": costing.waiting_on(law, span.first),
    }
