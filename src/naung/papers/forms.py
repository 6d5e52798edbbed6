"""Forms of papers. The fields that only people know are built from the kind of paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from naung.documents.letters.fields import Field
from naung.documents.letters.kinds import KINDS
from naung.documents.numbering import LONGEST, fault_of
from naung.papers import codes
from naung.papers.queries import IN_FORCE, REPLACED, WITHDRAWN
from naung.ui.forms import DayInput

_PREFIX = "isi"
_LONGEST_TEXT = 600
_LONGEST_LINES = 6_000
MOST_TEMPLATE_BYTES = 5 * 1024 * 1024

STATES = {IN_FORCE: _("Berlaku"), REPLACED: _("Digantikan"), WITHDRAWN: _("Ditarik")}


class PaperFilter(forms.Form):
    """Which papers; it names nobody, so it may stand in the address."""

    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    tahun = forms.ChoiceField(label=_("Tahun"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Semua")), *STATES.items()])

    def __init__(self, *args: Any, years: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        everything = ("", _("Semua"))
        self.fields["jenis"].choices = [everything, *kind_choices()]  # type: ignore[attr-defined]
        self.fields["tahun"].choices = [everything, *((str(one), str(one)) for one in years)]  # type: ignore[attr-defined]


def kind_choices() -> list[tuple[str, str]]:
    return [(kind.code, gettext(kind.name)) for kind in KINDS.values()]


class DayForm(forms.Form):
    """The day that stands on the paper: its fields are gathered for that day."""

    tanggal = forms.DateField(label=_("Tanggal naskah"), widget=DayInput())

    def clean_tanggal(self) -> date:
        day: date = self.cleaned_data["tanggal"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal naskah paling lambat hari ini."))
        return day

    def not_before(self, earliest: date | None) -> None:
        """A fault where the day lies before there was anything to write about. Ask only after `is_valid()`."""
        day = self.cleaned_data.get("tanggal")
        if earliest and day and day < earliest:
            said = gettext("Tanggal naskah paling awal %(day)s: sebelum itu belum ada yang dapat dinaskahkan.")
            self.add_error("tanggal", said % {"day": date_format(earliest, "j F Y")})


class IssueForm(forms.Form):
    """The number, and that somebody looked."""

    number = forms.CharField(label=_("Nomor naskah"), max_length=80, required=False)
    shown = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    code = forms.CharField(widget=forms.HiddenInput, required=False)
    checked = forms.BooleanField(
        label=_("Saya sudah memeriksa isinya. Sesudah terbit, naskah tidak dapat diubah."),
    )

    def __init__(self, *args: Any, hint: str, on_record: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["number"].help_text = hint
        if on_record:  # the number of a decree or of a signed agreement is nobody's to type
            del self.fields["number"]

    def clean_code(self) -> str:
        """The code the page proposed; whatever else is sent in its place is laid aside for a fresh one."""
        code = codes.normalised(str(self.cleaned_data["code"]))
        return code if codes.is_whole(code) else codes.fresh()


class TypedForm(forms.Form):
    """The fields of a kind that nothing knows for sure: one control for each, with what is suggested."""

    def __init__(
        self, handed_in: Any, *, fields: list[Field], needed: bool, suggested: Mapping[str, Any], **options: Any
    ) -> None:
        first = {one.name: _as_typed(one, suggested[one.name]) for one in fields if suggested.get(one.name)}
        super().__init__(handed_in, initial=first, **options)
        self.prefix = _PREFIX if needed else f"{_PREFIX}-tambahan"
        self.asked = fields
        for field in fields:
            self.fields[field.name] = _control(field, required=needed)

    def typed(self) -> dict[str, Any]:
        """What was typed, as the kind of paper wants it; empty ones left out."""
        said = {field.name: _as_said(field, str(self.cleaned_data.get(field.name) or "")) for field in self.asked}
        return {name: value for name, value in said.items() if value}


def _control(field: Field, *, required: bool) -> forms.CharField:
    label = gettext(field.words)
    if field.sort == "text":
        return forms.CharField(label=label, required=required, max_length=_LONGEST_TEXT)
    area = forms.Textarea(attrs={"rows": 3})
    help_text = gettext("Satu hal per baris.")
    if field.sort == "table":
        columns = ", ".join(one.replace("_", " ") for one in field.columns)
        help_text = gettext("Satu baris tabel per baris; pisahkan kolom dengan tanda |. Kolom: %(columns)s.") % {
            "columns": columns
        }
    return forms.CharField(label=label, required=required, max_length=_LONGEST_LINES, widget=area, help_text=help_text)


def _as_typed(field: Field, value: Any) -> str:
    """The other way round: what a field holds, as somebody would type it."""
    if field.sort == "text":
        return str(value)
    if field.sort == "lines":
        return "\n".join(value)
    return "\n".join(" | ".join(row.get(column, "") for column in field.columns) for row in value)


def _as_said(field: Field, text: str) -> Any:
    if field.sort == "text":
        return text.strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if field.sort == "lines":
        return lines
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in line.split("|")]
        cells += [""] * (len(field.columns) - len(cells))
        rows.append(dict(zip(field.columns, cells, strict=False)))
    return rows


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan penarikan"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Dicatat dan tampil bagi petugas. Halaman umum hanya mengatakan bahwa naskah ditarik."),
    )
    checked = forms.BooleanField(label=_("Naskah ini tidak boleh dipakai lagi."))


class TemplateForm(forms.Form):
    template = forms.FileField(
        label=_("Berkas templat"),
        help_text=_("DOCX, paling besar 5 MB, tanpa makro."),
        widget=forms.FileInput(
            attrs={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
        ),
    )
    note = forms.CharField(
        label=_("Catatan"), max_length=200, required=False, help_text=_("Misalnya: kop baru sejak Januari 2027.")
    )

    def clean_template(self) -> Any:
        handed_in = self.cleaned_data["template"]
        if handed_in.size > MOST_TEMPLATE_BYTES:  # before it is read
            raise forms.ValidationError(_("Berkas paling besar 5 MB. Kecilkan gambarnya, lalu unggah lagi."))
        return handed_in


class PatternForm(forms.Form):
    pattern = forms.CharField(
        label=_("Pola nomor"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Misalnya: {nomor3}/BA/{romawi_bulan}/{tahun}. Kosong berarti nomor diketik sendiri."),
    )

    def clean_pattern(self) -> str:
        pattern = str(self.cleaned_data["pattern"])
        if pattern and (fault := fault_of(pattern)):
            raise forms.ValidationError(fault)
        return pattern
