from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from naung.coverage.models import Departure
from naung.programmes.models import FundingLine
from naung.registry.actions import RevealReason
from naung.registry.forms import SpreadsheetField
from naung.ui.formats import month as month_words
from naung.ui.forms import DayInput, MonthField, RupiahField


class RevealForm(forms.Form):
    """Why the whole number is needed."""

    reason = forms.ChoiceField(label=_("Alasan"), choices=[("", _("Pilih alasan")), *RevealReason.choices])


class DayForm(forms.Form):
    """A day to look at."""

    pada = forms.DateField(label=_("Tanggal kejadian"), widget=DayInput())


class DepartureForm(forms.Form):
    """Somebody leaves a programme."""

    reason = forms.ChoiceField(label=_("Sebab keluar"), choices=[("", _("Pilih sebab")), *Departure.Reason.choices])
    happened_on = forms.DateField(
        label=_("Tanggal kejadian"), widget=DayInput(), help_text=_("Bulan kejadian masih terlindungi.")
    )
    evidence = forms.CharField(
        label=_("Bukti"), max_length=200, help_text=_("Nomor surat, akta, atau daftar yang menyatakannya.")
    )

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal kejadian tidak boleh sesudah hari ini."))
        return day


class LineChoice(forms.ModelChoiceField):
    def label_from_instance(self, line: FundingLine) -> str:
        return f"{line.programme.name}: {line.name}"


class IssueForm(forms.Form):
    """A bill of one funding line for one or more months."""

    funding_line = LineChoice(
        label=_("Program dan sumber dana"), queryset=FundingLine.objects.none(), empty_label=_("Pilih satu")
    )
    first_month = MonthField(label=_("Bulan pertama"))
    last_month = MonthField(label=_("Bulan terakhir"))
    due_on = forms.DateField(label=_("Jatuh tempo"), widget=DayInput())
    payment_code = forms.CharField(
        label=_("Kode iuran"),
        max_length=40,
        required=False,
        help_text=_("Dari cabang BPJS Ketenagakerjaan, bila sudah ada."),
    )

    def __init__(self, *args: Any, lines: QuerySet[FundingLine], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["funding_line"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = lines


class PaymentForm(forms.Form):
    """One SP2D against a bill."""

    sp2d_number = forms.CharField(
        label=_("Nomor SP2D atau bukti bayar"), max_length=80, help_text=_("Perusahaan: nomor bukti dari bank.")
    )
    paid_on = forms.DateField(label=_("Tanggal bayar"), widget=DayInput())
    amount_rp = RupiahField(
        label=_("Jumlah dibayar"),
        help_text=_("Seluruh sisa, atau sebagian yang membayar bulan-orang secara utuh, urut SK."),
    )


class ConfirmForm(forms.Form):
    """What whoever confirms reads at the bank: typed, not shown beforehand."""

    received_rp = RupiahField(
        label=_("Jumlah yang masuk menurut bank"),
        help_text=_("Ketik dari rekening koran. Bila berbeda dari catatan, tidak ada bulan yang aktif."),
    )


class BillFilter(forms.Form):
    """Which bills: in which state, of which month, from which kind of money."""

    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[
            ("", _("Semua")),
            ("lewat", _("Lewat tenggat")),
            ("terbit", _("Ditagihkan")),
            ("sebagian", _("Lunas sebagian")),
            ("menunggu", _("Menunggu konfirmasi")),
            ("lunas", _("Lunas")),
            ("batal", _("Dibatalkan")),
        ],
    )
    bulan = forms.ChoiceField(label=_("Bulan"), required=False)
    sumber = forms.ChoiceField(label=_("Sumber dana"), required=False)

    def __init__(self, *args: Any, months: list[date], lines: list[FundingLine], **options: Any) -> None:
        super().__init__(*args, **options)
        shown = get_language() or "id"
        bulan, sumber = self.fields["bulan"], self.fields["sumber"]
        assert isinstance(bulan, forms.ChoiceField)
        assert isinstance(sumber, forms.ChoiceField)
        everything = ("", _("Semua"))
        bulan.choices = [everything, *((f"{one:%Y-%m}", month_words(one, language=shown)) for one in months)]
        sumber.choices = [everything, *((str(line.pk), f"{line.programme.name}: {line.name}") for line in lines)]


class ReasonForm(forms.Form):
    """Why an entry is undone."""

    reason = forms.CharField(label=_("Alasan pembatalan"), max_length=200)


class BranchListForm(forms.Form):
    """The branch's list of the same months."""

    file = SpreadsheetField(
        label=_("Daftar peserta dari cabang"),
        help_text=_("XLSX, ODS, atau CSV dengan kolom NIK, dan kolom iuran bila ada."),
    )
    as_of = forms.DateField(label=_("Tanggal data"), widget=DayInput())


class SettleForm(forms.Form):
    """Which list was wrong about one person, and what shows it; with the day of leaving where ours was."""

    settled = forms.ChoiceField(
        label=_("Data siapa yang keliru?"),
        choices=[
            ("theirs", _("Data cabang. Masukkan ke daftar perbaikan untuk cabang.")),
            ("ours", _("Data kita.")),
            ("explained", _("Bukan kekeliruan, misalnya pembayaran masih diproses.")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Bukti atau penjelasan"),
        max_length=200,
        help_text=_("Misalnya nomor surat cabang. Jangan tulis NIK."),
    )
    leaving = forms.ChoiceField(
        label=_("Catat peserta keluar"),
        required=False,
        choices=[("", _("Tidak, tetap peserta")), *Departure.Reason.choices],
        help_text=_("Hanya bila data kita yang keliru. Bulan sesudah kejadian dibatalkan atau dikreditkan."),
    )
    happened_on = forms.DateField(label=_("Tanggal kejadian"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, may_end: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_end:
            del self.fields["leaving"], self.fields["happened_on"]

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if any(len(word) >= 12 and word.isdigit() for word in note.replace(".", "").split()):
            raise forms.ValidationError(_("Penjelasan tidak boleh memuat NIK. Sebut nomor surat saja."))
        return note

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("leaving"):
            if facts.get("settled") != "ours":
                self.add_error("leaving", _("Peserta dicatat keluar hanya bila data kita yang keliru."))
            if not facts.get("happened_on") and "happened_on" not in self.errors:
                self.add_error("happened_on", _("Isi tanggal kejadian."))
        elif facts.get("happened_on"):
            facts["happened_on"] = None
        return facts
