from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naung.cards import codes
from naung.cards.messaging import DIGITS
from naung.cards.models import Card
from naung.ui.forms import NIKInput

#: The one answer to every miss. Which kind it was would tell a stranger something about somebody.
MISS = _("Kami tidak menemukan data yang cocok. Periksa kode, atau datang ke kantor kelurahan.")
_PLAIN = {"autocomplete": "off", "spellcheck": "false", "class": "num kode-kartu"}


class Lookup(forms.Form):
    """One field. Whatever is typed is looked for; no form of it is a fault of its own."""

    field: str

    @property
    def typed(self) -> str:
        return str(self.data.get(self.field, ""))[:80]

    @classmethod
    def missed(cls) -> Any:
        """The form handed in empty, which has the one answer: what was typed is not shown again on a shared screen."""
        form = cls({})
        form.errors.clear()
        form.add_error(cls.field, MISS)
        return form


class CardForm(Lookup):
    field = "kode"
    kode = forms.CharField(
        label=_("Kode kartu"),
        help_text=_("8 huruf dan angka di kartu Anda. Contoh: K7M2-9QXA"),
        # Room for blanks around and for a second stroke: cutting what is pasted would make it wrong.
        widget=forms.TextInput({**_PLAIN, "autocapitalize": "characters", "maxlength": str(2 * codes.LENGTH)}),
    )


class NIKForm(Lookup):
    field = "nik"
    nik = forms.CharField(label=_("NIK"), help_text=_("16 angka di KTP."), widget=NIKInput())


class MessageForm(Lookup):
    field = "kode"
    kode = forms.CharField(
        label=_("Kode dari SMS"),
        help_text=_("6 angka. Berlaku 10 menit."),
        widget=forms.TextInput(
            {**_PLAIN, "inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": str(2 * DIGITS)}
        ),
    )


class IssueForm(forms.Form):
    """Cards for everybody of a programme."""

    kind = forms.ChoiceField(
        label=_("Berkas untuk pencetak"),
        choices=[("xlsx", _("Lembar Excel (XLSX)")), ("csv", _("Teks (CSV)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    anew = forms.BooleanField(
        label=_("Ganti juga kode yang sudah dibuat (berkas lama hilang). Semua kartu lama berhenti berlaku."),
        required=False,
    )


class EndingForm(forms.Form):
    """Why a worker's card ends."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=[("", _("Pilih alasan")), *Card.Ended.choices])
