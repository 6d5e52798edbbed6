"""Meetings with any number of follow-ups, people who came, photographs."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import Office, User
from naung.accounts.queries import offices_in
from naung.agreements.actions import Task
from naung.agreements.holding import of_own_office_only
from naung.agreements.models import FollowUp, Meeting, Side
from naung.areas.queries import choices_within
from naung.bulk.intake.contacts import normalise_phones
from naung.outreach.actions import Person
from naung.outreach.pictures import MOST_BYTES
from naung.registry.forms import SpreadsheetField, occupation_choices
from naung.rules.nik import NIK, parse_nik
from naung.ui.forms import DayInput, LinesField, NIKInput

ROWS, MOST_ROWS = 3, 20
MOST_AT_ONCE = 8


class OfficeField(forms.ModelChoiceField):
    """One office; there may be hundreds of villages, so each says what it is by name alone."""

    def label_from_instance(self, obj: Office) -> str:
        return obj.name


class MeetingForm(forms.Form):
    """What a meeting was: day, place, agenda, what was said and decided, and for whom it was held."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Meeting.Kind.choices)
    held_on = forms.DateField(label=_("Tanggal"), widget=DayInput())
    title = forms.CharField(label=_("Judul"), max_length=200)
    place = forms.CharField(label=_("Tempat"), max_length=160, required=False)
    agenda = LinesField(label=_("Agenda"), rows=3, required=False, help_text=_("Satu pokok tiap baris."))
    notes = forms.CharField(
        label=_("Catatan"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    decisions = LinesField(label=_("Keputusan"), rows=3, required=False, help_text=_("Satu keputusan tiap baris."))
    source = forms.CharField(label=_("Sumber atau notulen"), max_length=240, required=False)
    groups = forms.MultipleChoiceField(
        label=_("Kelompok pekerjaan"), required=False, widget=forms.CheckboxSelectMultiple, choices=occupation_choices
    )
    villages = forms.MultipleChoiceField(label=_("Desa/kelurahan"), required=False, widget=forms.CheckboxSelectMultiple)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    #: Beside the fields above: the labels of those that are made for the person.
    HOST, AGREEMENT = _("Penyelenggara"), _("Kesepakatan")
    HIDDEN = ("revision", "once")

    def __init__(self, *args: Any, area_code: str, agreements: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial.setdefault("once", uuid.uuid4())
        hosts = offices_in(area_code)
        if of_own_office_only(by):
            hosts = hosts.filter(pk=by.office_id) if by.office_id else hosts.none()
        self.fields["host"] = OfficeField(
            label=self.HOST, queryset=hosts, required=False, empty_label=_("Belum ditetapkan")
        )
        self.fields["agreement"] = forms.ModelChoiceField(
            label=self.AGREEMENT, queryset=agreements, required=False, empty_label=_("Tidak terkait")
        )
        villages = self.fields["villages"]
        assert isinstance(villages, forms.MultipleChoiceField)
        villages.choices = choices_within(area_code) if len(area_code) > 2 else []

    def chosen(self, name: str) -> int:
        """How many boxes of a field are ticked, for the words beside it while it is closed."""
        return len(self[name].value() or [])

    def facts(self) -> dict[str, Any]:
        """What the meeting's own fields say, by the names of `agreements.actions.record_meeting`."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.HIDDEN}

    def sent(self) -> uuid.UUID | None:
        """What tells this form with this content from every other: sent twice it is the same."""
        once: uuid.UUID | None = self.cleaned_data["once"]
        if once is None:
            return None
        assert isinstance(self.data, QueryDict)
        # Whoever goes back and changes what they wrote means it: that is another form.
        said = sorted((name, values) for name, values in self.data.lists() if name != "csrfmiddlewaretoken")
        return uuid.uuid5(once, repr(said))

    @classmethod
    def words(cls) -> dict[str, str]:
        """How each field is called, by the name of its column."""
        named = {name: str(field.label) for name, field in cls.base_fields.items() if name not in cls.HIDDEN}
        return named | {"host_id": str(cls.HOST), "agreement_id": str(cls.AGREEMENT)}


class TaskRow(forms.Form):
    """One follow-up: what, by whom, until when. A row with nothing in it is no follow-up."""

    what = forms.CharField(label=_("Apa yang dikerjakan"), max_length=240, required=False)
    owner = OfficeField(
        label=_("Penanggung jawab"), queryset=Office.objects.none(), required=False, empty_label=_("Belum ditetapkan")
    )
    due_on = forms.DateField(label=_("Tenggat"), widget=DayInput(), required=False)

    def __init__(
        self, data: QueryDict | None, *, offices: list[tuple[str, str]], area_code: str, number: int, **options: Any
    ) -> None:
        super().__init__(data, prefix=f"t{number}", **options)
        self.number = number
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = offices_in(area_code)
        # One query for all rows: the choices were read once.
        owner.widget.choices = [("", owner.empty_label), *offices]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if not facts.get("what") and (facts.get("owner") or facts.get("due_on")) and "what" not in self.errors:
            self.add_error("what", _("Isi apa yang harus dilakukan, atau kosongkan barisnya."))
        return facts

    def task(self) -> Task | None:
        facts = self.cleaned_data
        return Task(facts["what"], facts["owner"], facts["due_on"]) if facts["what"] else None


class TaskRows:
    """The follow-ups of a form, as many as are asked for: `baris` says how many rows the page had."""

    def __init__(self, data: QueryDict | None, *, area_code: str, count: int = ROWS, bound: bool = True) -> None:
        offices = [(str(pk), name) for pk, name in offices_in(area_code).values_list("pk", "name")]
        asked = data.get("baris", "") if data else ""
        count = int(asked) if asked.isdecimal() and len(asked) < 4 else count
        self.count = max(1, min(count, MOST_ROWS))
        self.rows = [
            TaskRow(
                data if bound else None,
                initial=None if bound or data is None else _typed(data, f"t{number}-"),
                offices=offices,
                area_code=area_code,
                number=number,
            )
            for number in range(1, self.count + 1)
        ]

    @property
    def full(self) -> bool:
        return self.count >= MOST_ROWS

    def is_valid(self) -> bool:
        return not [row for row in self.rows if not row.is_valid()]  # each row tells its own faults

    def tasks(self) -> list[Task]:
        return [task for row in self.rows if (task := row.task())]


def _typed(data: QueryDict, prefix: str = "") -> dict[str, Any]:
    """What was typed, as it was typed: for showing a form again that is not handed in yet."""
    return {key.removeprefix(prefix): data.get(key) for key in data if key.startswith(prefix)}


def meeting_as_typed(data: QueryDict, *, area_code: str, agreements: Any, by: User) -> MeetingForm:
    """The form as it stands on the page, unjudged: «Tambah baris» loses nothing and complains of nothing."""
    typed = _typed(data) | {name: data.getlist(name) for name in ("groups", "villages")}
    return MeetingForm(initial=typed, area_code=area_code, agreements=agreements, by=by)


def rows_with_one_more(data: QueryDict, *, area_code: str) -> TaskRows:
    more = data.copy()
    asked = more.get("baris", "")
    more["baris"] = str(int(asked) + 1) if asked and asked.isdecimal() and len(asked) < 4 else str(ROWS + 1)
    return TaskRows(more, area_code=area_code, bound=False)


class TaskForm(forms.Form):
    """One task of a work plan or a meeting, with its kind where it hangs on an agreement."""

    what = forms.CharField(label=_("Apa yang dikerjakan"), max_length=240)
    owner = OfficeField(
        label=_("Penanggung jawab"), queryset=Office.objects.none(), required=False, empty_label=_("Belum ditetapkan")
    )
    due_on = forms.DateField(label=_("Tenggat"), widget=DayInput(), required=False)
    kind = forms.ChoiceField(
        label=_("Jenis"),
        choices=[choice for choice in FollowUp.Kind.choices if choice[0] != FollowUp.Kind.FOLLOW_UP],
        initial=FollowUp.Kind.WORK_PLAN,
    )
    side = forms.ChoiceField(
        label=_("Kewajiban siapa"),
        required=False,
        choices=[("", _("Belum ditetapkan")), *((one.value, one.label) for one in (Side.REGION, Side.BRANCH))],
        help_text=_("Diisi untuk kewajiban."),
    )

    def __init__(self, *args: Any, area_code: str, with_kind: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)
        owner.queryset = offices_in(area_code)
        if not with_kind:
            del self.fields["kind"], self.fields["side"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if "side" in self.fields and facts.get("kind") != FollowUp.Kind.OBLIGATION:
            facts["side"] = ""
        elif "side" in self.fields and not facts.get("side") and "side" not in self.errors:
            self.add_error("side", _("Pilih pihak yang wajib melakukannya."))
        return facts


class DoneForm(forms.Form):
    """What came of a task, and when."""

    result = forms.CharField(label=_("Hasil"), max_length=240)
    on = forms.DateField(label=_("Selesai pada"), widget=DayInput())


# --- people ----------------------------------------------------------------------------------------


class PersonForm(forms.Form):
    """One person who came. Only the name is needed; a NIK lets the person be found when they join."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    organisation = forms.CharField(label=_("Instansi atau kelompok"), max_length=120, required=False)
    village_code = forms.ChoiceField(label=_("Desa/kelurahan tempat tinggal"), required=False)
    occupation = forms.ChoiceField(label=_("Pekerjaan"), required=False)
    sex = forms.ChoiceField(
        label=_("Jenis kelamin"),
        required=False,
        choices=[("", _("Tidak disebut")), ("L", _("Laki-laki")), ("P", _("Perempuan"))],
    )
    nik = forms.CharField(label=_("NIK"), required=False, max_length=24, widget=NIKInput())
    phone = forms.CharField(
        label=_("Nomor ponsel"),
        required=False,
        max_length=24,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "off"}),
    )
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, area_code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial.setdefault("once", uuid.uuid4())
        village, occupation = self.fields["village_code"], self.fields["occupation"]
        assert isinstance(village, forms.ChoiceField)
        assert isinstance(occupation, forms.ChoiceField)
        village.choices = [("", _("Tidak disebut")), *(choices_within(area_code) if len(area_code) > 2 else [])]
        occupation.choices = [("", _("Tidak disebut")), *occupation_choices()]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_nik(self) -> str:
        typed = self.cleaned_data["nik"].strip()
        if not typed:
            return ""
        nik = parse_nik(typed)
        if isinstance(nik, NIK):
            return nik.text
        digits = sum(sign.isdigit() for sign in typed)
        if digits != 16:
            raise forms.ValidationError(
                _("NIK harus 16 angka. Sekarang %(n)s. Periksa di KTP, atau kosongkan.") % {"n": digits}
            )
        raise forms.ValidationError(_("NIK ini tidak mungkin ada. Periksa di KTP, atau kosongkan."))

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return ""
        number: str | None = normalise_phones(pl.Series([typed]))[0]
        if not number:
            raise forms.ValidationError(_("Nomor ponsel ini tidak dikenali. Contoh: 0812 3456 7890. Boleh kosong."))
        return number

    def person(self) -> Person:
        facts = self.cleaned_data
        return Person(**{name: facts[name] for name in Person.__dataclass_fields__})


class ComingForm(PersonForm):
    """The same for somebody at their own phone, who agrees to what the data is for."""

    agree = forms.BooleanField(
        label=_("Saya setuju data ini dipakai seperti tertulis di atas."),
        error_messages={"required": _("Beri tanda setuju, atau isi daftar kertas pada petugas.")},
    )

    field_order: Sequence[str] = ("name", "organisation", "village_code", "occupation", "sex", "nik", "phone", "agree")


class ListForm(forms.Form):
    file = SpreadsheetField(
        label=_("Daftar hadir"),
        help_text=_(
            "XLSX, ODS, atau CSV. Kolom yang dikenali: nama, NIK, nomor ponsel, jenis kelamin, pekerjaan, desa,"
            " instansi."
        ),
    )


# --- photographs -----------------------------------------------------------------------------------


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to eight photographs at once; each is judged by what it is (pictures.py)."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("Pilih foto."), code="required")
        if len(files) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Paling banyak %(n)s foto sekali unggah.") % {"n": MOST_AT_ONCE})
        cleaned = [super(PhotosField, self).clean(file, initial) for file in files]
        if any(file.size > MOST_BYTES for file in cleaned):
            raise forms.ValidationError(_("Foto paling besar 15 MB. Perkecil fotonya, lalu unggah lagi."))
        return cleaned


class PhotoForm(forms.Form):
    photos = PhotosField(
        label=_("Foto"), widget=ManyFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True})
    )
    caption = forms.CharField(
        label=_("Yang terlihat di foto"), max_length=200, help_text=_("Misalnya: peserta dari Kelurahan Sukajadi.")
    )


class MeetingFilter(forms.Form):
    """Which meetings: filters that may stand in an address."""

    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    tahun = forms.ChoiceField(label=_("Tahun"), required=False)
    terbuka = forms.ChoiceField(
        label=_("Tindak lanjut"), required=False, choices=[("", _("Semua")), ("1", _("Masih terbuka"))]
    )

    def __init__(self, data: Mapping[str, Any], *, years: Sequence[int]) -> None:
        super().__init__(data)
        kind, year = self.fields["jenis"], self.fields["tahun"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(year, forms.ChoiceField)
        kind.choices = [("", _("Semua")), *Meeting.Kind.choices]
        year.choices = [("", _("Semua")), *((str(one), str(one)) for one in years)]

    def asked(self) -> dict[str, Any]:
        """What `queries.meetings_listed` is asked; what is no choice asks for nothing."""
        self.is_valid()
        facts = self.cleaned_data
        year = facts.get("tahun")
        return {
            "kind": facts.get("jenis", ""),
            "year": int(year) if year else None,
            "open_only": bool(facts.get("terbuka")),
        }
