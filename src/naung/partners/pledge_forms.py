"""Forms of pledges and givers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import Office
from naung.agreements.models import Agreement
from naung.partners.models import Pledge
from naung.programmes.models import FundingLine
from naung.registry.forms import SpreadsheetField
from naung.ui.forms import DayInput, MonthField

PACKAGES = [("JKK JKM", "JKK + JKM"), ("JKK JKM JHT", "JKK + JKM + JHT")]


class AgreementField(forms.ModelChoiceField):
    """A PKS by its number and title."""

    def label_from_instance(self, obj: Any) -> str:
        return " · ".join(part for part in (obj.region_number, obj.title) if part)


class LineField(forms.ModelChoiceField):
    """A funding line with its programme."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} · {obj.programme.name}"


class PledgeForm(forms.Form):
    """What a donor promised. A donor that is not in the list is named."""

    donor_name = forms.CharField(
        label=_("Nama donatur baru"), max_length=120, required=False, help_text=_("Kosongkan bila sudah ada di daftar.")
    )
    kind = forms.ChoiceField(label=_("Jenis"), choices=Pledge.Kind.choices)
    pledged_on = forms.DateField(label=_("Tanggal komitmen"), widget=DayInput())
    people = forms.IntegerField(label=_("Jumlah pekerja"), min_value=1, max_value=1_000_000)
    months = forms.IntegerField(label=_("Lama (bulan)"), min_value=1, max_value=60)
    first_month = MonthField(label=_("Bulan pertama"), required=False)
    package = forms.ChoiceField(label=_("Program"), choices=PACKAGES)
    amount_rp = forms.IntegerField(
        label=_("Jumlah komitmen (Rp)"),
        min_value=1,
        max_value=10**13,
        help_text=_("Seperti yang dijanjikan. Naung membandingkannya dengan iuran menurut aturan."),
    )
    source = forms.CharField(label=_("Surat atau sumber"), max_length=200, required=False)
    no_agreement_reason = forms.CharField(label=_("Mengapa belum ada PKS"), max_length=200)

    field_order = ("donor", "donor_name")

    def __init__(self, *args: Any, donors: QuerySet[Office], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["donor"] = forms.ModelChoiceField(
            label=_("Donatur"), queryset=donors, required=False, empty_label=_("Donatur baru")
        )
        self.order_fields(self.field_order)

    def clean_package(self) -> list[str]:
        chosen: str = self.cleaned_data["package"]
        return chosen.split()


class LinkForm(forms.Form):
    """The PKS that a pledge stands on, and the funding line that it became."""

    def __init__(
        self, *args: Any, agreements: QuerySet[Agreement], lines: QuerySet[FundingLine], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["agreement"] = AgreementField(
            label=_("PKS"), queryset=agreements, required=False, empty_label=_("Belum ada PKS")
        )
        self.fields["no_agreement_reason"] = forms.CharField(
            label=_("Mengapa belum ada PKS"), max_length=200, required=False
        )
        self.fields["funding_line"] = LineField(
            label=_("Menjadi sumber dana"), queryset=lines, required=False, empty_label=_("Belum menjadi sumber dana")
        )


class CancelForm(forms.Form):
    """Why a donor called its pledge off."""

    reason = forms.CharField(label=_("Alasan"), max_length=200)


class GiverListForm(forms.Form):
    """A list of civil servants who each pay for some workers."""

    file = SpreadsheetField(
        label=_("Berkas daftar pemberi"), help_text=_("Kolom: Nama, Unit kerja, Jumlah pekerja, Sejak, Sampai.")
    )
