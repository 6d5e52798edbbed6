from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.registry.models import ReferenceList
from naung.ui.forms import DayInput
from naung.ui.terms import term

SPREADSHEETS = ".xlsx,.ods,.csv"


class SpreadsheetField(forms.FileField):
    """One spreadsheet as a village sends it. What is inside is judged by the intake, not here."""

    widget = forms.ClearableFileInput
    default_error_messages = {
        "too_large": _("Berkas paling besar %(limit)s MB. Sekarang %(now)s MB. Bagi menjadi beberapa berkas."),
        "empty": _("Berkas ini kosong. Periksa lalu pilih berkas yang benar."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.FileInput(attrs={"accept": SPREADSHEETS}), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        limit = settings.UPLOAD_LIMIT_BYTES
        if file and file.size > limit:
            megabytes = f"{file.size / 1024 / 1024:.1f}".replace(".", ",")
            raise forms.ValidationError(
                self.error_messages["too_large"],
                code="too_large",
                params={"limit": limit // 1024 // 1024, "now": megabytes},
            )
        return file


def occupation_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The taxonomy of work under its groups, for a `<select>`."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in occupations().values():
        groups.setdefault(term(one.group), []).append((one.code, term(one.label)))
    return list(groups.items())


class WorkerFilter(forms.Form):
    """Where and what: filters that may stand in an address."""

    wilayah = forms.ChoiceField(label=_("Wilayah"), required=False)
    pekerjaan = forms.ChoiceField(label=_("Pekerjaan"), required=False)

    def __init__(self, *args: Any, area_code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        everywhere: list[tuple[str, str | Promise]] = [("", _("Semua wilayah"))]
        places = areas.choices_within(area_code) if area_code else []
        self._choices("wilayah", [*everywhere, *(item for group in places for item in _flat(group))])
        self._choices("pekerjaan", [("", _("Semua pekerjaan")), *occupation_choices()])
        if not places:
            del self.fields["wilayah"]

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _flat(group: tuple[str, list[tuple[str, str]]]) -> list[Any]:
    name, members = group
    return [(name, members)] if name else list(members)


class ReferenceForm(forms.Form):
    """What another body answered, with its source and its day."""

    kind = forms.ChoiceField(
        label=_("Jenis data"),
        choices=[
            ("deaths", _("Data kematian (Dukcapil)")),
            ("members", _("Peserta lain (penerima upah, dibayar sumber lain)")),
            ("moved", _("Pindah keluar")),
            ("deciles", _("Desil kesejahteraan (DTSEN)")),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.CharField(
        label=_("Sumber"), max_length=120, help_text=_("Siapa yang menjawab, misalnya Disdukcapil Kota Binjai.")
    )
    as_of = forms.DateField(
        label=_("Tanggal data"), widget=DayInput(), help_text=_("Hari yang digambarkan data, bukan hari unggah.")
    )
    file = SpreadsheetField(
        label=_("Berkas"), help_text=_("XLSX, ODS, atau CSV, paling besar 5 MB. Harus ada kolom NIK.")
    )

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        assert kind in ReferenceList.Kind.values
        return str(kind)


class DecisionForm(forms.Form):
    """A person's eye on one row. `choices` are the decisions open to that person, each with what follows from it."""

    #: A decision that changes nothing: the row stays a draft.
    UNSURE = "unsure"

    verdict = forms.ChoiceField(label=_("Keputusan"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        required=False,
        help_text=_("Tercatat pada baris ini, misalnya «KTP sudah dicocokkan di kelurahan»."),
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("verdict") not in (None, self.UNSURE) and not facts.get("reason"):
            self.add_error("reason", forms.ValidationError(_("Isi alasan"), code="required"))
        return facts


class ReturnForm(forms.Form):
    """Why a list, or some of its rows, goes back to whoever sent it."""

    reason = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Dibaca operator desa, misalnya «NIK baris ini milik tetangganya»."),
    )


class CorrectionForm(forms.Form):
    """What to type over a faulty row.

    Numbers that identify are never filled in by the page; what stays empty stays as it was.
    """

    name = forms.CharField(label=_("Nama"), max_length=120, required=False)
    nik = forms.CharField(
        label="NIK",
        max_length=30,
        required=False,
        help_text=_("16 angka dari KTP. Kosongkan bila NIK tidak berubah."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    birth_date = forms.DateField(label=_("Tanggal lahir"), widget=DayInput(), required=False)
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"),
        choices=[("", _("Seperti di daftar")), ("L", _("laki-laki")), ("P", _("perempuan"))],
        required=False,
    )
    village = forms.CharField(
        label=_("Desa/kelurahan"), max_length=80, required=False, help_text=_("Kosongkan bila tidak berubah.")
    )
    district = forms.CharField(
        label=_("Kecamatan"), max_length=80, required=False, help_text=_("Kosongkan bila tidak berubah.")
    )
    occupation = forms.ChoiceField(label=_("Pekerjaan"), required=False)
    kk = forms.CharField(
        label=_("Nomor KK"),
        max_length=30,
        required=False,
        help_text=_("Kosongkan bila tidak berubah."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telepon"),
        max_length=30,
        required=False,
        help_text=_("Kosongkan bila tidak berubah."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["occupation"]
        assert isinstance(field, forms.ChoiceField)
        as_it_was: list[Any] = [("", _("Seperti di daftar"))]
        field.choices = [*as_it_was, *occupation_choices()]

    @staticmethod
    def as_received(said: dict[str, Any]) -> dict[str, Any]:
        """What the form shows at first: nothing that identifies by number."""
        return {name: said.get(name) for name in ("name", "birth_date", "sex", "occupation") if said.get(name)}

    def typed(self) -> dict[str, str]:
        """What was typed, as `registry.actions.correct_row` takes it; ask after `is_valid()`.

        What the page filled in itself and nobody touched is no correction.
        """
        changed = {name: self.cleaned_data[name] for name in self.changed_data}
        if work := occupations().get(changed.get("occupation", "")):
            changed["occupation"] = work.label
        if day := changed.get("birth_date"):
            changed["birth_date"] = f"{day:%d-%m-%Y}"
        return {name: str(value) for name, value in changed.items() if value}
