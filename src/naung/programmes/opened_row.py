"""One row opened: what it said, who stands beside it, and the forms that this reader may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.bulk.intake.reasons import fields_of
from naung.programmes.comparing import Comparison, compared
from naung.registry import queries, row_queries
from naung.registry.forms import CorrectionForm, DecisionForm
from naung.registry.models import SourceRow

# Where the sender's column stands for a field that the form calls otherwise.
_FORM_FIELD = {"birth_both": "birth_date", "sex_l": "sex", "sex_p": "sex", "regency": "district"}


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """`correction` and `decision` are None where the reader may not, or where there is nothing to do."""

    row: SourceRow
    faults: tuple[row_queries.Fault, ...]
    comparison: Comparison
    received: dict[str, Any]
    correction: CorrectionForm | None
    decision: DecisionForm | None
    refused: str = ""
    """Why what was handed in came too late."""
    first: tuple[str, ...] = ()
    """The fields of the correction that the faults point at; the others stand behind them."""

    @property
    def pointed(self) -> list[BoundField]:
        """The fields of the correction to look at first; all of them where no fault points at one."""
        assert self.correction is not None
        return [field for field in self.correction if field.name in self._named]

    @property
    def others(self) -> list[BoundField]:
        assert self.correction is not None
        return [field for field in self.correction if field.name not in self._named]

    @property
    def _named(self) -> tuple[str, ...]:
        return self.first or tuple(CorrectionForm.base_fields)

    @property
    def form(self) -> CorrectionForm | DecisionForm | None:
        """The form that was handed in, where one was."""
        for one in (self.correction, self.decision):
            if one is not None and one.is_bound:
                return one
        return None


def opened(
    user: User,
    row: SourceRow,
    *,
    correction: CorrectionForm | None = None,
    decision: DecisionForm | None = None,
    refused: str = "",
) -> OpenedRow:
    """The row as this reader finds it; a form that was handed in stands there with its faults."""
    comparison = compared(user, row)
    choices = decisions(user, row, comparison)
    may_correct = row.is_open and user.may(Permission.LIST_UPLOAD)
    if may_correct and correction is None:
        correction = CorrectionForm(
            initial=CorrectionForm.as_received(queries.said_by(row)), auto_id=f"b{row.ordinal}-%s"
        )
    if choices and decision is None:
        decision = DecisionForm(choices=choices, auto_id=f"p{row.ordinal}-%s")
    explained = row_queries.explained(row.list, [row])[0]
    return OpenedRow(
        row=row,
        faults=explained.faults,
        comparison=comparison,
        received=queries.row_as_received(row),
        correction=correction if may_correct else None,
        decision=decision if choices else None,
        refused=refused,
        first=pointed_at(row),
    )


def pointed_at(row: SourceRow) -> tuple[str, ...]:
    """The fields of the correction that the faults of a row point at, best first."""
    named = [_FORM_FIELD.get(name, name) for code in row.reasons for name in fields_of(code)]
    return tuple(dict.fromkeys(name for name in named if name in CorrectionForm.base_fields))


def decisions(user: User, row: SourceRow, comparison: Comparison) -> list[tuple[str, str]]:
    """The decisions on a row under review that are this reader's, each with its consequence in words."""
    if row.verdict != SourceRow.Verdict.REVIEW:
        return []
    found: list[tuple[str, str]] = []
    if "nik_conflict" in row.reasons and user.may(Permission.LIST_UPLOAD):
        found = _same_or_not(row, comparison)
    if user.may(Permission.LIST_DECIDE):
        found.append(("accept", _("Terima. Orang dan datanya benar; baris ini siap.")))
        found.append(("reject", _("Tolak. Baris ini tidak ikut dan tidak dapat diperbaiki lagi.")))
    if found:
        found.append((DecisionForm.UNSURE, _("Belum yakin. Baris ini tetap draf, tidak ikut terkirim.")))
    return found


def _same_or_not(row: SourceRow, comparison: Comparison) -> list[tuple[str, str]]:
    if comparison.known is not None:
        same = (
            _("Orang yang sama. Orangnya sudah ada di program ini, jadi baris ini tidak dikirim lagi.")
            if comparison.handed_in
            else _("Orang yang sama. Baris ini siap, dan dicatat pada orang yang sudah tercatat.")
        )
        return [("same", same), ("different", _("Orang berbeda. NIK di baris ini keliru dan harus diperbaiki."))]
    if comparison.unseen:
        return [("different", _("Orang berbeda. NIK di baris ini keliru dan harus diperbaiki."))]
    if not comparison.rows:
        return []
    many = len(comparison.rows)
    facts = {"row": row.row, "others": ", ".join(str(number) for number in comparison.rows)}
    return [
        (
            "same",
            ngettext(
                "Orang yang sama. Simpan baris %(row)s; baris %(others)s menjadi ganda dan tidak dikirim.",
                "Orang yang sama. Simpan baris %(row)s; baris %(others)s menjadi ganda dan tidak dikirim.",
                many,
            )
            % facts,
        ),
        (
            "different",
            ngettext(
                "Orang berbeda. NIK ini milik baris %(row)s; NIK baris %(others)s harus diperbaiki.",
                "Orang berbeda. NIK ini milik baris %(row)s; NIK baris %(others)s harus diperbaiki.",
                many,
            )
            % facts,
        ),
    ]
