from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from naung.ui.forms import DayInput, MonthField


class EnactForm(forms.Form):
    """The number, the day and the signature of a decree."""

    number = forms.CharField(label=_("Nomor SK"), max_length=80)
    decided_on = forms.DateField(label=_("Tanggal SK"), widget=DayInput())
    signer = forms.CharField(label=_("Nama penanda tangan"), max_length=120)
    signer_title = forms.CharField(label=_("Jabatan penanda tangan"), max_length=120)
    checked = forms.BooleanField(label=_("Saya menyetujui jumlah orang dan iuran di atas"))

    def __init__(self, *args: Any, next_number: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if next_number:  # by the pattern of the region; whoever has a number already types it
            self.fields["number"].required = False
            self.fields["number"].help_text = said(
                "Kosongkan untuk nomor menurut pola daerah; berikutnya %(number)s."
            ) % {"number": next_number}


class ReplaceForm(forms.Form):
    """From which month the next on the waiting list take the free places."""

    first_month = MonthField(label=_("Bulan pertama pengganti"))
    on = forms.DateField(label=_("Hari penilaian"), widget=DayInput())
