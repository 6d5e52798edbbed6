from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import Office
from naung.agreements.models import Agreement
from naung.ui.formats import date_short, spoken
from naung.ui.forms import MonthField


class AgreementForm(forms.Form):
    """Which agreement of the region a programme stands under."""

    agreement = forms.ChoiceField(label=_("Perjanjian"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, agreements: Sequence[Agreement], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["agreement"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), _told(one)) for one in agreements]
        self._by_key = {str(one.pk): one for one in agreements}

    def clean_agreement(self) -> Agreement:
        return self._by_key[self.cleaned_data["agreement"]]


def _told(one: Agreement) -> str:
    """Title, number, last day and stage: what tells two PKS apart."""
    tongue = spoken(get_language())
    last_day = one.ends_on - timedelta(days=1) if one.ends_on else None
    term = [date_short(day, language=tongue) for day in (one.starts_on, last_day) if day]
    parts = [one.title, one.region_number, " – ".join(term), str(one.get_stage_display())]
    return " · ".join(part for part in parts if part)


class ReasonForm(forms.Form):
    """Why the months that no agreement covers run without one."""

    reason = forms.CharField(
        label=_("Alasan tanpa perjanjian"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Siapa memutuskan, dan apa yang ditunggu. Tersimpan dengan nama Anda dan waktunya."),
    )


class HandOverForm(forms.Form):
    """To whom, from which month, by which paper and why."""

    to = forms.ModelChoiceField(
        Office.objects.none(), label=_("Diserahkan kepada"), empty_label=_("Pilih perangkat daerah")
    )
    since = MonthField(label=_("Mulai bulan"), help_text=_("Berlaku tanggal 1 bulan itu."))
    instrument = forms.CharField(
        label=_("Dasar penyerahan"), max_length=160, help_text=_("Jenis dan nomor surat, misalnya SK Wali Kota 800/12.")
    )
    reason = forms.CharField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, offices: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = offices
