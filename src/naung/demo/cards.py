"""Cards in invented hands, and one code to try Cek perlindungan with."""

from __future__ import annotations

import contextlib
from datetime import date

from naung.accounts.models import User
from naung.cards import actions, codes
from naung.cards.models import Card
from naung.cards.refusals import NobodyNeedsACard
from naung.contributions.models import BillLine
from naung.programmes.models import Programme
from naung.registry.models import Worker


def give_cards(programme: Programme, *, on: date, by: User) -> None:
    """A card for everybody of a programme. Their codes are printed by nobody."""
    with contextlib.suppress(NobodyNeedsACard):
        actions.issue_cards(programme, on=on, by=by)


def sample_code(programme_code: str) -> str:
    """A code that works, as printed on a card; "" where nobody has one.

    Codes are kept nowhere, so each asking makes a new one for the same invented worker: who is paid now
    and has been the longest.
    """
    paid = BillLine.objects.filter(bill__programme__code=programme_code, live=True, payment__isnull=False)
    carded = Card.objects.filter(withdrawn_at__isnull=True).values("worker_id")
    line = paid.filter(worker_id__in=carded).order_by("-month", "enrolment_id").first()
    if line is None:
        return ""
    worker = Worker.objects.get(pk=line.worker_id)
    return codes.written(actions.renew_card(worker, reason=Card.Ended.OTHER, by=None))
