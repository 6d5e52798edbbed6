"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from naung.accounts.forms import SignInForm

TRIES = 10
WAIT_SECONDS = 15 * 60


# Django marks LoginView's own `dispatch`; ours must say it again, or the sign-in wall bars its own door.
@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    """Ten wrong tries from one address or for one name, then a quarter of an hour of rest."""

    template_name = "ui/signin.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and any(cache.get(key, 0) >= TRIES for key in _keys(request)):
            return render(request, "accounts/too_many_tries.html", {"minutes": WAIT_SECONDS // 60}, status=429)
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        for key in _keys(self.request):
            cache.add(key, 0, WAIT_SECONDS)
            cache.incr(key)
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        cache.delete_many(_keys(self.request))
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"next": self.get_redirect_url(), "page": _("Masuk")}


class SignOut(LogoutView):
    http_method_names = ["post", "options"]


def help_page(request: HttpRequest) -> HttpResponse:
    """How to begin, by role, and whom to ask."""
    return render(request, "accounts/help.html")


def _keys(request: HttpRequest) -> list[str]:
    # The name is bounded and never stored in the clear: people type passwords into the wrong box.
    name = hash((request.POST.get("username", "")[:150]).casefold())
    return [f"signin:address:{request.META.get('REMOTE_ADDR', '')}", f"signin:name:{name}"]
