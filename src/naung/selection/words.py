"""What a round decided for one person, in words: why not, why waiting, and what the order was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from naung.bulk.intake.reasons import SENTENCES, Reason
from naung.programmes.spec import ProgrammeSpec
from naung.registry.reason_words import SHORT
from naung.rules.conditions import Field
from naung.rules.selection import LAST, NO_MONEY, PLACES_FULL, PriorityKind
from naung.ui.formats import number, rupiah

#: Why people leave the list of a programme; the codes are those of `coverage.models.Departure.Reason`, a later stage.
LEFT: dict[str, str | Promise] = {
    "death": gettext_lazy("Wafat"),
    "moved": gettext_lazy("Pindah"),
    "wage_job": gettext_lazy("Bekerja sebagai penerima upah"),
    "other_funder": gettext_lazy("Dibayar sumber lain"),
    "refused": gettext_lazy("Mengundurkan diri"),
}


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One step of the order as it stood for a person: «Desil kesejahteraan: 1»."""

    label: str
    value: str


def score_parts(spec: ProgrammeSpec, score: Sequence[int]) -> list[ScorePart]:
    """The numbers of a score as people read them; smaller is earlier, so descending ones were turned round."""
    return [
        ScorePart(one.label.partition(",")[0], _said(one, value))
        for one, value in zip(spec.priorities, score, strict=False)
    ]


def _said(priority: object, value: int) -> str:
    kind = getattr(priority, "kind", None)
    tongue = get_language() or "id"
    if value == LAST:
        return _("tidak diketahui")
    match kind:
        case PriorityKind.TIERS:
            tiers = getattr(priority, "tiers", [])
            return tiers[value].label if value < len(tiers) else _("di luar urutan")
        case PriorityKind.LISTED:
            values = getattr(priority, "values", [])
            return values[value] if value < len(values) else _("di luar urutan")
        case PriorityKind.POINTS:
            return _("%(n)s poin") % {"n": number(-value, language=tongue)}
        case PriorityKind.SOFT:
            return _("%(n)s anjuran belum terpenuhi") % {"n": value}
        case _:
            plain = -value if kind is PriorityKind.DESCENDING else value
            write = rupiah if getattr(priority, "field", None) is Field.INCOME_RP else number
            return write(plain, language=tongue)


def reason_words(spec: ProgrammeSpec, code: str) -> str:
    """A whole sentence for one reason code of a candidate."""
    kind, _sep, key = code.partition(":")
    if kind == "criterion":
        return next((one.reason for one in spec.criteria if one.key == key), code)
    if kind == "quota":
        label = next((one.label or one.key for one in spec.quotas if one.key == key), key)
        return _("Kuota «%(label)s» sudah penuh.") % {"label": label}
    if code == PLACES_FULL:
        return _("Semua tempat sudah terisi oleh calon yang urutannya lebih dulu.")
    if code == NO_MONEY:
        return _("Pagu sumber dana tidak cukup sampai akhir masa program.")
    if code in Reason._value2member_map_:
        sentence = SENTENCES[Reason(code)]
        return _(sentence) if "{" not in sentence else f"{SHORT[Reason(code)]}."
    return code
