from __future__ import annotations

import json
import math
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.programmes.refusals import SpecInvalid
from naung.programmes.spec import ProgrammeSpec, parse_spec
from naung.rules.periods import format_month
from naung.ui.forms import MonthField, RupiahField
from naung.ui.terms import term

FILE_LIMIT_BYTES = 1024 * 1024


class SpecFileForm(forms.Form):
    """A programme as a file: everything a programme can say."""

    file = forms.FileField(
        label=_("Berkas program"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        help_text=_("JSON, paling besar 1 MB. Contoh untuk 17 aturan nyata ikut bersama Naung."),
    )

    def clean(self) -> dict[str, Any]:
        """`spec`: the definition. Every mistake of the file becomes a sentence of its own."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file is not None:
            try:
                cleaned["spec"] = _spec_in(file)
            except SpecInvalid as refused:
                for mistake in refused.mistakes[:20]:
                    self.add_error("file", mistake)
        return cleaned


def _spec_in(file: Any) -> ProgrammeSpec:
    if file.size > FILE_LIMIT_BYTES:
        raise SpecInvalid(file.name, (str(_("berkas lebih besar dari 1 MB")),))
    try:
        data = json.loads(file.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise SpecInvalid(file.name, (str(_("berkas tidak dapat dibaca sebagai teks UTF-8")),)) from None
    except (json.JSONDecodeError, RecursionError) as failure:
        line = getattr(failure, "lineno", 1)
        raise SpecInvalid(file.name, (str(_("baris %(line)s: bukan JSON yang benar") % {"line": line}),)) from None
    return parse_spec(data, place=file.name)


class SimpleProgrammeForm(forms.Form):
    """The usual programme: one APBD line, an age range, some kinds of work, perhaps equal shares for villages."""

    name = forms.CharField(label=_("Nama program"), min_length=3, max_length=160)
    owner = forms.CharField(label=_("Kantor pengelola"), min_length=3, max_length=120)
    first_month = MonthField(label=_("Bulan pertama"))
    last_month = MonthField(label=_("Bulan terakhir"))
    places = forms.IntegerField(label=_("Kuota (orang)"), min_value=1, max_value=20_000_000)
    ceiling_rp = RupiahField(label=_("Pagu APBD"), help_text=_("Seluruh masa program, dalam rupiah."))
    with_jht = forms.BooleanField(label=_("Tambah JHT (selain JKK dan JKM)"), required=False)
    age_min = forms.IntegerField(label=_("Usia paling muda"), min_value=0, max_value=120, initial=18)
    age_below = forms.IntegerField(
        label=_("Belum berusia"),
        min_value=1,
        max_value=120,
        initial=65,
        help_text=_("Orang yang sudah mencapai usia ini tidak diterima."),
    )
    occupations = forms.MultipleChoiceField(
        label=_("Kelompok pekerjaan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kosong berarti semua pekerjaan diterima."),
    )
    equal_share = forms.BooleanField(label=_("Bagi kuota sama rata untuk setiap desa/kelurahan"), required=False)

    def __init__(self, *args: Any, area_code: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.area_code = area_code
        groups = sorted({one.group for one in occupations().values()})
        field = self.fields["occupations"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(name, term(name)) for name in groups]

    def clean(self) -> dict[str, Any]:
        """`spec`: the definition these answers make."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_month"), cleaned.get("last_month")
        if first and last and last < first:
            self.add_error("last_month", _("Bulan terakhir harus sesudah bulan pertama."))
        low, high = cleaned.get("age_min"), cleaned.get("age_below")
        if low is not None and high is not None and high <= low:
            self.add_error("age_below", _("Batas atas usia harus lebih besar dari batas bawah."))
        if not self.errors:
            try:
                cleaned["spec"] = parse_spec(self._data(cleaned), place=cleaned["name"])
            except SpecInvalid as refused:
                for mistake in refused.mistakes:
                    self.add_error(None, mistake)
        return cleaned

    def _data(self, given: dict[str, Any]) -> dict[str, Any]:
        criteria: list[dict[str, Any]] = [
            {
                "key": "age_least", "field": "age_years", "operator": "ge", "value": given["age_min"],
                "reason": f"Usia di bawah {given['age_min']} tahun.",
            },
            {
                "key": "age_below", "field": "age_years", "operator": "lt", "value": given["age_below"],
                "reason": f"Usia sudah {given['age_below']} tahun atau lebih.",
            },
        ]  # fmt: skip
        if given["occupations"]:
            criteria.append(
                {
                    "key": "occupation", "field": "occupation_group", "operator": "in", "value": given["occupations"],
                    "reason": "Pekerjaan di luar kelompok yang dilindungi program ini.",
                }
            )  # fmt: skip
        first = given["first_month"]
        return {
            "code": slugify(f"{given['name']}-{self.area_code}-{format_month(first)}")[-40:].strip("-"),
            "name": given["name"],
            "owner": {"name": given["owner"]},
            "area": self.area_code,
            "fiscal_year": first.year,
            "first_month": format_month(first),
            "last_month": format_month(given["last_month"]),
            "package": ["JKK", "JKM", *(["JHT"] if given["with_jht"] else [])],
            "places": given["places"],
            # The seed is the day it was opened: nobody could have tried out seeds before.
            "seed": int(timezone.localdate().strftime("%Y%m%d")),
            "criteria": criteria,
            "priorities": [
                {"key": "decile", "label": "Desil kesejahteraan", "kind": "ascending", "field": "decile"},
                {"key": "risk", "label": "Risiko pekerjaan", "kind": "descending", "field": "occupation_risk"},
                {"key": "age", "label": "Usia", "kind": "descending", "field": "age_years"},
            ],
            "quotas": self._equal_shares(given["places"]) if given["equal_share"] else [],
            "funding_lines": [
                {
                    "code": "apbd", "name": "APBD", "payer": "apbd_kab" if len(self.area_code) > 2 else "apbd_prov",
                    "ceiling_rp": given["ceiling_rp"],
                }
            ],
        }  # fmt: skip

    def _equal_shares(self, places: int) -> list[dict[str, Any]]:
        villages = areas.villages_of(self.area_code).count()
        each = math.ceil(places / villages) if villages else places
        return [{"key": "village", "label": "Sama rata per desa/kelurahan", "by": "village", "each": {"max": each}}]
