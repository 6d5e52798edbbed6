"""Signing in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from naung.accounts import limits, second_factor, signing_in
from naung.accounts.addresses import client_address
from naung.accounts.answering import page
from naung.accounts.forms import CodeForm, RecoveryForm, SignInForm
from naung.accounts.models import User
from naung.accounts.refusals import CodeWrong
from naung.accounts.sessions import ENDED

TRIES = 10
CODE_TRIES = 5


# Django marks LoginView's own `dispatch`; ours must say it again, or the sign-in wall bars its own door.
@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Ten wrong tries from one address or for one name, then a quarter of an hour of rest."""

    template_name = "ui/signin.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            tried = [_address(request), _name(request)]
            if minutes := limits.minutes_to_wait(tried, most=TRIES, now=timezone.now()):
                return _too_many(request, minutes)
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        # The name is found. From the address others may have been tried, and those tries still count.
        limits.forget(_name(self.request))
        limits.take_back(_address(self.request))
        user: User = form.get_user()
        if second_factor.factor_of(user):
            signing_in.wait_for_code(self.request, user, goal=self.get_redirect_url())
            return redirect("accounts:code")
        signing_in.enter(self.request, user, how="password")
        response = redirect(self.get_success_url())
        signing_in.remember_region(response, user)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "next": self.get_redirect_url(),
            "page": _("Masuk"),
            "ended": ENDED in self.request.GET or signing_in.came_with_an_ended_session(self.request),
            "region": signing_in.region_of_page(self.request),
        }


@login_not_required
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """After the password: the code of the phone, or one of the paper."""
    found = signing_in.waiting(request)
    if found is None:
        return redirect("accounts:sign-in")
    user, goal = found
    recovery = "pemulihan" in request.POST
    form = (RecoveryForm if recovery else CodeForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        now = timezone.now()
        if minutes := limits.minutes_to_wait([_code_of(user)], most=CODE_TRIES, now=now):
            return _too_many(request, minutes)
        if form.is_valid() and (how := _used(form, user, at=now)):
            limits.forget(_code_of(user))
            signing_in.enter(request, user, how=how)
            if how == "recovery":
                _say_what_is_left(request, user)
            response = redirect(goal or "planning:home")
            signing_in.remember_region(response, user)
            return response
    context = {
        "form": form,
        "code_form": CodeForm() if recovery else form,
        "recovery_form": form if recovery else RecoveryForm(),
        "recovery": recovery,
        "region": signing_in.region_of_page(request),
    }
    return page(request, "accounts/code.html", context, form=form)


def _used(form: CodeForm | RecoveryForm, user: User, *, at: datetime) -> str:
    """How the code was taken; empty where it was wrong, which the form then says."""
    try:
        return second_factor.use(user, form.typed, at=at)
    except CodeWrong as wrong:
        form.add_error(form.field, str(wrong))
        return ""


def _say_what_is_left(request: HttpRequest, user: User) -> None:
    factor = second_factor.factor_of(user)
    left = second_factor.left_of(factor) if factor else 0
    words = ngettext(
        "Anda masuk dengan kode pemulihan. Sisa %(n)d kode; buat yang baru di Akun saya.",
        "Anda masuk dengan kode pemulihan. Sisa %(n)d kode; buat yang baru di Akun saya.",
        left,
    )
    messages.warning(request, words % {"n": left})


class SignOut(LogoutView):
    http_method_names = ["post", "options"]


def help_page(request: HttpRequest) -> HttpResponse:
    """How to begin, by role, and whom to ask."""
    return render(request, "accounts/help.html")


def _too_many(request: HttpRequest, minutes: int) -> HttpResponse:
    response = render(request, "accounts/too_many_tries.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


def _address(request: HttpRequest) -> str:
    return f"masuk:alamat:{client_address(request)}"


def _name(request: HttpRequest) -> str:
    # Bounded, and kept only as a keyed hash: people type passwords into the wrong box.
    return f"masuk:nama:{request.POST.get('username', '')[:150].casefold()}"


def _code_of(user: User) -> str:
    return f"kode-kedua:{user.pk}"
