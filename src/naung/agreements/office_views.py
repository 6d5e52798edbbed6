"""Perangkat daerah: whom each office can reach, whom to call there, and where its PKS stands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.accounts.profiles import may_edit_profile, profile_of, write_profile
from naung.agreements.offices import office_lines, offices_visible_to
from naung.agreements.queries import follow_ups_visible_to, owed, pks_visible_to
from naung.agreements.reading import states_of
from naung.agreements.telling import people_in
from naung.registry.forms import occupation_choices

PAGE_ROWS = 50


class ProfileForm(forms.Form):
    """What an office says of itself."""

    sector = forms.CharField(label=gettext_lazy("Bidang"), max_length=160, required=False)
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("Pekerjaan yang dapat dijangkau"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    contact_name = forms.CharField(label=gettext_lazy("Narahubung"), max_length=120, required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telepon narahubung"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Disimpan tersegel; hanya tampil bagi yang mengurus kerja sama."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Catatan"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["groups"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = occupation_choices()

    def clean_phone(self) -> str:
        typed = " ".join(str(self.cleaned_data["phone"]).split())
        digits = sum(letter.isdigit() for letter in typed)
        if typed and (not 6 <= digits <= 15 or set(typed) - set("+0123456789 ()-.")):
            raise forms.ValidationError(_("Telepon harus 6 sampai 15 angka, misalnya 0812 3456 7890."))
        return typed


@permission_required(Permission.AGREEMENTS_VIEW)
def offices(request: SignedInRequest) -> HttpResponse:
    """Every office that holds a PKS or could: whom it reaches, whom to call, its PKS and what waits."""
    today = timezone.localdate()
    words = " ".join(request.GET.get("cari", "").split())[:80]
    rows = offices_visible_to(request.user, on=today)
    if words:
        rows = rows.filter(name__icontains=words)
    page = Paginator(rows, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "today": today,
        "page": page,
        "lines": office_lines(request.user, list(page), on=today),
        "words": words,
        "may_call": may_call(request),
    }
    part = request.htmx and not request.htmx.history_restore_request
    return render(request, "agreements/_offices.html" if part else "agreements/offices.html", context)


@permission_required(Permission.AGREEMENTS_VIEW)
def office_profile(request: SignedInRequest, office_id: int) -> HttpResponse:
    """One office: its profile, its papers, its open tasks; those who may, edit the profile here."""
    today = timezone.localdate()
    office = get_object_or_404(offices_visible_to(request.user, on=today), pk=office_id)
    profile, may_edit = profile_of(office), may_edit_profile(request.user, office)
    first = {name: getattr(profile, name) for name in ("sector", "contact_name", "phone", "note")}
    form = ProfileForm(request.POST or None, initial=first | {"groups": list(profile.groups)})
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        if form.is_valid():
            write_profile(office, by=request.user, **form.cleaned_data)
            messages.success(request, _("Profil %(office)s tersimpan.") % {"office": office.name})
            return redirect("agreements:office-profile", office.pk)
    context = {
        "today": today,
        "office": office,
        "profile": profile,
        "reached": people_in(office.area_code, profile.groups),
        "papers": states_of(list(pks_visible_to(request.user).filter(office=office)), today),
        "tasks": list(follow_ups_visible_to(request.user).filter(owed(), owner=office)[:30]),
        "form": form if may_edit else None,
        "may_call": may_edit or may_call(request),
    }
    return render(request, "agreements/office.html", context, status=422 if form.errors else 200)


def may_call(request: SignedInRequest) -> bool:
    """Phones are shown to those who work on agreements or meetings, not to every reader."""
    user = request.user
    return user.may(Permission.AGREEMENT_EDIT) or user.may(Permission.OUTREACH_EDIT)
