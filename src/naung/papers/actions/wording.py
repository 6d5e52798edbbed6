"""A region's own templates and patterns."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.refusals import PatternFaulty, TerritoryMalformed
from naung.audit import actions as audit
from naung.documents.letters.kinds import KINDS
from naung.documents.letters.templates import fault_of as fault_of_template
from naung.documents.numbering import fault_of
from naung.papers.models import PaperPattern, PaperTemplate, ProposedTemplate
from naung.papers.refusals import KindUnknown, ProposalGone, TemplateIsShipped, TemplateRefused

_TEMPLATE_LOCK = 0x54454D50


@transaction.atomic
def set_template(
    area_code: str, kind: str, *, content: bytes, filename: str, at: datetime, by: User | None, note: str = ""
) -> PaperTemplate:
    """A region's own template from now on. The same file twice changes nothing.

    Papers that were issued with another one stay as they are.
    Raises NotPermitted, OutsideTerritory, TerritoryMalformed, KindUnknown, TemplateRefused.
    """
    region = _region(area_code, kind, by)
    if fault := fault_of_template(kind, content):
        raise TemplateRefused(fault)
    digest = hashlib.sha256(content).hexdigest()
    newest = _newest(region, kind)
    if newest and newest.sha256 == digest:
        return newest
    kept = _append(region, kind, newest, at=at, by=by, content=content, sha256=digest, filename=filename, note=note)
    _record("template.set", kept, by, sha256=digest, bytes=len(content))
    return kept


@transaction.atomic
def propose_template(
    area_code: str, kind: str, *, content: bytes, filename: str, at: datetime, by: User | None, note: str = ""
) -> ProposedTemplate:
    """Keep a template beside the one in force, to look at; another one proposed before gives way.

    Raises NotPermitted, OutsideTerritory, TerritoryMalformed, KindUnknown, TemplateRefused.
    """
    region = _region(area_code, kind, by)
    if fault := fault_of_template(kind, content):
        raise TemplateRefused(fault)
    facts = {
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
        "filename": filename[:120],
        "note": note.strip()[:200],
        "proposed_by": by,
        "proposed_at": at,
    }
    kept, _made = ProposedTemplate.objects.update_or_create(area_code=region, kind=kind, defaults=facts)
    _record("template.propose", kept, by, sha256=kept.sha256, bytes=len(content))
    return kept


@transaction.atomic
def use_proposed_template(area_code: str, kind: str, *, sha256: str, at: datetime, by: User | None) -> PaperTemplate:
    """Put the proposed template in force: the one that was looked at, told by its hash.

    Raises NotPermitted, OutsideTerritory, TerritoryMalformed, KindUnknown, ProposalGone, TemplateRefused.
    """
    region = _region(area_code, kind, by)
    proposed = ProposedTemplate.objects.filter(area_code=region, kind=kind, sha256=sha256).first()
    if proposed is None:
        raise ProposalGone()
    content = bytes(proposed.content)
    kept = set_template(region, kind, content=content, filename=proposed.filename, note=proposed.note, at=at, by=by)
    proposed.delete()
    return kept


@transaction.atomic
def drop_proposed_template(area_code: str, kind: str, *, by: User | None) -> None:
    """Lay the proposed template aside; what is in force stays. Safe to repeat.

    Raises NotPermitted, OutsideTerritory, TerritoryMalformed, KindUnknown.
    """
    region = _region(area_code, kind, by)
    proposed = ProposedTemplate.objects.filter(area_code=region, kind=kind).first()
    if proposed is not None:
        _record("template.drop", proposed, by, sha256=proposed.sha256)
        proposed.delete()


@transaction.atomic
def use_shipped_template(area_code: str, kind: str, *, at: datetime, by: User | None) -> PaperTemplate:
    """Back to the template that comes with the product.

    Raises NotPermitted, OutsideTerritory, TerritoryMalformed, KindUnknown, TemplateIsShipped.
    """
    region = _region(area_code, kind, by)
    newest = _newest(region, kind)
    if newest is None or newest.content is None:
        raise TemplateIsShipped()
    kept = _append(region, kind, newest, at=at, by=by)
    _record("template.shipped", kept, by)
    return kept


@transaction.atomic
def set_pattern(area_code: str, kind: str, *, pattern: str, by: User | None) -> None:
    """How papers of a kind are numbered; empty means: numbers are given by hand. Safe to repeat.

    Raises NotPermitted, OutsideTerritory, TerritoryMalformed, KindUnknown, PatternFaulty.
    """
    region = _region(area_code, kind, by)
    if pattern and (fault := fault_of(pattern)):
        raise PatternFaulty(fault)
    kept = PaperPattern.objects.select_for_update().filter(area_code=region, kind=kind).first()
    if pattern == (kept.pattern if kept else ""):
        return
    if pattern:
        PaperPattern.objects.update_or_create(area_code=region, kind=kind, defaults={"pattern": pattern})
    else:
        PaperPattern.objects.filter(area_code=region, kind=kind).delete()
    audit.record(
        "pattern.set", by=by, target_type="region", target_id=region, area_code=region, kind=kind, pattern=pattern
    )


def _region(area_code: str, kind: str, by: User | None) -> str:
    require(by, Permission.TEMPLATES_EDIT, area_code)
    if len(area_code) not in {2, 4}:
        raise TerritoryMalformed(area_code)
    if kind not in KINDS:
        raise KindUnknown(kind)
    with connection.cursor() as cursor:  # two versions at once must not both follow the same one
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_TEMPLATE_LOCK, int(area_code)])
    return area_code


def _newest(region: str, kind: str) -> PaperTemplate | None:
    return PaperTemplate.objects.filter(area_code=region, kind=kind).order_by("-version").first()


def _append(
    region: str,
    kind: str,
    newest: PaperTemplate | None,
    *,
    at: datetime,
    by: User | None,
    content: bytes | None = None,
    sha256: str = "",
    filename: str = "",
    note: str = "",
) -> PaperTemplate:
    last = PaperTemplate.objects.filter(area_code=region, kind=kind).aggregate(last=Max("version"))["last"] or 0
    return PaperTemplate.objects.create(
        area_code=region,
        kind=kind,
        version=last + 1,
        content=content,
        sha256=sha256,
        filename=filename[:120],
        note=note.strip()[:200],
        set_by=by,
        set_at=at,
    )


def _record(action: str, kept: PaperTemplate | ProposedTemplate, by: User | None, **detail: Any) -> None:
    audit.record(
        action,
        by=by,
        target_type="template",
        target_id=kept.pk,
        target_name=f"{kept.kind} {kept.version}" if isinstance(kept, PaperTemplate) else kept.kind,
        area_code=kept.area_code,
        **detail,
    )
