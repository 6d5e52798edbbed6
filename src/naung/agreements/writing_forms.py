"""What a person writes into an agreement: its own fields, and rows of parties and obligations, as many as needed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import Office
from naung.accounts.queries import offices_in
from naung.agreements.actions import Basis, PartyFacts, Task
from naung.agreements.actions.common import PARTY_FIELDS, bases_of, parties_of
from naung.agreements.actions.drafting import COMPLETING
from naung.agreements.models import PROGRAMMES, Agreement, FollowUp, Segment, Side
from naung.agreements.terms import as_json, from_json
from naung.registry.forms import occupation_choices
from naung.ui.forms import DayInput, LastDayField, LinesField

MOST_ROWS = 30
#: Fields of the form that are columns of the agreement under the same name.
SAME = (
    "title", "due_on", "programmes", "segments", "groups", "objects_text", "scope", "funding", "starts_on", "ends_on",
    "term_source", "region_number", "branch_number", "signed_at", "source",
)  # fmt: skip
Kind = FollowUp.Kind


class OfficeField(forms.ModelChoiceField):
    """One office, by its name."""

    def label_from_instance(self, obj: Office) -> str:
        return obj.name


class AgreementForm(forms.Form):
    """The fields of a Nota Kesepakatan or a PKS."""

    title = forms.CharField(label=_("Judul"), max_length=240)
    branch = OfficeField(
        label=_("Cabang BPJS Ketenagakerjaan"), queryset=Office.objects.none(), required=False,
        empty_label=_("Belum ditetapkan"),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Tenggat tanda tangan"), widget=DayInput(), required=False,
        help_text=_("Lewat hari ini, naskah yang belum ditandatangani tampil sebagai terlambat."),
    )  # fmt: skip
    programmes = forms.MultipleChoiceField(
        label=_("Program"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, code) for code in PROGRAMMES],
    )  # fmt: skip
    segments = forms.MultipleChoiceField(
        label=_("Segmen"), required=False, widget=forms.CheckboxSelectMultiple, choices=Segment.choices
    )
    groups = forms.MultipleChoiceField(
        label=_("Kelompok pekerjaan"), required=False, widget=forms.CheckboxSelectMultiple, choices=occupation_choices
    )
    objects_text = forms.CharField(
        label=_("Sasaran dengan kata-kata"), max_length=400, required=False,
        help_text=_("Misalnya: juru parkir dan pengemudi becak yang terdaftar di Dinas Perhubungan."),
    )  # fmt: skip
    scope = LinesField(label=_("Ruang lingkup"), required=False, help_text=_("Satu pokok tiap baris."))
    funding = forms.CharField(
        label=_("Pembiayaan"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Siapa membayar apa, misalnya: iuran 5.000 pekerja rentan dari APBD kota."),
    )  # fmt: skip
    bases = LinesField(
        label=_("Dasar hukum"), required=False, longest=240,
        help_text=_("Satu peraturan tiap baris, seperti tercetak: Permendagri 15/2024 tentang Pedoman APBD."),
    )  # fmt: skip
    region_number = forms.CharField(label=_("Nomor pemerintah daerah"), max_length=80, required=False)
    branch_number = forms.CharField(label=_("Nomor BPJS Ketenagakerjaan"), max_length=80, required=False)
    signed_on = forms.DateField(
        label=_("Tanggal tanda tangan"), widget=DayInput(), required=False,
        help_text=_("Isi hanya bila sudah ditandatangani."),
    )  # fmt: skip
    signed_at = forms.CharField(label=_("Tempat tanda tangan"), max_length=120, required=False)
    starts_on = forms.DateField(label=_("Berlaku mulai"), widget=DayInput(), required=False)
    ends_on = LastDayField(label=_("Berlaku sampai dengan"), required=False, help_text=_("Hari terakhir masa berlaku."))
    term_source = forms.CharField(
        label=_("Asal masa berlaku"), max_length=240, required=False,
        help_text=_("Isi bila masa berlaku tidak tercetak di naskah."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Sumber"), max_length=240, required=False, help_text=_("Di mana naskah atau beritanya dapat dibaca.")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    #: Several values under one name.
    MANY: ClassVar = ("programmes", "segments", "groups")

    def __init__(self, *args: Any, area_code: str, only: Iterable[str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        branch = self.fields["branch"]
        assert isinstance(branch, forms.ModelChoiceField)
        branch.queryset = branches_of(area_code)
        if only is not None:
            for name in set(self.fields) - set(only) - {"revision"}:
                del self.fields[name]
        elif not self.is_bound and not self.initial.get("once"):
            self.initial["once"] = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        first, after = facts.get("starts_on"), facts.get("ends_on")
        if first and after and after <= first:
            self.add_error("ends_on", _("Masa berlaku berakhir sebelum mulai. Periksa kedua tanggalnya."))
        return facts

    def clean_funding(self) -> str:
        """A browser sends the ends of lines in its own way, which is no change."""
        return str(self.cleaned_data["funding"]).replace("\r\n", "\n")

    def chosen(self) -> int:
        """How many kinds of work are ticked, for the words beside them while they are closed."""
        return len(self["groups"].value() or []) if "groups" in self.fields else 0

    def wanted(self) -> dict[str, Any]:
        """What the form says, by the names of `actions.drafting.FIELDS` without the parties."""
        facts = self.cleaned_data
        found = {name: facts[name] for name in (*SAME, "bases") if name in self.fields}
        if "branch" in self.fields:
            found["branch_id"] = facts["branch"].pk if facts["branch"] else None
        return found


class Row(forms.Form):
    """One row of several. A row with nothing in it is none."""

    #: The field without which a row says nothing.
    KEY: ClassVar[str] = "what"
    #: Filled from the start, so by themselves they say nothing.
    PRESET: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, offices: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        owner = self.fields.get("owner")
        if isinstance(owner, forms.ModelChoiceField):
            owner.queryset = Office.objects.filter(pk__in=[pk for pk, _name in offices])
            # One query for all rows: the choices were read once.
            owner.widget.choices = [("", owner.empty_label), *offices]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        said = [name for name in facts if name != self.KEY and name not in self.PRESET and facts[name]]
        if said and not facts.get(self.KEY) and self.KEY not in self.errors:
            self.add_error(self.KEY, _("Isi baris ini, atau kosongkan seluruhnya."))
        return facts

    @property
    def says(self) -> bool:
        return bool(self.cleaned_data.get(self.KEY))


class PartyRow(Row):
    """One party: who signs, in which office, on what authority."""

    KEY = "organisation"
    PRESET = ("side",)

    side = forms.ChoiceField(label=_("Pihak"), choices=Side.choices)
    organisation = forms.CharField(label=_("Lembaga"), max_length=160, required=False)
    signer_name = forms.CharField(label=_("Nama penanda tangan"), max_length=120, required=False)
    signer_position = forms.CharField(label=_("Jabatan"), max_length=160, required=False)
    authority = forms.CharField(
        label=_("Dasar kewenangan"), max_length=400, required=False,
        help_text=_("Keputusan pengangkatan, atau surat kuasa."),
    )  # fmt: skip
    power_number = forms.CharField(label=_("Nomor surat kuasa"), max_length=80, required=False)
    power_on = forms.DateField(label=_("Tanggal surat kuasa"), widget=DayInput(), required=False)
    power_giver = forms.CharField(label=_("Pemberi kuasa"), max_length=160, required=False)
    address = forms.CharField(label=_("Alamat"), max_length=240, required=False)


class ObligationRow(Row):
    """What one party owes, until when, and which office sees to it."""

    PRESET = ("side",)

    side = forms.ChoiceField(label=_("Kewajiban pihak"), choices=Side.choices)
    what = forms.CharField(label=_("Kewajiban"), max_length=240, required=False)
    owner = OfficeField(
        label=_("Penanggung jawab"), queryset=Office.objects.none(), required=False, empty_label=_("Belum ditetapkan")
    )
    due_on = forms.DateField(label=_("Tenggat"), widget=DayInput(), required=False)


class PlanRow(Row):
    """One item of the work plan."""

    what = forms.CharField(label=_("Kegiatan"), max_length=240, required=False)
    owner = OfficeField(
        label=_("Penanggung jawab"), queryset=Office.objects.none(), required=False, empty_label=_("Belum ditetapkan")
    )
    due_on = forms.DateField(label=_("Tenggat"), widget=DayInput(), required=False)


class Rows:
    """Any number of rows of one kind. The page says how many it has in `<prefix>-n`; one more is asked by a button."""

    def __init__(
        self,
        kind: type[Row],
        prefix: str,
        *,
        data: QueryDict | None = None,
        judged: bool = True,
        initial: Sequence[Mapping[str, Any]] = (),
        least: int = 1,
        offices: Sequence[tuple[str, str]] = (),
        more: bool = False,
    ) -> None:
        self.prefix = prefix
        asked = data.get(f"{prefix}-n", "") if data is not None else ""
        count = int(asked) if asked and asked.isdecimal() and len(asked) < 4 else max(least, len(initial))
        self.count = max(1, min(count + more, MOST_ROWS))
        self.fresh = self.count if more else 0
        self.rows = []
        for number in range(1, self.count + 1):
            start = f"{prefix}{number}"
            typed = dict(initial[number - 1]) if number <= len(initial) else {}
            if data is not None and not judged:
                typed |= as_typed(data, f"{start}-")
            self.rows.append(kind(data if judged else None, prefix=start, initial=typed, offices=offices))
        if self.fresh:
            first = next(name for name in self.rows[-1].fields if name != "side")
            self.rows[-1].fields[first].widget.attrs["autofocus"] = True

    @property
    def full(self) -> bool:
        return self.count >= MOST_ROWS

    def is_valid(self) -> bool:
        return not [row for row in self.rows if not row.is_valid()]  # each row tells its own faults

    def facts(self) -> list[dict[str, Any]]:
        return [row.cleaned_data for row in self.rows if row.says]


def as_typed(data: QueryDict, prefix: str = "", many: Iterable[str] = ()) -> dict[str, Any]:
    """What was typed, as it was typed: for showing a form again that is not handed in yet."""
    found: dict[str, Any] = {}
    for key in data:
        if key.startswith(prefix):
            name = key.removeprefix(prefix)
            found[name] = data.getlist(key) if name in many else data.get(key)
    return found


def branches_of(area_code: str) -> QuerySet[Office]:
    """Branches that serve the region, or the province it lies in."""
    near = offices_in(area_code[:2]).filter(kind=Office.Kind.BRANCH)
    return near.filter(area_code__in=[area_code[:2], area_code[:4]]) if len(area_code) > 2 else near


def office_choices(area_code: str) -> list[tuple[str, str]]:
    """Offices that may own an obligation: those of the region itself and its branch, not each village."""
    rows = offices_in(area_code).exclude(kind__in=[Office.Kind.VILLAGE, Office.Kind.DONOR])
    both = rows.union(branches_of(area_code))
    return sorted(((str(one.pk), one.name) for one in both), key=lambda pair: pair[1])


def party_facts(rows: Rows) -> list[PartyFacts]:
    return [PartyFacts(**facts) for facts in rows.facts()]


def party_wanted(rows: Rows) -> list[dict[str, Any]]:
    """The parties as an edit compares them: in the order of sides, days as ISO."""
    found = [{name: as_json(name, facts.get(name, "")) for name in PARTY_FIELDS} for facts in rows.facts()]
    return sorted(found, key=lambda one: str(one["side"]))


def obligations(rows: Rows) -> list[Task]:
    return [Task(f["what"], f["owner"], f["due_on"], False, Kind.OBLIGATION, f["side"]) for f in rows.facts()]


def plan(rows: Rows) -> list[Task]:
    return [Task(f["what"], f["owner"], f["due_on"], False, Kind.WORK_PLAN) for f in rows.facts()]


def as_bases(lines: Iterable[str]) -> list[Basis]:
    return [Basis(line) for line in lines]


def fields_open(agreement: Agreement) -> tuple[str, ...] | None:
    """Which fields of the form may still be written; None: all but the day of signing."""
    if agreement.stage in Agreement.OPEN:
        return tuple(name for name in AgreementForm.base_fields if name not in ("signed_on", "once"))
    if agreement.stage == Agreement.Stage.SIGNED:
        return tuple(name for name in COMPLETING if name != "due_on")
    return ("source",)


def initial_of(agreement: Agreement) -> dict[str, Any]:
    """What the agreement says now, by the names of the form."""
    found = {name: getattr(agreement, name) for name in SAME}
    return found | {"branch": agreement.branch_id, "bases": bases_of(agreement), "revision": agreement.revision}


def parties_now(agreement: Agreement) -> list[dict[str, Any]]:
    return [{name: from_json(name, value) for name, value in one.items()} for one in parties_of(agreement)]
