from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from naung.ui.forms import DayInput, MonthField


class RunForm(forms.Form):
    """The day on which everybody is judged, and the published seed of the lot."""

    on = forms.DateField(
        label=_("Hari seleksi"), widget=DayInput(), help_text=_("Usia dan data dinilai pada hari ini.")
    )
    first_month = MonthField(label=_("Bulan pertama peserta"))
    seed = forms.IntegerField(
        label=_("Nomor undian"),
        min_value=0,
        max_value=2**63 - 1,
        help_text=_("Diumumkan bersama program. Nomor yang sama selalu memberi urutan yang sama."),
    )


class ReturnForm(forms.Form):
    reason = forms.CharField(label=_("Alasan dikembalikan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class SubmitForm(forms.Form):
    checked = forms.BooleanField(label=_("Saya sudah memeriksa garis batas dan sebaran kecamatan"))
