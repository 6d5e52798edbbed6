"""Forms of the register of employers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naung.areas import queries as areas
from naung.partners import sectors
from naung.partners.compliance import Standing
from naung.partners.models import Approach, Employer, EmployerList
from naung.partners.reading import MOST_PEOPLE, PROGRAMMES
from naung.registry.forms import SpreadsheetField
from naung.ui.forms import DayInput


def places_of(area_code: str) -> list[Any]:
    """Districts and villages of a territory for a `<select>`, each district first among its villages."""
    found: list[Any] = []
    for district, villages in areas.choices_within(area_code) if area_code else []:
        if district and villages:
            found.append((district, [(villages[0][0][:6], _("Seluruh %(name)s") % {"name": district}), *villages]))
        else:
            found += villages
    return found


class EmployerFilter(forms.Form):
    """What may stand in the address of the list."""

    keadaan = forms.ChoiceField(label=_("Keadaan"), required=False, choices=[("", _("Semua")), *Standing.choices])
    ukuran = forms.ChoiceField(
        label=_("Ukuran usaha"),
        required=False,
        choices=[("", _("Semua")), *Employer.Size.choices, ("-", _("Belum diketahui"))],
    )
    sektor = forms.ChoiceField(label=_("Sektor"), required=False)
    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    nama = forms.CharField(label=_("Nama atau NPP"), required=False, max_length=80)

    def __init__(self, *args: Any, area_code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choose("sektor", [("", _("Semua")), *sectors.choices(), ("-", _("Belum diisi"))])
        self._choose("wilayah", [("", _("Semua wilayah")), *places_of(area_code)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class EmployerListForm(forms.Form):
    """A list of the branch or of Disnaker, with its source and its day."""

    file = SpreadsheetField(label=_("Berkas daftar pemberi kerja"), help_text=_("XLSX, ODS, atau CSV."))
    source = forms.ChoiceField(
        label=_("Sumber"),
        choices=[one for one in EmployerList.Source.choices if one[0] != EmployerList.Source.VISIT],
    )
    as_of = forms.DateField(label=_("Tanggal data"), widget=DayInput())


class EmployerForm(forms.Form):
    """One employer by hand."""

    name = forms.CharField(label=_("Nama pemberi kerja"), max_length=160)
    registration = forms.CharField(label=_("NPP"), max_length=30, required=False, help_text=_("Nomor di cabang BPJS."))
    kind = forms.ChoiceField(label=_("Jenis"), choices=Employer.Kind.choices)
    sector = forms.ChoiceField(label=_("Sektor"), required=False)
    area_code = forms.ChoiceField(label=_("Wilayah"))
    address = forms.CharField(label=_("Alamat"), max_length=240, required=False)
    person = forms.CharField(label=_("Narahubung"), max_length=80, required=False)
    phone = forms.CharField(label=_("Telepon"), max_length=20, required=False)

    def __init__(self, *args: Any, area_code: str, region: str, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (
            ("sector", [("", _("Belum diisi")), *sectors.choices()]),
            ("area_code", [(area_code, region), *places_of(area_code)]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices


class ReportForm(forms.Form):
    """What a source says of an employer on a day. What it does not speak of stays empty."""

    source = forms.ChoiceField(label=_("Sumber"), choices=EmployerList.Source.choices)
    source_name = forms.CharField(label=_("Surat atau berkas"), max_length=160, required=False)
    as_of = forms.DateField(label=_("Tanggal data"), widget=DayInput())
    reported = forms.IntegerField(
        label=_("Pekerja menurut perusahaan"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    registered = forms.IntegerField(
        label=_("Pekerja terdaftar di cabang"), min_value=0, max_value=MOST_PEOPLE, required=False
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program yang diikuti"),
        choices=[(one, one) for one in PROGRAMMES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    none_joined = forms.BooleanField(label=_("Belum mengikuti program apa pun"), required=False)
    size = forms.ChoiceField(
        label=_("Ukuran usaha"),
        choices=[("", _("Tidak disebut")), *Employer.Size.choices],
        required=False,
        help_text=_("Bila modal atau penjualan diisi, ukuran dihitung dari situ."),
    )
    capital_rp = forms.IntegerField(label=_("Modal usaha (Rp)"), min_value=0, max_value=10**15, required=False)
    sales_rp = forms.IntegerField(label=_("Penjualan setahun (Rp)"), min_value=0, max_value=10**15, required=False)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        none = facts.pop("none_joined", False)
        if none and facts.get("programmes"):
            self.add_error("programmes", _("Pilih programnya, atau centang «belum mengikuti», tidak keduanya."))
        facts["programmes"] = facts.get("programmes") or ([] if none else None)
        return facts


class ApproachForm(forms.Form):
    """A letter, a visit or a summons."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Approach.Kind.choices)
    happened_on = forms.DateField(label=_("Tanggal"), widget=DayInput())
    letter_number = forms.CharField(label=_("Nomor surat"), max_length=80, required=False)
    result = forms.CharField(label=_("Hasil sementara"), max_length=240, required=False)
    due_on = forms.DateField(label=_("Tagih lagi pada"), widget=DayInput(), required=False)


class SettleForm(forms.Form):
    """What came of a letter or a visit."""

    result = forms.CharField(label=_("Hasil"), max_length=240)
