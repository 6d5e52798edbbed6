"""The four short pages of *Hak ahli waris*: one question each, each with "Tidak tahu"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from naung.lawbook.heirs_estimate import Months, Told, spans_of_months
from naung.rules.death import CauseOfDeath
from naung.rules.heirs import Relation
from naung.rules.law import Law
from naung.ui.forms import DayInput

UNKNOWN = "tidak-tahu"
_SPANS = ("awal", "tengah", "lama")
_CHILDREN = {"0": 0, "1": 1, "2": 2}


class Question(forms.Form):
    """One page. `names` are the fields that it asks; the others travel with it unseen."""

    def __init__(self, data: Any = None, *, law: Law, today: date, initial: Mapping[str, str] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="id_%s")
        self.law, self.today = law, today


class RelationQuestion(Question):
    hubungan = forms.ChoiceField(
        label=_("Hubungan Anda dengan pekerja yang wafat"),
        widget=forms.RadioSelect,
        choices=[
            (Relation.SPOUSE.value, _("Suami atau istri")),
            (Relation.CHILD.value, _("Anak")),
            (Relation.PARENT.value, _("Orang tua")),
            (Relation.GRANDCHILD.value, _("Cucu")),
            (Relation.GRANDPARENT.value, _("Kakek atau nenek")),
            (Relation.SIBLING.value, _("Saudara kandung")),
            (Relation.PARENT_IN_LAW.value, _("Mertua")),
            (Relation.WILL.value, _("Ditunjuk dalam wasiat")),
            (Relation.OTHER.value, _("Hubungan lain")),
            (UNKNOWN, _("Tidak tahu")),
        ],
    )


class CauseQuestion(Question):
    sebab = forms.ChoiceField(
        label=_("Sebab wafat"),
        widget=forms.RadioSelect,
        choices=[
            (CauseOfDeath.WORK.value, _("Kecelakaan kerja atau penyakit akibat kerja")),
            (CauseOfDeath.OTHER.value, _("Bukan karena pekerjaan")),
            (UNKNOWN, _("Tidak tahu")),
        ],
    )
    wafat = forms.DateField(
        label=_("Tanggal wafat"),
        help_text=_("Kosongkan bila baru saja: dihitung menurut aturan hari ini."),
        widget=DayInput(),
        required=False,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["wafat"].widget.attrs["max"] = self.today.isoformat()

    def clean_wafat(self) -> date | None:
        day: date | None = self.cleaned_data["wafat"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("Tanggal wafat paling lambat hari ini."))
        return day


class MonthsQuestion(Question):
    lama = forms.ChoiceField(
        label=_("Lama iuran"),
        help_text=_("Hitung bulan yang lunas berturut-turut, sampai dengan bulan wafat."),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        spans = zip(_SPANS, spans_of_months(self.law, self.today), strict=True)
        choices = [(name, span_words(span)) for name, span in spans if span.least <= span.most]
        self.fields["lama"].choices = [*choices, (UNKNOWN, _("Tidak tahu"))]  # type: ignore[attr-defined]


class ChildrenQuestion(Question):
    anak = forms.ChoiceField(
        label=_("Anak yang masih bersekolah atau kuliah"),
        help_text=_("Hitung juga anak yang belum mulai bersekolah."),
        widget=forms.RadioSelect,
        choices=[
            ("0", _("Tidak ada")),
            ("1", _("1 anak")),
            ("2", _("2 anak atau lebih")),
            (UNKNOWN, _("Tidak tahu")),
        ],
    )


QUESTIONS: tuple[type[Question], ...] = (RelationQuestion, CauseQuestion, MonthsQuestion, ChildrenQuestion)
#: What travels from page to page; nothing else that is sent is read.
NAMES = tuple(name for one in QUESTIONS for name in one.base_fields)


def span_words(span: Months) -> str:
    """`Sampai 3 bulan`, `4 sampai 35 bulan`, `36 bulan atau lebih`."""
    if span.open_ended:
        return gettext("%(least)d bulan atau lebih") % {"least": span.least}
    if span.least == 1:
        return gettext("Sampai %(most)d bulan") % {"most": span.most}
    return gettext("%(least)d sampai %(most)d bulan") % {"least": span.least, "most": span.most}


def told(answers: Mapping[str, Any], law: Law, today: date) -> Told:
    """What the four pages said, once each of them was found right."""
    spans = dict(zip(_SPANS, spans_of_months(law, today), strict=True))
    relation, cause = answers["hubungan"], answers["sebab"]
    return Told(
        died_on=answers["wafat"] or today,
        relation=None if relation == UNKNOWN else Relation(relation),
        cause=None if cause == UNKNOWN else CauseOfDeath(cause),
        months=spans.get(answers["lama"]),
        children=_CHILDREN.get(answers["anak"]),
    )
