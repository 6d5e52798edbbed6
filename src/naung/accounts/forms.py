from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    """User name and password; pasting and password managers work."""

    username = forms.CharField(label=_("Nama pengguna"), widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    error_messages = {
        "invalid_login": _("Nama pengguna atau kata sandi tidak cocok. Periksa lalu coba lagi."),
        "inactive": _("Akun ini tidak aktif. Hubungi admin daerah Anda."),
    }
