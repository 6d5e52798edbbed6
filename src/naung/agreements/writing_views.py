"""Making a Nota Kesepakatan, and editing a draft that somebody else may be editing too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.agreements import actions, queries
from naung.agreements.actions.common import may_edit, may_write, touched
from naung.agreements.models import Agreement, Side
from naung.agreements.refusals import Conflict, EditedMeanwhile, NotYours
from naung.agreements.words import field_words, say
from naung.agreements.writing_forms import (
    AgreementForm,
    ObligationRow,
    PartyRow,
    PlanRow,
    Rows,
    as_bases,
    as_typed,
    fields_open,
    initial_of,
    obligations,
    office_choices,
    parties_now,
    party_facts,
    party_wanted,
    plan,
)
from naung.refusal import Refusal

EDITORS = permission_required(Permission.AGREEMENT_EDIT, Permission.AGREEMENT_EDIT_OWN)
#: The rows of the page that make a Nota Kesepakatan: prefix, kind, how many stand there at first.
ROWS = {"pihak": (PartyRow, 2), "kewajiban": (ObligationRow, 2), "rencana": (PlanRow, 1)}
_FORM_FIELD = {"branch_id": "branch"}


def writable(request: SignedInRequest, agreement_id: int) -> Agreement:
    """An agreement that the person may write at all; where not at its present stage, the page says so."""
    found = get_object_or_404(queries.agreements_visible_to(request.user).select_related("parent"), pk=agreement_id)
    if not may_edit(request.user, found):
        raise PermissionDenied
    return found


def address_of(agreement: Agreement) -> str:
    return reverse("agreements:pks" if agreement.is_pks else "agreements:detail", args=[agreement.pk])


@permission_required(Permission.AGREEMENT_EDIT)
def write(request: SignedInRequest) -> HttpResponse:
    """One form for a Nota Kesepakatan: who, about whom, what, since when, on which legal basis."""
    area_code = request.user.area_code
    if not area_code:
        raise PermissionDenied
    asked = _asked_for_row(request)
    data = request.POST if request.method == "POST" else None
    rows = _new_rows(data, area_code, asked)
    form = _new_form(data, area_code, judged=not asked)
    context = {"form": form, **rows, "making": True, "submit": _("Simpan Nota Kesepakatan")}
    if asked:
        return _one_more(request, context, asked)
    if data is not None and all([form.is_valid(), *(one.is_valid() for one in rows.values())]):
        try:
            made = actions.record_agreement(
                area_code=area_code,
                by=request.user,
                parties=party_facts(rows["pihak"]),
                tasks=[*obligations(rows["kewajiban"]), *plan(rows["rencana"])],
                bases=as_bases(form.cleaned_data["bases"]),
                branch=form.cleaned_data["branch"],
                signed_on=form.cleaned_data["signed_on"],
                once=form.cleaned_data["once"],
                **{name: value for name, value in form.wanted().items() if name not in ("bases", "branch_id")},
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Nota Kesepakatan tersimpan. Berikutnya: siapkan PKS tiap perangkat daerah."))
            return redirect("agreements:detail", made.pk)
    return render(request, "agreements/write.html", context, status=_status(form, *rows.values()))


@EDITORS
def edit(request: SignedInRequest, agreement_id: int) -> HttpResponse:
    """Write a draft anew. Where another person wrote the same field meanwhile, both wordings are shown."""
    agreement = writable(request, agreement_id)
    context: dict[str, Any] = {"agreement": agreement, "up_url": address_of(agreement), "submit": _("Simpan perubahan")}
    if not may_write(request.user, agreement):
        return render(request, "agreements/write_closed.html", context | {"why": str(NotYours())})
    only = fields_open(agreement)
    asked = _asked_for_row(request)
    data = request.POST if request.method == "POST" else None
    form, rows = _edit_parts(agreement, data, asked)
    context |= {"form": form, "pihak": rows, "open": agreement.stage in Agreement.OPEN, "only": only}
    if asked:
        return _one_more(request, context, asked)
    if data is None or not all([form.is_valid(), rows is None or rows.is_valid()]):
        return render(request, "agreements/write.html", context, status=_status(form, rows))
    wanted = form.wanted() | ({"parties": party_wanted(rows)} if rows else {})
    saw, undecided = _settled(data, wanted, agreement)
    try:
        actions.edit_agreement(agreement, wanted, revision=saw, by=request.user)
    except EditedMeanwhile as refusal:
        again = _both_wordings(agreement.pk, form, rows, wanted, saw, refusal)
        return render(request, "agreements/write.html", context | again | {"undecided": undecided}, status=409)
    except Refusal as refusal:
        refused(form, refusal)
        return render(request, "agreements/write.html", context, status=422)
    messages.success(request, _("Perubahan tersimpan."))
    return redirect(context["up_url"])


# --- two people at once ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """One field that two people wrote: what it was, what the other wrote, what this person wrote."""

    field: str
    name: str
    was: str
    theirs: str
    yours: str
    by: str
    at: Any
    control: str


def _settled(data: QueryDict, wanted: dict[str, Any], agreement: Agreement) -> tuple[int, bool]:
    """Take out of `wanted` what the person left to the other, and say which revision the person has seen.

    Where a choice is missing, the revision of before: both wordings are shown once more (second value: true).
    """
    saw = _whole(data.get("revision"), agreement.revision)
    asked = data.getlist("berbeda")
    choices = {field: data.get(f"pilih_{field}", "") for field in asked}
    if not asked:
        return saw, False
    if not all(choices.values()):
        return saw, True
    for field, choice in choices.items():
        if choice == "mereka":
            wanted.pop(field, None)
    return _whole(data.get("seen"), saw), False


def _both_wordings(
    pk: int, form: AgreementForm, rows: Rows | None, wanted: dict[str, Any], saw: int, refusal: EditedMeanwhile
) -> dict[str, Any]:
    """The page anew: what this person wrote stays, what others wrote elsewhere comes in, the rest is to choose."""
    agreement = Agreement.objects.get(pk=pk)
    mine = touched(agreement, wanted, revision=saw)
    initial = initial_of(agreement) | {"revision": saw}
    for field in mine - {"parties"}:
        name = _FORM_FIELD.get(field, field)
        initial[name] = form.cleaned_data[name]
    parties = rows.facts() if rows is not None and "parties" in mine else parties_now(agreement)
    again, rows_again = _edit_parts(agreement, None, "", initial=initial, parties=parties)
    return {
        "form": again,
        "pihak": rows_again,
        "meanwhile": refusal,
        "seen": refusal.revision,
        "conflicts": [_choice(one, again) for one in refusal.conflicts],
    }


def _choice(conflict: Conflict, form: AgreementForm) -> Choice:
    field = conflict.field
    name = _FORM_FIELD.get(field, field)
    control = form[name].id_for_label or str(form[name].auto_id) if name in form.fields else "bagian-pihak"
    return Choice(
        field=field,
        name=field_words(field),
        was=_told(field, conflict.was, form),
        theirs=_told(field, conflict.theirs, form),
        yours=_told(field, conflict.yours, form),
        by=conflict.by,
        at=conflict.at,
        control=control,
    )


def _told(field: str, value: Any, form: AgreementForm) -> str:
    if field == "branch_id" and value:
        return next((name for pk, name in form.fields["branch"].choices if str(pk) == str(value)), str(value))  # type: ignore[attr-defined]
    return say(field, value)


# --- parts of the page -----------------------------------------------------------------------------


def _edit_parts(
    agreement: Agreement,
    data: QueryDict | None,
    asked: str,
    *,
    initial: dict[str, Any] | None = None,
    parties: list[dict[str, Any]] | None = None,
) -> tuple[AgreementForm, Rows | None]:
    only = fields_open(agreement)
    initial = initial_of(agreement) if initial is None else initial
    if data is not None and asked:
        initial = as_typed(data, many=AgreementForm.MANY)
    form = AgreementForm(None if asked else data, initial=initial, area_code=agreement.area_code, only=only)
    if agreement.stage not in Agreement.OPEN:
        return form, None
    first = parties_now(agreement) if parties is None else parties
    # The region stands first on paper.
    order = [Side.REGION, Side.BRANCH, Side.OTHER]
    first = sorted(first, key=lambda one: order.index(one["side"]))
    rows = Rows(PartyRow, "pihak", data=data, judged=not asked and data is not None, initial=first, more=bool(asked))
    return form, rows


def _new_form(data: QueryDict | None, area_code: str, *, judged: bool) -> AgreementForm:
    if data is None:
        return AgreementForm(area_code=area_code)
    if judged:
        return AgreementForm(data, area_code=area_code)
    return AgreementForm(initial=as_typed(data, many=AgreementForm.MANY), area_code=area_code)


def _new_rows(data: QueryDict | None, area_code: str, asked: str) -> dict[str, Rows]:
    offices = office_choices(area_code)
    first = {"pihak": [{"side": "region"}, {"side": "branch"}], "kewajiban": [{"side": "region"}, {"side": "branch"}]}
    return {
        prefix: Rows(
            kind, prefix, data=data, judged=data is not None and not asked, initial=first.get(prefix, ()),
            least=least, offices=offices, more=prefix == asked,
        )
        for prefix, (kind, least) in ROWS.items()
    }  # fmt: skip


def _asked_for_row(request: SignedInRequest) -> str:
    asked = request.POST.get("tambah", "")
    return asked if asked in ROWS else ""


def _one_more(request: SignedInRequest, context: dict[str, Any], prefix: str) -> HttpResponse:
    if request.htmx:
        return render(request, f"agreements/_write_{prefix}.html", context | {"rows": context[prefix]})
    return render(request, "agreements/write.html", context)


def refused(form: Any, refusal: Refusal) -> None:
    """Say a refusal at the field it is about, or at the head of the form."""
    names = {"term_reversed": "ends_on", "day_ahead": "signed_on", "reason_needed": "evidence",
             "agreement_there": "title"}  # fmt: skip
    name = names.get(refusal.code)
    if refusal.code == "number_used":
        number = refusal.facts()["number"]
        typed = (side for side in ("region_number", "branch_number") if form.cleaned_data.get(side) == number)
        name = next(typed, None)
    form.add_error(name if name in form.fields else None, str(refusal))


def _status(form: AgreementForm, *rows: Rows | None) -> int:
    faulty = (form.is_bound and form.errors) or any(
        row.errors for one in rows if one for row in one.rows if row.is_bound
    )
    return 422 if faulty else 200


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else otherwise
