"""The ways cards say no. None of them carries a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class NobodyNeedsACard(Refusal):
    """Everybody who is enrolled has a card, or nobody is enrolled."""

    code: ClassVar[str] = "nobody_needs_a_card"

    programme: str

    def said(self) -> Sentence:
        return _("Tidak ada peserta yang perlu kode baru. Semua peserta sudah punya kartu, atau belum ada peserta.")


@dataclass(eq=False)
class NotAParticipant(Refusal):
    """A card is for somebody whom a decree enrolled."""

    code: ClassVar[str] = "not_a_participant"

    def said(self) -> Sentence:
        return _("Orang ini belum pernah terdaftar dalam program, jadi belum mendapat kartu.")


@dataclass(eq=False)
class ParticipantDied(Refusal):
    code: ClassVar[str] = "participant_died"

    def said(self) -> Sentence:
        return _("Peserta ini tercatat wafat. Ahli warisnya dilayani di kantor.")


@dataclass(eq=False)
class NoCard(Refusal):
    """There is nothing to withdraw."""

    code: ClassVar[str] = "no_card"

    def said(self) -> Sentence:
        return _("Orang ini tidak punya kartu yang berlaku.")


@dataclass(eq=False)
class EndingUnknown(Refusal):
    """A card ends for one of the reasons of the list."""

    code: ClassVar[str] = "ending_unknown"

    reason: str

    def said(self) -> Sentence:
        return _("Pilih alasan dari daftar.")
