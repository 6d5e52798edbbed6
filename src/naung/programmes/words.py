"""A programme's definition as sentences: what a condition asks, how an order is made, what a quota means."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.programmes.spec import ProgrammeSpec, QuotaSpec
from naung.programmes.spec_parts import ConditionSpec, PrioritySpec
from naung.rules.conditions import Field, Operator
from naung.rules.selection import Dimension, PriorityKind
from naung.ui.formats import date_plain, number, rupiah
from naung.ui.terms import term

FIELDS: dict[Field, str | Promise] = {
    Field.AGE_YEARS: gettext_lazy("Usia"),
    Field.AREA: gettext_lazy("Tempat tinggal"),
    Field.OCCUPATION: gettext_lazy("Pekerjaan"),
    Field.OCCUPATION_GROUP: gettext_lazy("Kelompok pekerjaan"),
    Field.OCCUPATION_RISK: gettext_lazy("Risiko pekerjaan (1–5)"),
    Field.SECTOR: gettext_lazy("Sektor"),
    Field.DECILE: gettext_lazy("Desil kesejahteraan"),
    Field.INCOME_RP: gettext_lazy("Penghasilan sebulan"),
    Field.SEX: gettext_lazy("Jenis kelamin"),
    Field.OFFICE: gettext_lazy("Perangkat daerah pengusul"),
    Field.ATTRIBUTE: gettext_lazy("Keterangan khusus"),
}
GROUPS: dict[Dimension, str | Promise] = {
    Dimension.VILLAGE: gettext_lazy("desa/kelurahan"),
    Dimension.DISTRICT: gettext_lazy("kecamatan"),
    Dimension.OCCUPATION: gettext_lazy("pekerjaan"),
    Dimension.OCCUPATION_GROUP: gettext_lazy("kelompok pekerjaan"),
    Dimension.OFFICE: gettext_lazy("perangkat daerah"),
    Dimension.HOUSEHOLD: gettext_lazy("keluarga (KK)"),
}
_VALUES = {
    "transport": gettext_lazy("angkutan"),
    "other": gettext_lazy("bukan angkutan"),
    "L": gettext_lazy("laki-laki"),
    "P": gettext_lazy("perempuan"),
    "covered": gettext_lazy("sudah dibayar program lain"),
    "member": gettext_lazy("sudah peserta BPJS Ketenagakerjaan"),
}


def _tongue() -> str:
    return get_language() or "id"


def condition_words(asked: ConditionSpec) -> str:
    """«Usia 18 sampai 64 tahun», «Pekerjaan: Petani, Nelayan»."""
    name = str(FIELDS[asked.field])
    if asked.field in (Field.AGE_YEARS, Field.DECILE, Field.INCOME_RP, Field.OCCUPATION_RISK):
        words = f"{name} {_number_words(asked)}"
    else:
        values = ", ".join(_value(asked.field, value) for value in asked.values)
        refused = asked.operator in (Operator.NOT_IN, Operator.NOT_WITHIN, Operator.LACKS)
        words = _("%(name)s bukan: %(values)s") if refused else _("%(name)s: %(values)s")
        words %= {"name": name, "values": values}
    if asked.on:
        words += " " + _("pada %(day)s") % {"day": date_plain(asked.on, language=_tongue())}
    if asked.vintage_from:
        words += " " + _("(data sejak %(day)s)") % {"day": date_plain(asked.vintage_from, language=_tongue())}
    return words


def _number_words(asked: ConditionSpec) -> str:
    numbers = [int(value) for value in asked.values]
    write = rupiah if asked.field is Field.INCOME_RP else number
    unit = " " + _("tahun") if asked.field is Field.AGE_YEARS else ""
    first, last = (write(one, language=_tongue()) for one in (numbers[0], numbers[-1]))
    patterns = {
        Operator.GE: _("paling sedikit %(first)s"),
        Operator.GT: _("lebih dari %(first)s"),
        Operator.LE: _("paling banyak %(first)s"),
        Operator.LT: _("belum %(first)s"),
        Operator.BETWEEN: _("%(first)s sampai %(last)s"),
    }
    return patterns[asked.operator] % {"first": first, "last": last} + unit


def _value(field: Field, value: int | str) -> str:
    text = str(value)
    if field is Field.OCCUPATION and text in occupations():
        return term(occupations()[text].label)
    if field is Field.AREA:
        return areas.name_of(text) or text
    return str(_VALUES.get(text, text.replace("_", " ") if field is Field.ATTRIBUTE else text))


def priority_words(one: PrioritySpec) -> str:
    """How one step of the order puts people one behind the other."""
    match one.kind:
        case PriorityKind.ASCENDING:
            return _("yang terkecil lebih dulu")
        case PriorityKind.DESCENDING:
            return _("yang terbesar lebih dulu")
        case PriorityKind.SOFT:
            return _("yang memenuhi lebih banyak syarat anjuran lebih dulu")
        case PriorityKind.TIERS:
            return "; ".join(f"{place}. {tier.label}" for place, tier in enumerate(one.tiers, 1))
        case PriorityKind.POINTS:
            return "; ".join(f"{weight.label} {weight.points:+d}" for weight in one.weights)
        case _:
            assert one.field is not None
            return " → ".join(_value(one.field, value) for value in one.values)


@dataclass(frozen=True, slots=True)
class QuotaWords:
    """A quota in words, and how many groups it names."""

    label: str
    each: str
    named: int


def quota_words(quota: QuotaSpec) -> QuotaWords:
    by = str(GROUPS[quota.by])
    parts = []
    if quota.each.max is not None:
        parts.append(
            _("paling banyak %(n)s setiap %(by)s") % {"n": number(quota.each.max, language=_tongue()), "by": by}
        )
    if quota.each.min:
        parts.append(
            _("paling sedikit %(n)s setiap %(by)s") % {"n": number(quota.each.min, language=_tongue()), "by": by}
        )
    if quota.groups:
        named = ngettext("%(n)s %(by)s dengan jatah sendiri", "%(n)s %(by)s dengan jatah sendiri", len(quota.groups))
        parts.append(named % {"n": number(len(quota.groups), language=_tongue()), "by": by})
    return QuotaWords(quota.label or _("Kuota per %(by)s") % {"by": by}, "; ".join(parts), len(quota.groups))


@dataclass(frozen=True, slots=True)
class CriterionWords:
    words: str
    reason: str
    hard: bool
    legal_basis: str
    evidence: str
    restricted: bool


def criteria_words(spec: ProgrammeSpec) -> list[CriterionWords]:
    """Every criterion, hard ones first."""
    found = [
        CriterionWords(
            condition_words(one), one.reason, one.mode == "hard", one.legal_basis, one.evidence, one.restricted
        )
        for one in spec.criteria
    ]
    return sorted(found, key=lambda one: not one.hard)
