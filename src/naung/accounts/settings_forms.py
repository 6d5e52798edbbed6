"""Forms of Pengaturan. What may be chosen lies in the admin's own territory; the actions look again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import Office, User
from naung.accounts.permissions import Role
from naung.accounts.queries import offices_in
from naung.areas.codes import DIGITS
from naung.areas.queries import choices_within, names_of
from naung.documents.numbering import LONGEST, fault_of
from naung.documents.pictures import MOST_BYTES

_NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})

STATES = {"aktif": _("Aktif"), "diundang": _("Belum memilih kata sandi"), "nonaktif": _("Tidak aktif")}


class PeopleFilter(forms.Form):
    """Which people; it names nobody, so it may stand in the address."""

    peran = forms.ChoiceField(label=_("Peran"), required=False, choices=[("", _("Semua")), *Role.choices])
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Semua")), *STATES.items()])


class PeopleSearch(forms.Form):
    """A name is asked for by POST: no name stands in an address."""

    cari = forms.CharField(label=_("Cari nama atau nama pengguna"), max_length=80, required=False)


class PersonForm(forms.Form):
    """What a person is allowed: role, office and territory, within the territory of `by`."""

    full_name = forms.CharField(label=_("Nama lengkap"), max_length=120)
    role = forms.ChoiceField(label=_("Peran"), choices=[("", _("Pilih peran")), *Role.choices])
    office = forms.ModelChoiceField(label=_("Kantor"), queryset=Office.objects.none(), empty_label=_("Pilih kantor"))
    area_code = forms.ChoiceField(
        label=_("Wilayah kerja"), help_text=_("Orang ini hanya melihat data wilayah ini dan di bawahnya.")
    )

    def __init__(self, *args: Any, by: User, person: User | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        offices = offices_in(by.area_code)
        if person and person.office_id:  # an office of above stays what it is until somebody chooses another
            offices = (offices | Office.objects.filter(pk=person.office_id)).order_by("area_code", "name")
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        # Nothing is chosen beforehand: the whole region would be the easiest to leave as it is.
        choices = [("", _("Pilih wilayah kerja")), *area_choices(by, person)]
        self.fields["area_code"].choices = choices  # type: ignore[attr-defined]


class InviteForm(PersonForm):
    username = forms.RegexField(
        label=_("Nama pengguna"),
        regex=r"^[a-z0-9][a-z0-9._-]{2,59}$",
        help_text=_("Huruf kecil, angka, dan titik. Misalnya: siti.aminah"),
        error_messages={
            "invalid": _("Pakai 3 sampai 60 huruf kecil, angka, titik, garis bawah, atau tanda hubung, tanpa spasi.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["full_name", "username", "role", "office", "area_code"]


class OfficeForm(forms.Form):
    name = forms.CharField(label=_("Nama kantor"), max_length=120)
    kind = forms.ChoiceField(label=_("Jenis"), choices=[("", _("Pilih jenis")), *Office.Kind.choices])
    area_code = forms.ChoiceField(label=_("Wilayah yang dilayani"))

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area_code"].choices = area_choices(by)  # type: ignore[attr-defined]


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Nama kantor"), max_length=120)


_PATTERN_INPUT = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})


class RegionForm(forms.Form):
    display_name = forms.CharField(
        label=_("Nama daerah di layar"),
        max_length=80,
        required=False,
        help_text=_("Misalnya: Pemerintah Kota Binjai. Kosong berarti nama dari daftar wilayah nasional."),
    )
    decree_pattern = forms.CharField(
        label=_("Pola nomor SK"),
        max_length=LONGEST,
        required=False,
        widget=_PATTERN_INPUT,
        help_text=_("Misalnya: 188.45/{nomor}/K/{romawi_bulan}/{tahun}"),
    )
    bill_pattern = forms.CharField(
        label=_("Pola nomor tagihan"),
        max_length=LONGEST,
        required=False,
        widget=_PATTERN_INPUT,
        help_text=_("Misalnya: TAG/{nomor3}/{bulan}/{tahun}"),
    )

    def clean_decree_pattern(self) -> str:
        return self._without_fault("decree_pattern")

    def clean_bill_pattern(self) -> str:
        return self._without_fault("bill_pattern")

    def _without_fault(self, field: str) -> str:
        pattern = str(self.cleaned_data[field])
        if pattern and (fault := fault_of(pattern)):
            raise forms.ValidationError(fault)
        return pattern


class CrestForm(forms.Form):
    crest = forms.FileField(
        label=_("Berkas lambang"),
        help_text=_("PNG atau JPEG, paling besar 500 KB dan 2.000 piksel. Latar tembus pandang (PNG) paling baik."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    def clean_crest(self) -> Any:
        handed_in = self.cleaned_data["crest"]
        if handed_in.size > MOST_BYTES:  # before it is read
            raise forms.ValidationError(_("Berkas paling besar 500 KB. Perkecil gambarnya, lalu unggah lagi."))
        return handed_in


class SecurityForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Peran yang wajib memakai kode kedua"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class NewPassword(forms.Form):
    """A password twice, so that a slip of the finger shuts nobody out."""

    password = forms.CharField(
        label=_("Kata sandi baru"), strip=False, widget=_NEW_PASSWORD, max_length=200,
        help_text=_("Paling sedikit 10 huruf. Beberapa kata yang mudah Anda ingat lebih baik dari satu kata sulit."),
    )  # fmt: skip
    again = forms.CharField(label=_("Ulangi kata sandi"), strip=False, widget=_NEW_PASSWORD, max_length=200)

    def clean(self) -> dict[str, Any]:
        facts = self.cleaned_data
        if "password" in facts and "again" in facts and facts["password"] != facts["again"]:
            self.add_error("again", _("Kedua kata sandi tidak sama. Ketik lagi."))
        return facts


class ChoosePassword(NewPassword):
    token = forms.CharField(widget=forms.HiddenInput, max_length=100)
    field_order = ["token", "password", "again"]


def area_choices(by: User, person: User | None = None) -> list[tuple[str, Any]]:
    """The territory of `by`, the districts and villages in it (a province: its regencies), as groups of a select.

    A person's own area is always among them.
    """
    inside = choices_within(by.area_code) if len(by.area_code) < DIGITS[4] else []
    districts = sorted({code[:6] for _label, villages in inside for code, _name in villages if len(code) == DIGITS[4]})
    own = [by.area_code, *(code for code in districts if len(by.area_code) < DIGITS[3])]
    listed = {code for _label, areas in inside for code, _name in areas} | set(own)
    if person and person.area_code not in listed:
        own.append(person.area_code)
    names = names_of(own)
    choices: list[tuple[str, Any]] = [(code, f"{names.get(code, code)} ({code})") for code in own]
    return choices + [(str(label or _("Di bawahnya")), areas) for label, areas in inside]
