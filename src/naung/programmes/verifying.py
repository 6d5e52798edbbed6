"""What an officer knows when verifying a list: by when, and which lists of other bodies it was compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from naung.registry.models import ReferenceList, SourceList
from naung.registry.queries import concerns

#: Working days within which the owner of a programme looks at what was sent: the office's own promise, not law.
WORKING_DAYS = 3
#: An answer of another body older than this says too little about today.
FRESH_DAYS = 90
_SATURDAY = 5


def due_on(source_list: SourceList) -> date | None:
    """The last day for verifying what was sent last; days off other than weekends are not known here."""
    if source_list.sent_at is None:
        return None
    day, left = timezone.localtime(source_list.sent_at).date(), WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of answer: the newest for this area, or none. `fresh` says that it is young enough to rely on."""

    words: str | Promise
    found: ReferenceList | None
    fresh: bool


_KINDS: tuple[tuple[str, str | Promise], ...] = (
    (ReferenceList.Kind.DEATHS, _("Data kematian (Dukcapil)")),
    (ReferenceList.Kind.MOVED, _("Data pindah (Dukcapil)")),
    (ReferenceList.Kind.MEMBERS, _("Penerima upah dan peserta lain (BPJS)")),
    (ReferenceList.Kind.DECILES, _("Desil kesejahteraan (DTSEN)")),
)


def compared_with(source_list: SourceList, *, on: date) -> list[Compared]:
    """For each kind of answer, the newest that speaks of the list's area; one query."""
    newest: dict[str, ReferenceList] = {}
    for one in ReferenceList.objects.order_by("-as_of", "-id"):
        if one.kind not in newest and concerns(one.area_code, source_list.area_code):
            newest[one.kind] = one
    found = []
    for kind, words in _KINDS:
        answer = newest.get(kind)
        fresh = answer is not None and (on - answer.as_of).days <= FRESH_DAYS
        found.append(Compared(words, answer, fresh))
    return found
