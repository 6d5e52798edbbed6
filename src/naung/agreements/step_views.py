"""Steps of papers: the PKS of many offices from one Nota Kesepakatan, the stage of one, the stage of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.acting import require
from naung.accounts.actions import create_office
from naung.accounts.models import Office
from naung.accounts.permissions import Permission
from naung.accounts.queries import offices_in
from naung.agreements import actions, queries
from naung.agreements.actions.staging import missing_for
from naung.agreements.models import PROGRAMMES, Agreement
from naung.agreements.refusals import ChangedMeanwhile, NotYours
from naung.agreements.step_forms import (
    ManyForm,
    OfficeRow,
    PrepareForm,
    StageForm,
    content,
    groups_named,
    next_stages,
    office_rows,
    typed_over,
)
from naung.agreements.writing_views import EDITORS, address_of, refused, writable
from naung.refusal import Refusal

Stage = Agreement.Stage


@permission_required(Permission.AGREEMENT_EDIT)
def prepare(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """Make the PKS of many offices at once; an office that has one keeps it, and the answer names it."""
    nota = get_object_or_404(queries.notas_visible_to(request.user), pk=agreement_id)
    data: QueryDict | None = request.POST if request.method == "POST" else None
    form = PrepareForm(data)
    adding = "tambah" in request.POST
    has = set(nota.pks.exclude(stage=Stage.ENDED).values_list("office_id", flat=True))
    added: list[Office] = []
    if data is not None and adding and form.is_valid():
        added = [one for one in _new_offices(nota, form, request) if one.pk not in has]
        # New offices stand in the list from now on, ticked.
        typed = data.copy()
        typed["names"] = ""
        for one in added:
            typed[f"k{one.pk}-chosen"] = "on"
            typed.setlistdefault(f"k{one.pk}-programmes", list(nota.programmes))
        data, form = typed, PrepareForm(typed)
    rows = office_rows(list(_preparing(nota).exclude(pk__in=has)), data, nota)
    busy = list(Office.objects.filter(pk__in=has).order_by("name"))
    context: dict[str, Any] = {
        "agreement": nota, "form": form, "rows": rows, "busy": busy, "programmes": PROGRAMMES,
        "up_url": address_of(nota), "added": len(added),
    }  # fmt: skip
    if data is None or adding:
        return render(request, "agreements/write_prepare.html", context, status=422 if form.errors else 200)
    if all([form.is_valid(), *(row.is_valid() for row in rows)]):
        if form.cleaned_data["names"] and not nota.programmes:
            form.add_error("names", _("Masukkan ke daftar dahulu, lalu pilih programnya."))
        elif _prepared(nota, form, rows, has, request):
            return redirect(context["up_url"])
        else:
            form.add_error(None, _("Centang paling sedikit satu perangkat daerah."))
    return render(request, "agreements/write_prepare.html", context, status=422)


@transaction.atomic
def _prepared(
    nota: Agreement, form: PrepareForm, rows: Sequence[OfficeRow], has: set[int], request: SignedInRequest
) -> bool:
    """Make the PKS of the ticked and the newly named offices and say so; nothing is kept where there is none."""
    new = {one.pk for one in _new_offices(nota, form, request)}
    # An office that got its PKS between showing and sending the page: named in the answer, not made twice.
    asked = {int(key[1:-7]) for key in request.POST if _ticks(key)}
    had = list(Office.objects.filter(pk__in=has & (asked | new)).order_by("name"))
    chosen = {row.office.pk: row.cleaned_data for row in rows if row.cleaned_data["chosen"]}
    for pk in new - set(chosen):
        chosen[pk] = {"objects_text": "", "programmes": nota.programmes}
    offices = list(_preparing(nota).filter(pk__in=set(chosen) - has))
    if not offices and not had:
        transaction.set_rollback(True)
        return False
    groups = groups_named([chosen[one.pk]["objects_text"] for one in offices])
    made = actions.prepare_pks(
        nota,
        offices=offices,
        due_on=form.cleaned_data["due_on"],
        by=request.user,
        objects={one.pk: chosen[one.pk]["objects_text"] for one in offices},
        groups={one.pk: codes for one, codes in zip(offices, groups, strict=True)},
        programmes={one.pk: chosen[one.pk]["programmes"] for one in offices},
    )
    if made:
        told = ngettext("%(n)s PKS disiapkan.", "%(n)s PKS disiapkan.", len(made)) % {"n": len(made)}
        messages.success(request, told)
    if had:
        names = ", ".join(office.name for office in had)
        messages.info(request, _("Sudah punya PKS, jadi tidak dibuat lagi: %(names)s.") % {"names": names})
    return True


@transaction.atomic
def _new_offices(nota: Agreement, form: PrepareForm, request: SignedInRequest) -> list[Office]:
    """The offices typed on the page, made where they are not there. Raises NotPermitted, OutsideTerritory."""
    require(request.user, Permission.AGREEMENT_EDIT, nota.area_code)
    return [
        create_office(name=name, kind=Office.Kind.SECTOR, area_code=nota.area_code, by=request.user)
        for name in form.cleaned_data["names"]
    ]


def _ticks(key: str) -> bool:
    """Whether a posted name is the box of an office."""
    return key.startswith("k") and key.endswith("-chosen") and key[1:-7].isdecimal() and len(key) < 18


def _preparing(nota: Agreement) -> Any:
    """The offices that may carry a PKS: those of the region itself, no village and no branch."""
    kinds = [Office.Kind.OWNER, Office.Kind.SECTOR]
    return offices_in(nota.area_code).filter(kind__in=kinds, area_code=nota.area_code)


@EDITORS
def move(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """Bring one paper to another stage, and say beforehand what that stage asks for."""
    agreement = writable(request, agreement_id)
    stages = next_stages(agreement, request.user)
    missing = [(stage.label, missing_for(agreement, stage)) for stage in stages]
    context: dict[str, Any] = {
        "agreement": agreement,
        "up_url": address_of(agreement),
        "stages": [(stage, stage == agreement.stage) for stage in Stage if stage is not Stage.ASKED],
        "missing": missing,
        "nothing_missing": not any(lacking for _name, lacking in missing),
        "perms_edit": request.user.may(Permission.AGREEMENT_EDIT),
    }
    if not stages:
        if agreement.stage in (Stage.IN_FORCE, Stage.ENDED):
            return render(request, "agreements/write_stage.html", context | {"settled": True})
        return render(request, "agreements/write_closed.html", context | {"why": str(NotYours())})
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StageForm(data, files, agreement=agreement, user=request.user)
    context["form"] = form
    if data is not None and form.is_valid():
        try:
            _step(agreement, form, request)
        except ChangedMeanwhile as refusal:
            agreement.refresh_from_db()
            form = StageForm(
                initial=typed_over(form, agreement, StageForm.FACTS), agreement=agreement, user=request.user
            )
            context |= {"form": form, "meanwhile": refusal}
            return render(request, "agreements/write_stage.html", context, status=409)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            stage = Stage(form.cleaned_data["stage"]).label
            messages.success(request, _("%(title)s: %(stage)s.") % {"title": agreement.title, "stage": stage})
            return redirect(context["up_url"])
    return render(request, "agreements/write_stage.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _step(agreement: Agreement, form: StageForm, request: SignedInRequest) -> None:
    """The file and the step together: a step that is refused leaves no file behind."""
    facts = form.step()
    file = form.cleaned_data["file"]
    kept = None
    if file:
        kept = actions.attach(
            agreement, filename=file.name, content=content(file), title=facts["evidence"], by=request.user
        )
    actions.move(agreement, by=request.user, attachment=kept, **facts)


@permission_required(Permission.AGREEMENT_EDIT)
def move_many(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """Bring several PKS of one Nota Kesepakatan to one stage; the answer says of each whether it moved, or why not."""
    nota = get_object_or_404(queries.notas_visible_to(request.user), pk=agreement_id)
    papers = nota.pks.exclude(stage__in=[Stage.IN_FORCE, Stage.ENDED]).select_related("office").order_by("office__name")
    ticked = [value for value in request.GET.getlist("pks") if value.isdecimal() and len(value) < 10]
    first = {"on": timezone.localdate(), "stage": Stage.LEGAL_REVIEW, "pks": ticked}
    form = ManyForm(request.POST if request.method == "POST" else None, initial=first, papers=nota.pks.all())
    context: dict[str, Any] = {"agreement": nota, "up_url": address_of(nota), "form": form, "papers": list(papers)}
    if form.is_bound and form.is_valid():
        facts = form.cleaned_data
        chosen = facts["pks"].select_related("office").order_by("office__name")
        done = actions.move_many(
            chosen, stage=facts["stage"], on=facts["on"], by=request.user, evidence=facts["evidence"]
        )
        counts = {
            "moved": sum(one.refusal is None for one in done),
            "held": sum(one.refusal is not None for one in done),
        }
        context |= {"done": done, "stage": Stage(facts["stage"]).label, **counts}
        return render(request, "agreements/write_moved.html", context, status=422 if not counts["moved"] else 200)
    context["ticked"] = {str(value) for value in form["pks"].value() or []}
    return render(request, "agreements/write_many.html", context, status=422 if form.errors else 200)
