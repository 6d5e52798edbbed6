"""A paper is issued: gathered, numbered, drawn, sealed and kept.

Drawing a long list takes seconds, and whoever holds the counter of a region makes everybody else there wait. So the
paper is drawn with the number that comes next, without holding it; then the counter is held for a moment. If the
number is still the next one the paper is kept, otherwise it is drawn again with the right one; the third time it is
drawn while the counter is held. Numbers are taken only together with a paper, so there are no gaps and no twins.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

import naung
from naung import progress
from naung.accounts.acting import require
from naung.accounts.crests import crest_picture
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.areas.queries import names_of
from naung.audit import actions as audit
from naung.documents.letters.kinds import KINDS
from naung.gateways.vault import KEYS_LOCK, vault
from naung.papers import codes, patterns
from naung.papers.actions import agreement_numbers
from naung.papers.actions.agreement_numbers import AGREEMENT
from naung.papers.drawing import Files, draw, missing_of
from naung.papers.gathering import Gathered, gather, gatherer_of, part_of
from naung.papers.models import Paper, PaperFile, PaperTemplate
from naung.papers.queries import address_of, live_paper, number_is_taken, papers_visible_to, template_of
from naung.papers.refusals import (
    AlreadyIssued,
    AlreadyReplaced,
    ContentsChanged,
    FieldsMissing,
    KindUnknown,
    NumberMissing,
    NumberTaken,
    NumberTooLong,
    ReplacesAnother,
    StillWanting,
    SubjectUnknown,
)
from naung.saying import Sentence

SEALED_AS = "paper"
_LONGEST_NUMBER = 80
_TRIES_UNHELD = 2
_ABOUT_LOCK = 0x4E534B48


@dataclass(frozen=True)
class _Asked:
    """What is issued, before it has a number."""

    kind: str
    part: str
    gathered: Gathered
    template: PaperTemplate | None
    replaces: Paper | None
    number: str
    on: date
    code: str
    site: str
    by: User | None

    @property
    def address(self) -> str:
        return address_of(self.site, self.code)


def issue_paper(
    kind: str,
    key: str,
    *,
    on: date,
    by: User,
    site: str,
    number: str = "",
    replaces: Paper | None = None,
    typed: Mapping[str, Any] | None = None,
    suggested: bool = False,
    shown: str = "",
    code: str = "",
) -> Paper:
    """Issue the paper of `kind` about the thing that `key` names in `gathering`, as far as `by` sees it.

    `site` is the public address of this installation. The number is the thing's own, else the `number` given by hand,
    else the next of the region's pattern; a new version keeps the number of the one it replaces. `typed` are fields
    that only people know; what is gathered is never overwritten by them. With `suggested` what nobody typed is as the
    page would have proposed it. `shown` is the digest of the gathered fields the person saw
    (`Gathered.fields_digest`): others are not issued in their place. With a `code` of its own, asking twice gives the
    first paper back.
    Raises NotPermitted, OutsideTerritory, and the refusals of this app.
    """
    if code and (earlier := papers_visible_to(by).filter(code=code, kind=kind).first()) and _is_about(earlier, key):
        return earlier
    gatherer = gatherer_of(kind)
    if gatherer is None or kind not in KINDS:
        raise KindUnknown(kind)
    thing = gatherer.subject(by, key)
    if thing is None:
        raise SubjectUnknown()
    progress.at("names")
    gathered = gather(kind, thing, on=on, by=by)
    require(by, Permission.PAPERS_ISSUE, gathered.area_code)
    if "full" in gathered.editions:
        require(by, Permission.IDENTITY_REVEAL, gathered.area_code)
    if gathered.wanting:
        raise StillWanting(Sentence(gathered.wanting[0], {}))
    if shown and shown != gathered.fields_digest():
        raise ContentsChanged()
    gathered = gathered.completed({**(gathered.suggested if suggested else {}), **(typed or {})})
    if missing := missing_of(kind, gathered):
        raise FieldsMissing(tuple(gettext(field.words) for field in missing))
    given = gathered.number or number.strip() or (replaces.number if replaces else "")
    if len(given) > _LONGEST_NUMBER or len(gathered.other_number) > _LONGEST_NUMBER:
        raise NumberTooLong(_LONGEST_NUMBER)
    asked = _Asked(
        kind=kind,
        part=part_of(key, gathered),
        gathered=gathered,
        template=template_of(gathered.area_code, kind),
        replaces=replaces,
        number=given,
        on=gathered.dated or on,
        code=code,
        site=site,
        by=by,
    )
    _refuse_twice(asked)
    for _try in range(_TRIES_UNHELD):
        asked = _with_a_free_code(asked)
        drawn_with = asked.number or _next_unheld(asked)
        files, digest = _drawn(asked, drawn_with)
        if paper := _keep_if(asked, drawn_with, files, digest):
            return paper
    return _draw_and_keep(_with_a_free_code(asked))


def _is_about(paper: Paper, key: str) -> bool:
    return key == (paper.about_part or str(paper.about_id))


def _with_a_free_code(asked: _Asked) -> _Asked:
    """A code is one paper's: what is no code, or stands on another paper, gives way to a fresh one."""
    code = asked.code
    while not codes.is_whole(code) or Paper.objects.filter(code=code).exists():
        code = codes.fresh()
    return replace(asked, code=code)


def _next_unheld(asked: _Asked) -> str:
    numbering = patterns.look(asked.gathered.area_code, asked.kind, on=asked.on)
    if numbering is None:
        raise NumberMissing()
    return numbering.next(code=asked.gathered.code, taken=lambda one: _is_taken(asked, one))


def _drawn(asked: _Asked, number: str) -> tuple[Files, str]:
    progress.at("typeset")
    numbered = asked.gathered.numbered(number)
    digest = numbered.digest()
    files = draw(
        asked.kind,
        numbered,
        template=bytes(asked.template.content) if asked.template and asked.template.content else None,
        crest=crest_picture(asked.gathered.area_code),
        code=asked.code,
        address=asked.address,
        digest=digest,
        dated=asked.on,
    )
    return files, digest


@transaction.atomic
def _keep_if(asked: _Asked, number: str, files: Files, digest: str) -> Paper | None:
    """Keep what was drawn if its number still is the right one, else None."""
    if _take(asked, number) == number and not Paper.objects.filter(code=asked.code).exists():
        return _kept(asked, number, files, digest)
    transaction.set_rollback(True)  # nothing was written but the counter, and that goes back
    return None


@transaction.atomic
def _draw_and_keep(asked: _Asked) -> Paper:
    """Draw while the counter is held: others were faster twice."""
    number = _take(asked, "")
    files, digest = _drawn(asked, number)
    return _kept(asked, number, files, digest)


def _take(asked: _Asked, wanted: str) -> str:
    """The number, taken. Everything that could have changed since is looked at again, under its lock."""
    _lock_thing(asked)
    _refuse_twice(asked)
    if asked.gathered.about.type == AGREEMENT:
        agreement_numbers.hold(asked.gathered.about.id, kind=asked.kind, number=asked.gathered.number)
    numbering = patterns.hold(asked.gathered.area_code, asked.kind, on=asked.on)
    free: Any = {"code": asked.gathered.code, "taken": lambda one: _is_taken(asked, one)}
    if asked.number:
        if numbering is not None and numbering.next(**free) == asked.number:
            numbering.take(**free)
        elif _is_taken(asked, asked.number):
            raise NumberTaken(asked.number, asked.on.year)
        return asked.number
    if numbering is None:
        raise NumberMissing()
    return numbering.take(**free)


def _is_taken(asked: _Asked, number: str) -> bool:
    """Whether another paper bears the number; the one that is replaced may hand its own on."""
    if asked.replaces is not None and _same_number(asked, number):
        return False
    about = asked.gathered.about
    return number_is_taken(asked.gathered.area_code[:4], asked.kind, asked.on.year, number, about_id=about.id)


def _same_number(asked: _Asked, number: str) -> bool:
    old = asked.replaces
    return old is not None and (old.number, old.year) == (number, asked.on.year)


def _lock_thing(asked: _Asked) -> None:
    about = asked.gathered.about
    key = f"{asked.kind} {about.type} {about.id} {asked.part}"
    with connection.cursor() as cursor:
        # No key is changed meanwhile; and two people at once must not both issue the first paper of one thing.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [KEYS_LOCK])
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_ABOUT_LOCK, zlib.crc32(key.encode()) - 2**31])


def _refuse_twice(asked: _Asked) -> None:
    """Raises AlreadyIssued, AlreadyReplaced, ReplacesAnother."""
    about, old = asked.gathered.about, asked.replaces
    if old is None:
        if earlier := live_paper(asked.kind, about.type, about.id, asked.part):
            raise AlreadyIssued(earlier.number)
        return
    ours = (asked.kind, about.type, about.id, asked.part)
    if (old.kind, old.about_type, old.about_id, old.about_part) != ours:
        raise ReplacesAnother()
    if Paper.objects.filter(replaces=old).exists():
        raise AlreadyReplaced(old.number)


def _kept(asked: _Asked, number: str, files: Files, digest: str) -> Paper:
    progress.at("keep")
    gathered, by, old = asked.gathered, asked.by, asked.replaces
    region = gathered.area_code[:4]
    paper = Paper.objects.create(
        kind=asked.kind,
        area_code=gathered.area_code,
        region_code=region,
        region_name=names_of([region]).get(region, region),
        year=asked.on.year,
        number=number,
        other_number=gathered.other_number,
        version=old.version + 1 if old and _same_number(asked, number) else 1,
        dated=asked.on,
        title=gathered.title[:240],
        about_type=gathered.about.type,
        about_id=gathered.about.id,
        about_part=asked.part,
        about_name=gathered.about.name[:240],
        about_url=gathered.about.url[:200],
        template=asked.template,
        drawn_by=naung.__version__,
        contents_sha256=digest,
        code=asked.code,
        address=asked.address,
        replaces=old,
        issued_by=by,
        issued_office=by.office_name if by else "",
        issued_at=timezone.now(),
    )
    sizes = _seal_files(paper, files)
    if gathered.about.type == AGREEMENT:
        agreement_numbers.write_back(paper, by=by)
    audit.record(
        "paper.issue",
        by=by,
        target_type="paper",
        target_id=paper.pk,
        target_name=number,
        area_code=gathered.area_code,
        kind=asked.kind,
        contents_sha256=digest,
        files=sizes,
        replaces=old.pk if old else None,
    )
    return paper


def _seal_files(paper: Paper, files: Files) -> Mapping[str, str]:
    """Each file sealed to a row of its own; the hashes by file, for the trail."""
    keys = vault()
    with connection.cursor() as cursor:
        # The seal is bound to the id, so the id comes first: rows of this table are never written again.
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('papers_paperfile', 'id')) FROM generate_series(1, %s)", [len(files)]
        )
        ids = [row[0] for row in cursor.fetchall()]
    rows = [
        PaperFile(
            pk=pk,
            paper=paper,
            edition=one.edition,
            form=one.form,
            sha256=hashlib.sha256(one.content).hexdigest(),
            size=len(one.content),
            pages=one.pages,
            sealed=keys.seal(SEALED_AS, pk, one.content),
        )
        for pk, one in zip(ids, files, strict=True)
    ]
    PaperFile.objects.bulk_create(rows)
    return {f"{one.edition}.{one.form}": one.sha256 for one in rows}
