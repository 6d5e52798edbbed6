"""Pengaturan of a region: its people and its offices."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from naung.accounts import second_factor
from naung.accounts import settings_queries as queries
from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, done_or_told, page, private
from naung.accounts.audit_words import ACTS
from naung.accounts.crests import crest_of
from naung.accounts.inviting import Invited, change_user, deactivate_user, invite, invite_again, reactivate_user
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.accounts.queries import offices_in
from naung.accounts.region_actions import add_office, rename_office
from naung.accounts.settings_forms import (
    InviteForm,
    OfficeForm,
    PeopleFilter,
    PeopleSearch,
    PersonForm,
    RenameForm,
)
from naung.areas.queries import names_of
from naung.audit.queries import records_of
from naung.refusal import Refusal

PAGE_ROWS = 50
_HISTORY_ROWS = 12
_REGION_DIGITS = 4

_admins_only = permission_required(Permission.SETTINGS_EDIT)


@private
@_admins_only
def overview(request: SignedInRequest) -> HttpResponse:
    """Every setting in one look, each with where it stands."""
    area = request.user.area_code
    context = {
        "people": queries.count_people(request.user),
        "offices": offices_in(area).count(),
        "region": queries.region_settings(area) if len(area) <= _REGION_DIGITS else None,
        "crest": crest_of(area),
        "with_factor": sum(one.with_factor for one in queries.second_factors_by_role(request.user)),
    }
    return page(request, "accounts/settings.html", context)


# --- people ----------------------------------------------------------------------------------------


@private
@_admins_only
def people_list(request: SignedInRequest) -> HttpResponse:
    """Fifty people at a time; a search by name is a POST and answers at once."""
    wanted = PeopleFilter(request.GET)
    chosen = wanted.cleaned_data if wanted.is_valid() else {}
    search = PeopleSearch(request.POST or None)
    text = search.cleaned_data["cari"] if search.is_bound and search.is_valid() else ""
    rows = queries.people(
        request.user, role=chosen.get("peran", ""), state=chosen.get("status", ""), text=text.strip()
    )  # fmt: skip
    pages = Paginator(rows, PAGE_ROWS)
    shown = pages.get_page(request.GET.get("page"))
    names = names_of(one.area_code for one in shown)
    now = timezone.now()
    context = {
        "page": shown,
        "rows": [(one, names.get(one.area_code, one.area_code), queries.state_of(one, at=now)) for one in shown],
        "filter": wanted,
        "search": search,
        "text": text,
        "narrowed": bool(text or any(chosen.values())),
        "form": search,
    }
    return page(request, "accounts/people.html", context, form=search)


@private
@_admins_only
def invite_person(request: SignedInRequest) -> HttpResponse:
    """A new person. The answer to the form shows the link, once; nothing of it is kept in the session."""
    handed_in = request.method == "POST"
    form = InviteForm(request.POST if handed_in else None, by=request.user)
    link: list[Invited] = []
    if handed_in and form.is_valid():
        facts, now = form.cleaned_data, timezone.now()
        if accepted(form, lambda: link.append(invite(**facts, at=now, by=request.user))):
            return _link_page(request, link[0])
    return page(request, "accounts/invite.html", {"form": form}, form=form)


@private
@require_POST
@_admins_only
def renew(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Another link for a person who lost the first, or the password."""
    found = _person(request, user_id)
    try:
        return _link_page(request, invite_again(found, at=timezone.now(), by=request.user))
    except Refusal as refusal:
        return _person_page(request, found, said=refusal)


def _link_page(request: SignedInRequest, made: Invited) -> HttpResponse:
    address = request.build_absolute_uri(reverse("accounts:invitation", args=[made.token]))
    context = {"person": made.user, "link": address, "expires_at": made.expires_at}
    return page(request, "accounts/link.html", context)


@private
@_admins_only
def person(request: SignedInRequest, user_id: int) -> HttpResponse:
    """One person: rights to change, and everything done to the account."""
    found = _person(request, user_id)
    if request.method != "POST":
        return _person_page(request, found)
    form = PersonForm(request.POST, by=request.user, person=found)
    if form.is_valid() and accepted(form, lambda: change_user(found, **form.cleaned_data, by=request.user)):
        return _told(request, _("Perubahan tersimpan."), "accounts:person", found.pk)
    return _person_page(request, found, form=form)


@private
@require_POST
@_admins_only
def switch(request: SignedInRequest, user_id: int) -> HttpResponse:
    """Take a person out, or let him in again."""
    found = _person(request, user_id)
    if request.POST.get("aktif") == "1":
        done = _("Akun diaktifkan. Orang ini masuk dengan kata sandi yang lama.")
        ended = done_or_told(request, lambda: reactivate_user(found, by=request.user), done=done)
    elif request.POST.get("aktif") == "0":
        done = _("Akun dinonaktifkan. Semua sesinya berakhir.")
        now = timezone.now()
        ended = done_or_told(request, lambda: deactivate_user(found, at=now, by=request.user), done=done)
    else:
        ended = False
    return redirect("accounts:person", found.pk) if ended else _person_page(request, found)


@private
@require_POST
@_admins_only
def reset_factor(request: SignedInRequest, user_id: int) -> HttpResponse:
    """For a person who lost phone and paper."""
    found = _person(request, user_id)
    done = _("Kode kedua dihapus. Orang ini masuk dengan kata sandi, lalu dapat menyalakannya lagi.")
    if done_or_told(request, lambda: second_factor.reset(found, by=request.user), done=done):
        return redirect("accounts:person", found.pk)
    return _person_page(request, found)


def _person(request: SignedInRequest, user_id: int) -> User:
    return get_object_or_404(queries.people(request.user), pk=user_id)


def _person_page(
    request: SignedInRequest, found: User, *, form: PersonForm | None = None, said: Refusal | None = None
) -> HttpResponse:
    kept = {name: getattr(found, name) for name in ("full_name", "role", "office", "area_code")}
    shown = form or PersonForm(initial=kept, by=request.user, person=found)
    history = records_of("user", found.pk)[:_HISTORY_ROWS]
    context = {
        "person": found,
        "state": queries.state_of(found, at=timezone.now()),
        "self": found.pk == request.user.pk,
        "form": shown,
        "said": said,
        "factor": second_factor.factor_of(found),
        "history": [(one, ACTS.get(one.action, one.action)) for one in history],
        "area_name": names_of([found.area_code]).get(found.area_code, found.area_code),
    }
    response = page(request, "accounts/person.html", context, form=form)
    if said:
        response.status_code = 422
    return response


# --- offices ---------------------------------------------------------------------------------------


@private
@_admins_only
def offices(request: SignedInRequest) -> HttpResponse:
    """The offices of the territory, and a form for one more."""
    handed_in = request.method == "POST"
    form = OfficeForm(request.POST if handed_in else None, by=request.user)
    if handed_in and form.is_valid() and accepted(form, lambda: add_office(**form.cleaned_data, by=request.user)):
        return _told(request, _("Kantor tersimpan."), "accounts:offices")
    shown = Paginator(queries.offices_with_people(request.user), PAGE_ROWS).get_page(request.GET.get("page"))
    names = names_of(one.area_code for one in shown)
    rows = [(one, names.get(one.area_code, one.area_code)) for one in shown]
    return page(request, "accounts/offices.html", {"page": shown, "rows": rows, "form": form}, form=form)


@private
@_admins_only
def office(request: SignedInRequest, office_id: int) -> HttpResponse:
    """Another name for an office."""
    found: Office = get_object_or_404(queries.offices_with_people(request.user), pk=office_id)
    handed_in = request.method == "POST"
    form = RenameForm(request.POST if handed_in else None, initial={"name": found.name})
    if handed_in and form.is_valid():
        name = form.cleaned_data["name"]
        if accepted(form, lambda: rename_office(found, name=name, by=request.user)):
            return _told(request, _("Nama kantor tersimpan."), "accounts:offices")
    return page(request, "accounts/office.html", {"office": found, "form": form}, form=form)


def _told(request: SignedInRequest, said: str, name: str, *args: object) -> HttpResponse:
    messages.success(request, said)
    return redirect(name, *args)
