"""Usulan kelanjutan: what carrying a programme's people on takes, and opening the programme that does it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page
from naung.accounts.permissions import Permission
from naung.accounts.territory import sees_area
from naung.planning import extension
from naung.planning.queries import programmes_of
from naung.programmes import actions
from naung.programmes.models import Programme
from naung.rules.dated import NotInForce


class ExtensionForm(forms.Form):
    """How the next programme is called, and that somebody looked at people and money."""

    name = forms.CharField(label=gettext_lazy("Nama program lanjutan"), min_length=3, max_length=160)
    sure = forms.BooleanField(label=gettext_lazy("Saya sudah memeriksa jumlah orang dan kebutuhan dana"))


@permission_required(Permission.FIGURES_VIEW)
def extension_page(request: SignedInRequest, programme_id: int) -> HttpResponse:
    """People, months and money of the continuation for everybody who sees figures; who may opens it as a programme."""
    user = request.user
    programme = get_object_or_404(programmes_of(user).select_related("owner"), pk=programme_id)
    months = _months(request.GET.get("bulan", ""), extension.usual_months(programme))
    found, refused = None, ""
    try:
        found = extension.extension_of(user, programme, months=months)
    except NotInForce as unknown:
        refused = str(unknown)
    # A part of the programme's area sees its own share of the people: it cannot open the whole.
    may_open = user.may(Permission.PROGRAMME_EDIT) and sees_area(user, programme.area_code)
    handed_in = request.method == "POST" and may_open
    form = ExtensionForm(request.POST if handed_in else None, initial={"name": _next_name(programme)})
    if handed_in and found and found.can_be_opened and form.is_valid():
        made: list[Programme] = []
        spec = extension.spec_of_extension(found, name=form.cleaned_data["name"])
        if accepted(form, lambda: made.append(actions.create_programme(spec, by=user))):
            words = _("Program %(name)s dibuka. Penerima sekarang menjadi calonnya; langkah berikut: seleksi.")
            messages.success(request, words % {"name": made[0].name})
            return redirect("programmes:detail", made[0].pk)
    context = {
        "programme": programme,
        "today": timezone.localdate(),
        "months": months,
        "choices": range(1, extension.MOST_MONTHS + 1),
        "found": found,
        "refused": refused,
        "may_open": may_open,
        "form": form,
    }
    return page(request, "planning/extension.html", context, form=form if handed_in else None)


def _months(asked: str, usual: int) -> int:
    if asked.isascii() and asked.isdigit() and len(asked) <= 2 and 1 <= int(asked) <= extension.MOST_MONTHS:
        return int(asked)
    return usual


def _next_name(programme: Programme) -> str:
    """The old name with the year of its end in place of its own, or the year at the end."""
    old, new = str(programme.starts_on.year), str(programme.ends_on.year)
    name = programme.name
    if old != new and old in name:
        return name.replace(old, new)[:160]
    return f"{name[:145]} lanjutan {new}"
