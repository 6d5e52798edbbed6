from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import Office
from naung.accounts.queries import offices_in
from naung.agreements.actions import Task
from naung.agreements.models import Agreement, Meeting
from naung.ui.forms import DayInput

TASKS = 3


class StageForm(forms.Form):
    """Where a PKS stands. Signing asks for number, day and term: the action says which is missing."""

    stage = forms.ChoiceField(
        label=_("Tahap"), choices=[choice for choice in Agreement.Stage.choices if choice[0] != Agreement.Stage.ENDED]
    )
    region_number = forms.CharField(label=_("Nomor pemerintah daerah"), max_length=80, required=False)
    branch_number = forms.CharField(label=_("Nomor BPJS Ketenagakerjaan"), max_length=80, required=False)
    signed_on = forms.DateField(label=_("Tanggal tanda tangan"), widget=DayInput(), required=False)
    starts_on = forms.DateField(label=_("Berlaku mulai"), widget=DayInput(), required=False)
    ends_on = forms.DateField(
        label=_("Berakhir pada"),
        widget=DayInput(),
        required=False,
        help_text=_("Hari pertama sesudah masa berlaku."),
    )


class DoneForm(forms.Form):
    """What came of a follow-up."""

    result = forms.CharField(label=_("Hasil"), max_length=240)


class MeetingForm(forms.Form):
    """A meeting with up to three follow-ups, each with who and until when."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Meeting.Kind.choices)
    title = forms.CharField(label=_("Judul"), max_length=200)
    held_on = forms.DateField(label=_("Tanggal"), widget=DayInput())
    place = forms.CharField(label=_("Tempat"), max_length=160, required=False)
    notes = forms.CharField(
        label=_("Catatan"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(label=_("Sumber atau notulen"), max_length=240, required=False)

    def __init__(self, *args: Any, area_code: str, agreements: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offices = offices_in(area_code)
        self.fields["agreement"] = forms.ModelChoiceField(
            label=_("Kesepakatan"), queryset=agreements, required=False, empty_label=_("Tidak terkait")
        )
        for number in range(1, TASKS + 1):
            self.fields[f"what_{number}"] = forms.CharField(
                label=_("Tindak lanjut %(n)s") % {"n": number}, max_length=240, required=False
            )
            self.fields[f"owner_{number}"] = OfficeField(
                label=_("Penanggung jawab %(n)s") % {"n": number},
                queryset=offices,
                required=False,
                empty_label=_("Belum ditetapkan"),
            )
            self.fields[f"due_{number}"] = forms.DateField(
                label=_("Tenggat %(n)s") % {"n": number}, widget=DayInput(), required=False
            )

    def task_fields(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each follow-up, for a row of the page."""
        return [(self[f"what_{n}"], self[f"owner_{n}"], self[f"due_{n}"]) for n in range(1, TASKS + 1)]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        for number in range(1, TASKS + 1):
            if not facts.get(f"what_{number}") and (facts.get(f"owner_{number}") or facts.get(f"due_{number}")):
                self.add_error(f"what_{number}", _("Isi apa yang harus dilakukan, atau kosongkan barisnya."))
        return facts

    def follow_ups(self) -> list[Task]:
        facts = self.cleaned_data
        return [
            Task(facts[f"what_{n}"], facts[f"owner_{n}"], facts[f"due_{n}"])
            for n in range(1, TASKS + 1)
            if facts[f"what_{n}"]
        ]

    def as_meeting(self) -> dict[str, Any]:
        names = ("kind", "title", "held_on", "place", "notes", "source", "agreement")
        return {name: self.cleaned_data[name] for name in names}


class OfficeField(forms.ModelChoiceField):
    """One office; there may be hundreds of villages, so each says what it is by name alone."""

    def label_from_instance(self, obj: Office) -> str:
        return obj.name
