from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from naung.programmes.models import Programme
from naung.registry.forms import SpreadsheetField
from naung.ui.forms import DayInput


class ProgrammeChoice(forms.ModelChoiceField):
    def label_from_instance(self, programme: Programme) -> str:
        return f"{programme.name} ({programme.fiscal_year})"


class UploadForm(forms.Form):
    """A list of people for one open programme."""

    programme = ProgrammeChoice(label=_("Program"), queryset=Programme.objects.none(), empty_label=_("Pilih satu"))
    file = SpreadsheetField(
        label=_("Berkas daftar"),
        help_text=_("XLSX, ODS, atau CSV seperti adanya, paling besar 5 MB. Kolom boleh bernama apa saja."),
    )
    reference_date = forms.DateField(
        label=_("Tanggal hitung usia"), widget=DayInput(), help_text=_("Usia setiap orang dihitung pada hari ini.")
    )
    ask_columns = forms.BooleanField(
        label=_("Saya cocokkan sendiri kolomnya"),
        required=False,
        help_text=_("Centang bila judul kolom di berkas tidak biasa atau tidak ada."),
    )

    def __init__(self, *args: Any, programmes: QuerySet[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["programme"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = programmes
        self.fields["reference_date"].initial = timezone.localdate
