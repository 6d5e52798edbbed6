"""Writes: what a region decided about an open question, and who compared a line of the law with the gazette."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import NotPermitted
from naung.audit import actions as audit
from naung.lawbook import queries
from naung.lawbook.models import LawCheck, LegalDecision
from naung.lawbook.refusals import (
    CheckInTheFuture,
    CheckNeedsDocument,
    CheckNeedsWords,
    DecisionDiffers,
    DecisionHasNoDays,
    DecisionNeedsBasis,
    LineUnknown,
    QuestionUnknown,
)
from naung.rules.decisions import questions
from naung.rules.law import current_law


@transaction.atomic
def record_decision(
    *,
    area_code: str,
    question: str,
    answer: str,
    valid_from: date,
    basis: str,
    by: User | None,
    valid_until: date | None = None,
) -> LegalDecision:
    """Enter what a region decided about a question that the law leaves open; the same once more is one.

    It holds from `valid_from` until a decision that begins later, or before `valid_until`.
    Raises NotPermitted, OutsideTerritory, QuestionUnknown, DecisionNeedsBasis, DecisionHasNoDays, DecisionDiffers.
    """
    require(by, Permission.LAW_DECIDE, area_code)
    asked = questions().get(question)
    if asked is None or answer not in {one.code for one in asked.answers}:
        raise QuestionUnknown(question, answer)
    if not basis.strip():
        raise DecisionNeedsBasis(question)
    if valid_until is not None and valid_until <= valid_from:
        raise DecisionHasNoDays(valid_from, valid_until)
    decision, made = LegalDecision.objects.get_or_create(
        area_code=area_code,
        question=question,
        valid_from=valid_from,
        defaults={"answer": answer, "valid_until": valid_until, "basis": basis.strip()[:200], "decided_by": by},
    )
    if not made and (decision.answer, decision.valid_until) != (answer, valid_until):
        raise DecisionDiffers(question, decision.answer)
    if made:
        audit.record(
            "decision.record",
            by=by,
            target_type="decision",
            target_id=decision.pk,
            target_name=question,
            area_code=area_code,
            reason=decision.basis,
            answer=answer,
            valid_from=valid_from.isoformat(),
            valid_until=valid_until.isoformat() if valid_until else None,
        )
    return decision


@transaction.atomic
def record_check(
    *,
    key: str,
    start: date,
    agrees: bool,
    document: str,
    by: User,
    page: str = "",
    gazette_says: str = "",
    checked_on: date | None = None,
) -> LawCheck:
    """Enter that a named person compared one line of a parameter with the gazette, and what came of it.

    A line that agrees loses its mark *diingat* everywhere; one that differs keeps it, and the page and the doctor warn
    until the parameter files are put right. The law is national, so a check counts for every region here; its record
    stands in the trail of the region of whoever checked.
    Raises NotPermitted, LineUnknown, CheckNeedsDocument, CheckNeedsWords, CheckInTheFuture.
    """
    if not by.may(Permission.LAW_CHECK):
        raise NotPermitted(Permission.LAW_CHECK.value)
    line = queries.line_of(current_law(), key, start)
    if line is None:
        raise LineUnknown(key, start)
    document, says = document.strip()[:200], gazette_says.strip()
    if not document:
        raise CheckNeedsDocument(key)
    if agrees == bool(says):
        raise CheckNeedsWords(key)
    today = timezone.localdate()
    day = checked_on or today
    if day > today:
        raise CheckInTheFuture(day)
    check = LawCheck.objects.create(
        key=key,
        start=start,
        value=queries.stated(line),
        outcome=LawCheck.Outcome.AGREES if agrees else LawCheck.Outcome.DIFFERS,
        gazette_says=says,
        document=document,
        page=page.strip()[:60],
        checked_on=day,
        checked_by=by,
        checked_by_name=by.full_name,
    )
    audit.record(
        "law.check",
        by=by,
        target_type="law",
        target_id=key[:40],
        target_name=line.citation.label,
        area_code=by.area_code,
        reason=document,
        line=f"{key} {start.isoformat()}",
        outcome=check.outcome,
        page=check.page,
    )
    return check
