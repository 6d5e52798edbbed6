"""Pengaturan of a region: its name, its crest, how it numbers its papers, and who must sign in with a code too."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts import settings_queries as queries
from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.crests import crest_of, crest_url, remove_crest, set_crest
from naung.accounts.permissions import Permission
from naung.accounts.region_actions import set_region, set_security
from naung.accounts.settings_forms import CrestForm, RegionForm, SecurityForm
from naung.areas.queries import names_of
from naung.documents.numbering import TOKENS, fault_of, number_by
from naung.ui.formats import initials

_REGION_DIGITS = 4
_EXAMPLE_CODE = "PEKERJA-RENTAN"

_admins_only = permission_required(Permission.SETTINGS_EDIT)


@private
@_admins_only
def region(request: SignedInRequest) -> HttpResponse:
    """Name and patterns, with what the next number would look like. «Lihat contoh» keeps nothing."""
    area = _region_of(request)
    kept = queries.region_settings(area)
    handed_in = request.method == "POST"
    initial = {name: getattr(kept, name) for name in RegionForm.base_fields}
    form = RegionForm(request.POST if handed_in else None, initial=initial)
    if handed_in and form.is_valid() and "contoh" not in request.POST:
        facts = form.cleaned_data
        if accepted(form, lambda: set_region(area, **facts, by=request.user)):
            messages.success(request, _("Pengaturan daerah tersimpan."))
            return redirect("accounts:region")
    return _region_page(request, area, form, handed_in=form if handed_in else None)


@private
@require_POST
@_admins_only
def region_crest(request: SignedInRequest) -> HttpResponse:
    """Another crest from a file, or none."""
    area = _region_of(request)
    if "lepas" in request.POST:
        remove_crest(area, by=request.user)
        messages.success(request, _("Lambang dilepas. Halaman memakai huruf awal nama daerah."))
        return redirect("accounts:region")
    form = CrestForm(request.POST, request.FILES)
    now = timezone.now()
    if form.is_valid():
        content = form.cleaned_data["crest"].read()
        if accepted(form, lambda: set_crest(area, content=content, at=now, by=request.user)):
            messages.success(request, _("Lambang tersimpan. Ia tampil di menu, halaman masuk, dan SK."))
            return redirect("accounts:region")
    kept = queries.region_settings(area)
    named = RegionForm(initial={name: getattr(kept, name) for name in RegionForm.base_fields})
    return _region_page(request, area, named, crest_form=form, handed_in=form)


def _region_page(
    request: SignedInRequest,
    area: str,
    form: RegionForm,
    *,
    handed_in: RegionForm | CrestForm | None,
    crest_form: CrestForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    name = names_of([area]).get(area, area)
    kept_crest = crest_of(area)
    typed = [(form[name].label, str(form[name].value() or "")) for name in ("decree_pattern", "bill_pattern")]
    context = {
        "form": handed_in or form,  # what the title and the summary of faults speak of
        "named": form,
        "crest_form": crest_form or CrestForm(),
        "crest": kept_crest,
        "crest_url": crest_url(kept_crest.digest) if kept_crest else "",
        "initials": initials(request.user.territory_name or name),
        "previews": [
            (label, number_by(pattern, number=7, on=today, code=_EXAMPLE_CODE))
            for label, pattern in typed
            if pattern and not fault_of(pattern)
        ],
        "tokens": [(f"{{{token}}}", shown(7, today, _EXAMPLE_CODE)) for token, shown in TOKENS.items()],
        "area_name": name,
    }
    return page(request, "accounts/region.html", context, form=handed_in)


@private
@_admins_only
def security(request: SignedInRequest) -> HttpResponse:
    """Which roles must sign in with a code of their phone too, and how many of their people do."""
    area = _region_of(request)
    handed_in = request.method == "POST"
    kept = queries.region_settings(area)
    form = SecurityForm(request.POST if handed_in else None, initial={"roles": kept.second_factor_roles})
    if handed_in and form.is_valid():
        roles = form.cleaned_data["roles"]
        if accepted(form, lambda: set_security(area, second_factor_roles=roles, by=request.user)):
            messages.success(request, _("Aturan masuk tersimpan. Berlaku saat orang itu masuk berikutnya."))
            return redirect("accounts:security")
    context = {
        "form": form,
        "rows": queries.second_factors_by_role(request.user),
        "required": set(kept.second_factor_roles),
        "area_name": names_of([area]).get(area, area),
    }
    return page(request, "accounts/security.html", context, form=form if handed_in else None)


def _region_of(request: SignedInRequest) -> str:
    area = request.user.area_code
    if len(area) > _REGION_DIGITS:  # a district or village is called what its regency calls it
        raise PermissionDenied
    return area
