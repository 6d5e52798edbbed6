from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from naung.accounts.settings_forms import NewPassword


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


class CodeForm(forms.Form):
    """Six digits, which the phone offers to fill in by itself (WCAG 3.3.8)."""

    field = "kode"

    kode = forms.CharField(
        label=_("Kode 6 angka"),
        max_length=12,  # people type it with a space in the middle
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "num"}),
    )

    @property
    def typed(self) -> str:
        return str(self.cleaned_data[self.field])


class RecoveryForm(forms.Form):
    field = "pemulihan"

    pemulihan = forms.CharField(
        label=_("Kode pemulihan"),
        max_length=30,
        help_text=_("Satu dari sepuluh kode di kertas Anda. Tiap kode berlaku sekali."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    @property
    def typed(self) -> str:
        return str(self.cleaned_data[self.field])


def _current_password() -> forms.CharField:
    return forms.CharField(
        label=_("Kata sandi sekarang"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordAsked(forms.Form):
    """Asked again before something that a passer-by at an open screen must not do."""

    now_used = _current_password()


class ChangePassword(NewPassword):
    now_used = _current_password()
    field_order = ["now_used", "password", "again"]
