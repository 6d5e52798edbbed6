"""Akun saya: what a person sees and changes of his own account, whatever his role."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from naung.accounts import limits, second_factor, sessions
from naung.accounts.access import SignedInRequest
from naung.accounts.actions import end_sessions, set_password
from naung.accounts.answering import accepted, page, private
from naung.accounts.forms import ChangePassword, CodeForm, PasswordAsked
from naung.accounts.models import SecondFactor
from naung.accounts.refusals import CodeWrong, PasswordWrong
from naung.audit.models import Record
from naung.audit.queries import records_of

PASSWORD_TRIES = 5
_SIGN_INS = 8
_HOW = {
    "password": gettext_lazy("dengan kata sandi"),
    "code": gettext_lazy("dengan kode kedua"),
    "recovery": gettext_lazy("dengan kode pemulihan"),
}
_DEVICES = {"phone": gettext_lazy("ponsel"), "computer": gettext_lazy("komputer")}


@private
def account(request: SignedInRequest) -> HttpResponse:
    """Who I am here, how I sign in, and when somebody last did in my name."""
    user = request.user
    factor = second_factor.factor_of(user)
    context = {
        "factor": factor,
        "left": second_factor.left_of(factor) if factor else 0,
        "required": second_factor.required_of(user),
        "sign_ins": [_told(one) for one in records_of("user", user.pk).filter(action="user.sign_in")[:_SIGN_INS]],
        "ends_at": sessions.ends_at(request),
    }
    return page(request, "accounts/account.html", context)


def _told(one: Record) -> dict[str, object]:
    detail = one.detail
    return {"at": one.at, "how": _HOW.get(detail.get("how"), ""), "device": _DEVICES.get(detail.get("device"), "")}


@private
def password(request: SignedInRequest) -> HttpResponse:
    """Another password; whoever wants it knows the one of now."""
    handed_in = request.method == "POST"
    form = ChangePassword(request.POST if handed_in else None)
    if handed_in and form.is_valid():
        chosen = form.cleaned_data["password"]
        if _trusted(request, form, lambda: set_password(user=request.user, password=chosen, by=request.user)):
            update_session_auth_hash(request, request.user)
            messages.success(request, _("Kata sandi diganti. Sesi Anda di perangkat lain berakhir."))
            return redirect("accounts:account")
    return page(request, "accounts/password.html", {"form": form}, form=form if handed_in else None)


@private
@require_POST
def end_others(request: SignedInRequest) -> HttpResponse:
    """Every session of mine but this one."""
    end_sessions(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Sesi Anda di perangkat lain berakhir. Sesi ini tetap berjalan."))
    return redirect("accounts:account")


# --- the second factor -------------------------------------------------------------------------------


@private
def factor(request: SignedInRequest) -> HttpResponse:
    """Turn it on, get other recovery codes, turn it off. Each is a button; the page says which one may be pressed."""
    act = _ACTS.get(request.POST.get("aksi", ""))
    return act(request) if act else _factor_page(request)


def _begin(request: SignedInRequest) -> HttpResponse:
    second_factor.begin(request.user)
    return redirect("accounts:second-factor")


def _confirm(request: SignedInRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            codes = second_factor.confirm(request.user, form.typed, at=timezone.now())
        except CodeWrong as wrong:
            form.add_error(form.field, str(wrong))
        else:
            update_session_auth_hash(request, request.user)
            request.session.pop(sessions.MUST_ENROL, None)
            return _codes_page(request, codes, first=True)
    return _factor_page(request, code_form=form)


def _renew(request: SignedInRequest) -> HttpResponse:
    form = PasswordAsked(request.POST, auto_id="pemulihan_%s")
    codes: list[str] = []
    if form.is_valid() and _trusted(
        request, form, lambda: codes.extend(second_factor.renew_recovery_codes(request.user))
    ):
        return _codes_page(request, codes, first=False)
    return _factor_page(request, password_form=form, asked="pemulihan")


def _turn_off(request: SignedInRequest) -> HttpResponse:
    form = PasswordAsked(request.POST, auto_id="matikan_%s")
    if form.is_valid() and _trusted(request, form, lambda: second_factor.turn_off(request.user)):
        messages.success(request, _("Kode kedua dimatikan. Anda masuk dengan kata sandi saja."))
        return redirect("accounts:account")
    return _factor_page(request, password_form=form, asked="matikan")


_ACTS: dict[str, Callable[[SignedInRequest], HttpResponse]] = {
    "mulai": _begin,
    "sahkan": _confirm,
    "pemulihan": _renew,
    "matikan": _turn_off,
}


def _factor_page(
    request: SignedInRequest,
    *,
    code_form: CodeForm | None = None,
    password_form: PasswordAsked | None = None,
    asked: str = "",
) -> HttpResponse:
    found = SecondFactor.objects.filter(user=request.user).first()
    on = found is not None and found.confirmed_at is not None
    beginning = found is not None and not on
    address = second_factor.address_of(found) if found and beginning else ""
    context = {
        "factor": found if on else None,
        "beginning": beginning,
        "required": second_factor.required_of(request.user),
        "must": request.session.get(sessions.MUST_ENROL, False),
        "left": second_factor.left_of(found) if found and on else 0,
        "address": address,
        "square": second_factor.square_of(address) if address else "",
        "secret": second_factor.secret_of(found) if found and beginning else "",
        "code_form": code_form or CodeForm(),
        # Two forms of one kind on the page: each control has an id of its own.
        "password_form": password_form if asked == "pemulihan" else PasswordAsked(auto_id="pemulihan_%s"),
        "second_password_form": password_form if asked == "matikan" else PasswordAsked(auto_id="matikan_%s"),
        "asked": asked,
        "form": code_form or password_form,
    }
    return page(request, "accounts/second_factor.html", context, form=code_form or password_form)


def _codes_page(request: SignedInRequest, codes: list[str], *, first: bool) -> HttpResponse:
    """The codes, once: nothing keeps them, and asking for this page again gives none."""
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "first": first})


def _trusted(request: SignedInRequest, form: Form, act: Callable[[], object]) -> bool:
    """Do `act` for whoever knows the password of now (`now_used`); whoever mistypes it too often waits."""
    key = f"kata-sandi:{request.user.pk}"
    if minutes := limits.minutes_to_wait([key], most=PASSWORD_TRIES, now=timezone.now()):
        words = ngettext(
            "Terlalu banyak percobaan. Tunggu %(n)d menit.", "Terlalu banyak percobaan. Tunggu %(n)d menit.", minutes
        )
        form.add_error(None, words % {"n": minutes})
        return False
    if not request.user.check_password(form.cleaned_data["now_used"]):
        form.add_error("now_used", str(PasswordWrong()))
        return False
    limits.forget(key)
    return accepted(form, act)


# --- the session -------------------------------------------------------------------------------------


@private
def session(request: SignedInRequest) -> HttpResponse:
    """«Lanjutkan»: POST begins the whole time anew. A script gets how long is left, and the token for its forms."""
    if request.method == "POST":
        sessions.go_on(request)
    if request.headers.get("Accept") == "application/json":
        left = sessions.seconds_left(request)
        return JsonResponse({"left": left, "token": get_token(request), "person": str(request.user.pk)})
    goal = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(goal, {request.get_host()}, request.is_secure()):
        return redirect("planning:home")
    return redirect(goal)
