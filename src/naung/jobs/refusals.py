from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naung.refusal import Refusal
from naung.saying import Count, Sentence
from naung.saying import sentence as _


@dataclass(eq=False)
class StoppedTooOften(Refusal):
    """The worker went away in the middle of it, each time it was begun."""

    code: ClassVar[str] = "job_stopped_too_often"

    tries: int

    def said(self) -> Sentence:
        return _(
            "Pekerjaan ini dimulai %(tries)s kali dan setiap kali terhenti di tengah. Data tidak berubah.",
            tries=Count(self.tries),
        )


@dataclass(eq=False)
class OwnerLeft(Refusal):
    """Whoever asked for it may no longer sign in."""

    code: ClassVar[str] = "job_owner_left"

    def said(self) -> Sentence:
        return _("Orang yang meminta pekerjaan ini sudah tidak aktif.")


@dataclass(eq=False)
class JobNotFailed(Refusal):
    """Only a job that a fault of ours ended can be run again."""

    code: ClassVar[str] = "job_not_failed"

    def said(self) -> Sentence:
        return _("Pekerjaan ini tidak perlu dijalankan lagi.")
