"""What happens to a paper after it was issued: it is handed out, or withdrawn."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.gateways.vault import vault
from naung.papers.models import Paper, PaperFile, PaperWithdrawal
from naung.papers.refusals import AlreadyWithdrawn, ReasonMissing

_SHORTEST_REASON = 10


@transaction.atomic
def opened(file: PaperFile, *, by: User | None, seen_by: Permission = Permission.PAPERS_VIEW) -> bytes:
    """A file of a paper, byte for byte as it was issued. That it was handed out is recorded, each time.

    `seen_by` is what it takes to see the thing it is about.

    Raises NotPermitted, OutsideTerritory, SealBroken.
    """
    paper = file.paper
    require(by, seen_by, paper.area_code)
    if file.edition == PaperFile.Edition.FULL:
        require(by, Permission.IDENTITY_REVEAL, paper.area_code)
    content = vault().open("paper", file.pk, file.sealed)
    _record("paper.download", paper, by, file=f"{file.edition}.{file.form}")
    return content


@transaction.atomic
def withdraw_paper(paper: Paper, *, reason: str, by: User | None) -> PaperWithdrawal:
    """The paper no longer counts; whoever checks it is told so, without the reason.

    Raises NotPermitted, OutsideTerritory, ReasonMissing, AlreadyWithdrawn.
    """
    paper = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    require(by, Permission.PAPERS_ISSUE, paper.area_code)
    if len(reason.strip()) < _SHORTEST_REASON:
        raise ReasonMissing()
    if PaperWithdrawal.objects.filter(paper=paper).exists():
        raise AlreadyWithdrawn(paper.number)
    ended = PaperWithdrawal.objects.create(
        paper=paper, reason=reason.strip()[:300], withdrawn_by=by, withdrawn_at=timezone.now()
    )
    _record("paper.withdraw", paper, by, reason=ended.reason)
    return ended


def _record(action: str, paper: Paper, by: User | None, *, reason: str = "", **detail: object) -> None:
    audit.record(
        action,
        by=by,
        target_type="paper",
        target_id=paper.pk,
        target_name=paper.number,
        area_code=paper.area_code,
        reason=reason,
        **detail,
    )
