from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from naung.lawbook.listing import PROGRAMMES, Wanted
from naung.lawbook.models import LawCheck
from naung.rules.dated import Parameter
from naung.rules.decisions import Question
from naung.ui import formats
from naung.ui.forms import DayInput

CONFIDENCES = {"dibaca": "found", "diingat": "recalled", "diperiksa": "checked", "berbeda": "differs"}
STATES = {"berlaku": "in_force", "tidak": "silent", "masalah": "problem"}


class LawFilter(forms.Form):
    """What of the law to list. Its fields stand in the address, so that a list can be shared."""

    cari = forms.CharField(label=_("Cari"), max_length=80, required=False)
    program = forms.ChoiceField(
        label=_("Program"), required=False, choices=[("", _("Semua")), *((name, name) for name in PROGRAMMES)]
    )
    segmen = forms.ChoiceField(
        label=_("Segmen"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("bpu", _("Bukan penerima upah (BPU)")),
            ("ppu", _("Penerima upah (PPU)")),
            ("jakon", _("Jasa konstruksi")),
            ("pmi", _("Pekerja migran (PMI)")),
        ],
    )
    keyakinan = forms.ChoiceField(
        label=_("Keyakinan"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("dibaca", _("Dibaca")),
            ("diingat", _("Diingat")),
            ("diperiksa", _("Diperiksa")),
            ("berbeda", _("Berbeda")),
        ],
    )
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("berlaku", _("Berlaku pada hari itu")),
            ("tidak", _("Tidak berlaku")),
            ("masalah", _("Tumpang tindih atau celah")),
        ],
    )
    pada = forms.DateField(label=_("Pada tanggal"), widget=DayInput(), required=False)

    def wanted(self, today: date) -> Wanted:
        """What is asked for; a field with a fault narrows nothing."""
        facts: dict[str, Any] = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Wanted(
            on=facts.get("pada") or today,
            text=facts.get("cari") or "",
            programme=facts.get("program") or "",
            segment=facts.get("segmen") or "",
            confidence=CONFIDENCES.get(facts.get("keyakinan") or "", ""),
            state=STATES.get(facts.get("keadaan") or "", ""),
        )


class CheckForm(forms.Form):
    """One line of a parameter compared with the gazette."""

    start = forms.TypedChoiceField(label=_("Baris yang dibandingkan"), coerce=date.fromisoformat)
    outcome = forms.ChoiceField(
        label=_("Hasil"),
        choices=[
            (LawCheck.Outcome.AGREES, _("Sesuai dengan lembaran negara")),
            (LawCheck.Outcome.DIFFERS, _("Berbeda")),
        ],
        widget=forms.RadioSelect,
    )
    gazette_says = forms.CharField(
        label=_("Bunyi lembaran negara"),
        help_text=_("Isi hanya bila berbeda, dengan kata-kata aturan itu."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    document = forms.CharField(
        label=_("Dokumen yang dibaca"), help_text=_("Misalnya LN 2019 Nomor 231."), max_length=200
    )
    page = forms.CharField(label=_("Halaman atau pasal"), max_length=60, required=False)
    checked_on = forms.DateField(label=_("Tanggal pemeriksaan"), widget=DayInput())

    def __init__(self, *args: Any, parameter: Parameter, **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "id"
        choices = [
            (line.start.isoformat(), formats.date_plain(line.start, language=language))
            for line in reversed(parameter.values)
        ]
        self.fields["start"].choices = choices  # type: ignore[attr-defined]

    def as_check(self) -> dict[str, Any]:
        facts = dict(self.cleaned_data)
        return facts | {"agrees": facts.pop("outcome") == LawCheck.Outcome.AGREES}


class DecisionForm(forms.Form):
    """A region's answer to one open question."""

    answer = forms.ChoiceField(label=_("Jawaban daerah"), widget=forms.RadioSelect)
    valid_from = forms.DateField(label=_("Berlaku sejak"), widget=DayInput())
    valid_until = forms.DateField(
        label=_("Tidak berlaku lagi sejak"),
        help_text=_("Kosongkan bila berlaku sampai ada keputusan baru."),
        widget=DayInput(),
        required=False,
    )
    basis = forms.CharField(label=_("Surat atau risalah"), max_length=200)

    def __init__(self, data: Any = None, *, question: Question) -> None:
        # Many of these forms stand on one page.
        super().__init__(data, auto_id=f"id_{question.code}_%s")
        english = (get_language() or "id").startswith("en")
        choices = [(one.code, (one.words_en if english else "") or one.words) for one in question.answers]
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]
