"""Sosialisasi: whom the meetings reached, and who joined afterwards."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.permissions import Permission
from naung.agreements.models import Meeting
from naung.outreach import queries
from naung.outreach.reach import ALL_KINDS, FOR_WORKERS, reach

ALL = "semua"


class ReachFilter(forms.Form):
    """Of which year and which meetings: filters that may stand in an address."""

    tahun = forms.ChoiceField(label=_("Tahun"), required=False)
    jenis = forms.ChoiceField(
        label=_("Pertemuan"),
        required=False,
        choices=[("", _("Sosialisasi dan kunjungan")), *Meeting.Kind.choices, (ALL, _("Semua pertemuan"))],
    )


@permission_required(Permission.AGREEMENTS_VIEW)
def overview(request: SignedInRequest) -> HttpResponse:
    """Counts by group and village, villages nobody came from, and those who joined; never a person."""
    asked = ReachFilter(request.GET)
    year_field = asked.fields["tahun"]
    assert isinstance(year_field, forms.ChoiceField)
    year_field.choices = [("", _("Semua tahun")), *((str(year), str(year)) for year in queries.years_of(request.user))]
    asked.is_valid()
    year, kind = asked.cleaned_data.get("tahun"), asked.cleaned_data.get("jenis", "")
    kinds = ALL_KINDS if kind == ALL else (kind,) if kind else FOR_WORKERS
    may_record = request.user.may(Permission.OUTREACH_EDIT)
    context = {
        "filter": asked,
        "reach": reach(request.user, on=timezone.localdate(), year=int(year) if year else None, kinds=kinds),
        "may_record": may_record,
        "guarded": not may_record,
    }
    return render(request, "outreach/reach.html", context)
