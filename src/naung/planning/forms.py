from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from naung.refusal import Refusal
from naung.rules.contributions import JKK_JKM, JKK_JKM_JHT, Payer, Sector
from naung.rules.ucj import DenominatorKind, IncompleteFigure, Segment, published_ucj
from naung.saying import gettext_noop
from naung.ui.forms import DayInput, MonthField

MOST_MONTHS = 36
MOST_PEOPLE = 500_000_000


class CountField(forms.IntegerField):
    """People as they are typed: 132826, 132.826 or 132 826."""

    def __init__(self, **options: Any) -> None:
        given = {"inputmode": "numeric", "autocomplete": "off", "class": "num"}
        options.setdefault("widget", forms.TextInput(attrs=given))
        super().__init__(
            min_value=0,
            max_value=MOST_PEOPLE,
            error_messages={"invalid": _("Jumlah orang harus angka utuh, misalnya 132.826.")},
            **options,
        )

    def to_python(self, value: Any) -> int | None:
        text = "".join(str(value or "").split())
        head, *groups = text.split(".")
        if head.isdecimal() and all(len(group) == 3 and group.isdecimal() for group in groups):
            text = "".join((head, *groups))
        return super().to_python(text)


class PercentField(forms.DecimalField):
    """Per cent with a comma or a point: 36,5."""

    def __init__(self, **options: Any) -> None:
        given = {"inputmode": "decimal", "autocomplete": "off", "class": "num"}
        options.setdefault("widget", forms.TextInput(attrs=given))
        super().__init__(
            min_value=Decimal("0.01"),
            max_value=100,
            max_digits=5,
            decimal_places=2,
            error_messages={"invalid": _("Persen harus angka, misalnya 36,5.")},
            **options,
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = str(value).strip().removesuffix("%").strip() if value is not None else value
        return super().to_python(text.replace(",", ".") if isinstance(text, str) else text)


KINDS = [(kind.value, _(kind.label_id)) for kind in DenominatorKind]
SEGMENTS = {
    "pu": (Segment.PU, _("Penerima upah (PU)")),
    "bpu": (Segment.BPU, _("Bukan penerima upah (BPU)")),
    "construction": (Segment.CONSTRUCTION, _("Jasa konstruksi")),
    "pmi": (Segment.PMI, _("Pekerja migran (PMI)")),
}


class FigureForm(forms.Form):
    """One figure of coverage: counts with their kind, day and source. The rules refuse a percentage alone."""

    as_of = forms.DateField(label=_("Keadaan per tanggal"), widget=DayInput())
    total = CountField(label=_("Pekerja terlindungi seluruhnya"), required=False)
    pu = CountField(label=SEGMENTS["pu"][1], required=False)
    bpu = CountField(label=SEGMENTS["bpu"][1], required=False)
    construction = CountField(label=SEGMENTS["construction"][1], required=False)
    pmi = CountField(label=SEGMENTS["pmi"][1], required=False)
    denominator = CountField(label=_("Penyebut (jumlah pekerja)"), required=False)
    denominator_kind = forms.ChoiceField(label=_("Jenis penyebut"), choices=KINDS)
    published_percent = PercentField(
        label=_("Persen yang diumumkan"),
        required=False,
        help_text=_("Bila ada. Kami bandingkan dengan hitungannya."),
    )
    source = forms.CharField(
        label=_("Sumber"), max_length=240, help_text=_("Siapa yang menyatakan, dalam dokumen apa.")
    )
    note = forms.CharField(label=_("Catatan"), max_length=300, required=False)

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal belum tiba. Periksa tahunnya."))
        return day

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if self.errors:
            return facts
        counts = {segment: facts[name] for name, (segment, _label) in SEGMENTS.items() if facts[name] is not None}
        total, percent = facts["total"], facts["published_percent"]
        if not counts and total is not None:
            counts = {Segment.ALL: total}
        elif counts and total is not None and sum(counts.values()) != total:
            self.add_error("total", _("Jumlah segmen tidak sama dengan angka ini. Periksa, atau kosongkan."))
        facts["numerators"] = counts
        try:
            if percent is not None and (not counts or facts["denominator"] is None):
                published_ucj(percent, numerators=None, as_of=facts["as_of"], source=facts["source"], denominator=None)
            if not counts:
                raise IncompleteFigure("jumlah pekerja aktif tidak disebut")
            if facts["denominator"] is None:
                raise IncompleteFigure(gettext_noop("penyebut tidak disebut"))
        except Refusal as refusal:
            self.add_error(None, str(refusal))
        return facts

    def as_figure(self) -> dict[str, Any]:
        """The arguments of `actions.record_figure`, but for the area and the person."""
        facts = self.cleaned_data
        return {
            "as_of": facts["as_of"],
            "numerators": facts["numerators"],
            "denominator": facts["denominator"],
            "denominator_kind": DenominatorKind(facts["denominator_kind"]),
            "published_percent": facts["published_percent"],
            "source": facts["source"],
            "note": facts["note"],
        }


class TargetForm(forms.Form):
    """A target with the instrument that sets it."""

    year = forms.IntegerField(
        label=_("Tahun"),
        min_value=2000,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "num"}),
    )
    percent = PercentField(label=_("Sasaran cakupan, persen"))
    denominator_kind = forms.ChoiceField(label=_("Jenis penyebut"), choices=KINDS[:-1])
    instrument = forms.CharField(
        label=_("Ditetapkan dengan"), max_length=200, help_text=_("RPJMD, RKPD, surat edaran, atau keputusan.")
    )

    def as_target(self) -> dict[str, Any]:
        facts = self.cleaned_data
        return {**facts, "denominator_kind": DenominatorKind(facts["denominator_kind"])}


class PlanForm(forms.Form):
    """A supposed programme, in the address: it can be shared and bookmarked."""

    persen = PercentField(label=_("Sasaran cakupan (UCJ), persen"), required=False)
    orang = CountField(
        label=_("Jumlah pekerja"), required=False, help_text=_("Bila diisi, dipakai sebagai ganti sasaran.")
    )
    lama = forms.IntegerField(
        label=_("Lama, bulan"),
        min_value=1,
        max_value=MOST_MONTHS,
        widget=forms.NumberInput(attrs={"class": "num", "inputmode": "numeric"}),
    )
    mulai = MonthField(label=_("Mulai bulan"))
    paket = forms.ChoiceField(
        label=_("Program"),
        choices=[("jkk-jkm", "JKK + JKM"), ("jkk-jkm-jht", "JKK + JKM + JHT")],
        widget=forms.RadioSelect,
    )
    sumber = forms.ChoiceField(label=_("Sumber dana"), choices=[(one.value, _(one.label_id)) for one in Payer])
    sektor = forms.ChoiceField(label=_("Sektor pekerja"), choices=[(one.value, _(one.label_id)) for one in Sector])

    def __init__(self, *args: Any, has_figure: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.has_figure = has_figure
        if not has_figure:
            del self.fields["persen"]  # without a denominator a per cent means nobody

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if not self.errors and facts["orang"] is None and facts.get("persen") is None:
            self.add_error("persen" if self.has_figure else "orang", _("Isi sasaran atau jumlah pekerja."))
        return facts

    PACKAGES = {"jkk-jkm": JKK_JKM, "jkk-jkm-jht": JKK_JKM_JHT}
