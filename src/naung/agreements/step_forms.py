"""What a person says when a paper goes a step on: the stage, an addendum, the end, a file, a check of the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.agreements.actions.attaching import MOST_BYTES
from naung.agreements.actions.common import OWN, touched
from naung.agreements.actions.staging import ORDER
from naung.agreements.models import PROGRAMMES, Agreement, LegalInstrument, Segment
from naung.agreements.terms import TERM_FIELDS
from naung.bulk.occupations import match_occupations
from naung.registry.forms import occupation_choices
from naung.ui.forms import DayInput, LastDayField, LinesField

Stage = Agreement.Stage
FILES = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


def next_stages(agreement: Agreement, user: User) -> list[Stage]:
    """Where the person may bring it from here: on, or back before signing. Empty: nowhere."""
    here = Stage(agreement.stage)
    if here in (Stage.IN_FORCE, Stage.ENDED):
        return []
    every = [stage for stage in ORDER if stage is not Stage.ENDED]
    if not agreement.is_pks:
        every.remove(Stage.ASKED)
    if here is Stage.SIGNED:
        return [Stage.IN_FORCE]
    if not user.may(Permission.AGREEMENT_EDIT):
        every = [stage for stage in every if stage in OWN] if here in OWN else []
    return [stage for stage in every if stage is not here]


class StageForm(forms.Form):
    """One step of one paper: where to, on which day, on what evidence, with the facts that the step asks for."""

    stage = forms.ChoiceField(label=_("Tahap berikutnya"), widget=forms.RadioSelect)
    on = forms.DateField(label=_("Terjadi pada"), widget=DayInput())
    evidence = forms.CharField(
        label=_("Bukti atau alasan"), max_length=300, required=False,
        help_text=_("Misalnya: surat Bagian Hukum nomor 180/12. Wajib diisi bila tahap mundur."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Berkas bukti"), required=False, widget=forms.FileInput(attrs={"accept": FILES}),
        help_text=_("PDF, DOCX, XLSX, JPEG, atau PNG, paling besar 10 MB."),
    )  # fmt: skip
    region_number = forms.CharField(label=_("Nomor pemerintah daerah"), max_length=80, required=False)
    branch_number = forms.CharField(label=_("Nomor BPJS Ketenagakerjaan"), max_length=80, required=False)
    signed_on = forms.DateField(label=_("Tanggal tanda tangan"), widget=DayInput(), required=False)
    starts_on = forms.DateField(label=_("Berlaku mulai"), widget=DayInput(), required=False)
    ends_on = LastDayField(label=_("Berlaku sampai dengan"), required=False, help_text=_("Hari terakhir masa berlaku."))

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    FACTS = ("region_number", "branch_number", "signed_on", "starts_on", "ends_on")

    def __init__(
        self, data: Any = None, files: Any = None, *, agreement: Agreement, user: User,
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        stages = next_stages(agreement, user)
        ahead = [stage for stage in stages if ORDER.index(stage) > ORDER.index(Stage(agreement.stage))]
        first = {name: getattr(agreement, name) for name in self.FACTS}
        first |= {"on": timezone.localdate(), "stage": ahead[0].value if ahead else "", "revision": agreement.revision}
        super().__init__(data, files, initial=first | (initial or {}))
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        back = [stage for stage in stages if stage not in ahead]
        field.choices = [(stage.value, stage.label) for stage in ahead]
        field.choices += [(stage.value, _("Kembali ke %(stage)s") % {"stage": stage.label}) for stage in reversed(back)]
        if not set(stages) & {Stage.SIGNED, Stage.IN_FORCE}:
            for name in self.FACTS:
                del self.fields[name]

    def step(self) -> dict[str, Any]:
        """What the step says, by the names of `actions.move`, without the file."""
        return {name: value for name, value in self.cleaned_data.items() if name != "file"}


class ManyForm(forms.Form):
    """One step of several papers."""

    stage = forms.ChoiceField(
        label=_("Tahap"),
        choices=[(stage.value, stage.label) for stage in ORDER if stage not in (Stage.ASKED, Stage.ENDED)],
    )
    on = forms.DateField(label=_("Terjadi pada"), widget=DayInput())
    evidence = forms.CharField(label=_("Bukti atau alasan"), max_length=300, required=False)
    pks = forms.ModelMultipleChoiceField(
        label=_("PKS"), queryset=Agreement.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, papers: QuerySet[Agreement], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["pks"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = papers


class PrepareForm(forms.Form):
    """The day by which the PKS of all chosen offices should be signed, and offices that are not there yet."""

    due_on = forms.DateField(label=_("Tenggat tanda tangan"), widget=DayInput(), required=False)
    names = LinesField(
        label=_("Perangkat daerah yang belum ada di daftar"), required=False, rows=2, longest=120,
        help_text=_("Satu nama tiap baris. «Tambahkan ke daftar» memasukkannya tanpa kehilangan isian lain."),
    )  # fmt: skip


class OfficeRow(forms.Form):
    """One office of the region: whether it gets a PKS, about whom, and for which programmes."""

    chosen = forms.BooleanField(label=_("Siapkan PKS"), required=False)
    objects_text = forms.CharField(
        label=_("Sasaran"), max_length=400, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, code) for code in PROGRAMMES],
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, office: Office, **options: Any) -> None:
        super().__init__(data, prefix=f"k{office.pk}", **options)
        self.office = office

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("chosen") and not facts.get("programmes"):
            self.add_error("programmes", _("Pilih paling sedikit satu program."))
        return facts


def groups_named(texts: Iterable[str]) -> list[list[str]]:
    """The kinds of work that each text names, by its words between commas; what fits nothing has no code."""
    parts = [[part.strip() for part in text.replace(" dan ", ",").split(",") if part.strip()] for text in texts]
    found = match_occupations(pl.Series([part for one in parts for part in one], dtype=pl.String)).to_list()
    codes = iter(found)
    return [list(dict.fromkeys(code for _part in one if (code := next(codes)))) for one in parts]


def typed_over(form: forms.Form, agreement: Agreement, names: Iterable[str]) -> dict[str, Any]:
    """What a form shows again after others changed the paper: what this person wrote, and elsewhere what it says now.

    `names` are the fields of the paper in the form, under its names.
    """
    saw = form.cleaned_data["revision"]
    facts = {name: form.cleaned_data[name] for name in names if name in form.fields}
    theirs = set(facts) - touched(agreement, facts, revision=saw)
    again = form.cleaned_data | {name: getattr(agreement, name) for name in theirs}
    return again | {"revision": agreement.revision}


class AddendumForm(forms.Form):
    """New terms beside those of today, since when, and why."""

    ends_on = LastDayField(label=_("Berlaku sampai dengan"), help_text=_("Hari terakhir masa berlaku."))
    programmes = forms.MultipleChoiceField(
        label=_("Program"), widget=forms.CheckboxSelectMultiple, choices=[(code, code) for code in PROGRAMMES]
    )
    segments = forms.MultipleChoiceField(
        label=_("Segmen"), widget=forms.CheckboxSelectMultiple, choices=Segment.choices
    )
    groups = forms.MultipleChoiceField(
        label=_("Kelompok pekerjaan"), required=False, widget=forms.CheckboxSelectMultiple, choices=occupation_choices
    )
    objects_text = forms.CharField(label=_("Sasaran dengan kata-kata"), max_length=400, required=False)
    scope = LinesField(label=_("Ruang lingkup"), required=False, help_text=_("Satu pokok tiap baris."))
    funding = forms.CharField(
        label=_("Pembiayaan"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    since = forms.DateField(
        label=_("Berlaku sejak"), widget=DayInput(), help_text=_("Hari pertama isi yang baru. Sebelumnya isi lama.")
    )
    signed_on = forms.DateField(label=_("Tanggal tanda tangan adendum"), widget=DayInput())
    region_number = forms.CharField(label=_("Nomor pemerintah daerah"), max_length=80)
    branch_number = forms.CharField(label=_("Nomor BPJS Ketenagakerjaan"), max_length=80)
    why = forms.CharField(label=_("Alasan"), max_length=300)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_funding(self) -> str:
        return str(self.cleaned_data["funding"]).replace("\r\n", "\n")

    def changes(self, agreement: Agreement) -> dict[str, Any]:
        """Only what differs from today: ticking boxes in another order is no change."""
        found = {name: self.cleaned_data[name] for name in TERM_FIELDS}
        boxes = ("programmes", "segments", "groups")
        same = [name for name in boxes if sorted(found[name]) == sorted(getattr(agreement, name))]
        return {name: value for name, value in found.items() if name not in same}


class EndForm(forms.Form):
    """An end before the term."""

    on = LastDayField(label=_("Hari terakhir berlaku"))
    reason = forms.CharField(label=_("Alasan"), max_length=240)


class RenewForm(forms.Form):
    """Until when the renewal should be signed."""

    due_on = forms.DateField(label=_("Tenggat tanda tangan"), widget=DayInput(), required=False)


class AttachmentForm(forms.Form):
    """One file with its name for people."""

    file = forms.FileField(
        label=_("Berkas"), widget=forms.FileInput(attrs={"accept": FILES}),
        help_text=_("PDF, DOCX, XLSX, JPEG, atau PNG, paling besar 10 MB."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Nama lampiran"), max_length=160, required=False, help_text=_("Kosong: nama berkasnya.")
    )


class InstrumentForm(forms.Form):
    """One instrument of the register."""

    name = forms.CharField(
        label=_("Jenis, nomor, dan tahun"), max_length=80, help_text=_("Misalnya Permendagri 15/2024.")
    )
    about = forms.CharField(label=_("Tentang"), max_length=240, required=False)
    address = forms.URLField(
        label=_("Alamat naskah resmi"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Alamat web, misalnya di peraturan.go.id."),
    )  # fmt: skip
    warning = forms.CharField(
        label=_("Yang meragukan"), max_length=300, required=False,
        help_text=_("Misalnya: nomor di berita kemungkinan salah cetak. Kosong: tidak ada."),
    )  # fmt: skip
    meant = forms.ModelChoiceField(
        label=_("Yang mungkin dimaksud"), queryset=LegalInstrument.objects.none(), required=False,
        empty_label=_("Tidak ada"),
    )  # fmt: skip

    def __init__(self, *args: Any, others: QuerySet[LegalInstrument], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["meant"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = others


class CheckForm(forms.Form):
    """Somebody held an instrument against the official text."""

    on = forms.DateField(label=_("Dicek pada"), widget=DayInput())
    note = forms.CharField(
        label=_("Dicek terhadap apa"), max_length=300, help_text=_("Misalnya: salinan di JDIH Kemendagri, halaman 3.")
    )
    warning = forms.CharField(
        label=_("Yang masih meragukan"), max_length=300, required=False, help_text=_("Kosong: tidak ada lagi.")
    )


def content(file: UploadedFile | None) -> bytes:
    """The bytes of a file; one too large is read no further than needed to refuse it."""
    return file.read(MOST_BYTES + 1) if file is not None else b""


def office_rows(offices: Sequence[Office], data: QueryDict | None, nota: Agreement) -> list[OfficeRow]:
    """A row for each office; at first with the programmes of the Nota Kesepakatan."""
    return [OfficeRow(data, office=one, initial={"programmes": nota.programmes}) for one in offices]
