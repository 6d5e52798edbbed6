"""The ways a list as a whole says no: when it is sent, verified or given back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class NothingReady(Refusal):
    """A list is sent row by row as rows become ready; with none there is nothing to hand in."""

    code: ClassVar[str] = "nothing_ready"

    def said(self) -> Sentence:
        return _("Belum ada baris yang siap dikirim. Perbaiki dulu barisnya.")


@dataclass(eq=False)
class ListNotSent(Refusal):
    """Only what was sent is verified or given back."""

    code: ClassVar[str] = "list_not_sent"

    def said(self) -> Sentence:
        return _("Daftar ini masih draf di desa, jadi belum dapat diverifikasi atau dikembalikan.")


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Whoever gets rows back must read why."""

    code: ClassVar[str] = "return_needs_reason"

    def said(self) -> Sentence:
        return _("Tulis alasan mengembalikan, supaya desa tahu yang harus diperbaiki.")


@dataclass(eq=False)
class NobodyToCompare(Refusal):
    """Whether two are one person is asked only where there are two."""

    code: ClassVar[str] = "nobody_to_compare"

    row: int

    def said(self) -> Sentence:
        return _("Tidak ada orang lain dengan NIK yang sama seperti baris %(row)s.", row=self.row)
