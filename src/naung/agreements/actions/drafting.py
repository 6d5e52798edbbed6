"""Writing agreements: a Nota Kesepakatan, many PKS at once, and edits that overwrite nobody."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.agreements.actions.citing import Basis, cite
from naung.agreements.actions.common import (
    PARTY_FIELDS,
    audited,
    hold_numbers,
    locked,
    may_write,
    merged,
    not_ahead,
    numbers_free,
    require_edit,
)
from naung.agreements.actions.tasking import Task, write_tasks
from naung.agreements.models import Agreement, Change, FollowUp, Party, StageChange
from naung.agreements.refusals import (
    AgreementThere,
    NotYours,
    SignedStays,
    TermReversed,
)
from naung.agreements.terms import from_json

Stage = Agreement.Stage
#: What a person may write into a paper; after signing only what completes it.
FIELDS = (
    "title", "due_on", "region_number", "branch_number", "signed_on", "signed_at", "starts_on", "ends_on",
    "term_source", "programmes", "segments", "groups", "objects_text", "scope", "funding", "source", "branch_id",
    "parties", "bases",
)  # fmt: skip
#: Facts of the signature: written once; after that a signed paper keeps them.
FILLED_ONCE = ("region_number", "branch_number", "signed_on", "signed_at", "starts_on", "ends_on")
COMPLETING = ("due_on", "region_number", "branch_number", "signed_at", "starts_on", "ends_on", "term_source", "source")


@dataclass(frozen=True)
class PartyFacts:
    """Who signs for one side ("region", "branch", "other"), and on what authority."""

    side: str
    organisation: str
    signer_name: str = ""
    signer_position: str = ""
    authority: str = ""
    power_number: str = ""
    power_on: date | None = None
    power_giver: str = ""
    address: str = ""


@transaction.atomic
def record_agreement(
    *,
    area_code: str,
    title: str,
    by: User | None,
    parties: Sequence[PartyFacts] = (),
    programmes: Sequence[str] = (),
    segments: Sequence[str] = (),
    groups: Sequence[str] = (),
    objects_text: str = "",
    scope: Sequence[str] = (),
    funding: str = "",
    source: str = "",
    branch: Office | None = None,
    due_on: date | None = None,
    signed_on: date | None = None,
    signed_at: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    term_source: str = "",
    region_number: str = "",
    branch_number: str = "",
    bases: Sequence[Basis] = (),
    tasks: Sequence[Task] = (),
    sample: bool = False,
    once: uuid.UUID | None = None,
    repeat: bool = False,
) -> Agreement:
    """Enter a Nota Kesepakatan as a draft, or as signed where it has its day.

    A form sent twice (the same token `once`) is one paper. Of a second of the same title and day, `repeat` (a file
    taken in again) gives back the first; anybody else is told. Raises AgreementThere, TermReversed, NumberUsed,
    DayAhead, NotPermitted, OutsideTerritory.
    """
    require(by, Permission.AGREEMENT_EDIT, area_code)
    _term_goes_forward(starts_on, ends_on)
    not_ahead(signed_on)
    hold_numbers(area_code)
    if once and (found := Agreement.objects.filter(once=once, area_code=area_code).first()) is not None:
        return found
    same = Agreement.objects.filter(kind=Agreement.Kind.NOTA, area_code=area_code, title=title, signed_on=signed_on)
    if repeat and (found := same.first()) is not None:
        return found
    # A draft that was given up does not hold its title.
    if same.exclude(stage=Stage.ENDED, signed_on=None).exists():
        raise AgreementThere(title)
    numbers_free(area_code, {"region": region_number, "branch": branch_number})
    agreement = Agreement.objects.create(
        kind=Agreement.Kind.NOTA, area_code=area_code, title=title, branch=branch, due_on=due_on,
        stage=Stage.SIGNED if signed_on else Stage.DRAFT, region_number=region_number, branch_number=branch_number,
        signed_on=signed_on, signed_at=signed_at, starts_on=starts_on, ends_on=ends_on, term_source=term_source,
        programmes=list(programmes), segments=list(segments), groups=list(groups), objects_text=objects_text,
        scope=list(scope), funding=funding, source=source, sample=sample, once=once,
    )  # fmt: skip
    write_parties(agreement, [asdict(party) for party in parties])
    cite(bases, of=agreement, by=by)
    write_tasks(agreement, tasks)
    began(agreement, by=by, on=signed_on)
    audited("agreement.record", agreement, by=by)
    return agreement


@transaction.atomic
def prepare_pks(
    nota: Agreement,
    *,
    offices: Sequence[Office],
    due_on: date | None,
    by: User | None,
    objects: Mapping[int, str] | None = None,
    groups: Mapping[int, Sequence[str]] | None = None,
    programmes: Mapping[int, Sequence[str]] | None = None,
    stage: str = Stage.ASKED,
    sample: bool = False,
) -> list[Agreement]:
    """Make the PKS of many offices from one Nota Kesepakatan; an office that has one on its way or in force keeps it.

    Each takes over programmes, segments, scope, funding, legal bases, obligations and the second party; the first party
    is the office, which also owes what the region owed, on the authority of a surat kuasa still to be given. The
    mappings are by the office's id.
    """
    require(by, Permission.AGREEMENT_EDIT, nota.area_code)
    nota = locked(nota)
    busy = set(nota.pks.exclude(stage=Stage.ENDED).values_list("office_id", flat=True))
    head = nota.parties.filter(side="region").first()
    second = list(nota.parties.exclude(side="region"))
    bases = list(nota.legal_bases.values_list("as_printed", "instrument__name"))
    obligations = list(nota.tasks.filter(kind=FollowUp.Kind.OBLIGATION))
    made: list[Agreement] = []
    for office in offices:
        if office.pk in busy or office.area_code[:4] != nota.area_code[:4]:
            continue
        pks = Agreement.objects.create(
            kind=Agreement.Kind.PKS, parent=nota, office=office, branch=nota.branch, area_code=nota.area_code,
            title=f"PKS {office.name}"[:240], stage=stage, due_on=due_on,
            programmes=list((programmes or {}).get(office.pk, nota.programmes)), segments=list(nota.segments),
            groups=list((groups or {}).get(office.pk, ())), objects_text=(objects or {}).get(office.pk, "")[:400],
            scope=list(nota.scope), funding=nota.funding, sample=sample,
        )  # fmt: skip
        giver = " ".join(part for part in (head.signer_position or head.organisation,) if part) if head else ""
        first = {"side": "region", "organisation": office.name, "signer_position": f"Kepala {office.name}"[:160],
                 "power_giver": giver[:160]}  # fmt: skip
        write_parties(pks, [first, *({name: getattr(party, name) for name in PARTY_FIELDS} for party in second)])
        cite([Basis(printed, name=name) for printed, name in bases], of=pks, by=by)
        owners = {"region": office, "branch": nota.branch}
        write_tasks(
            pks, [Task(o.what, owners.get(o.side, o.owner), o.due_on, sample, o.kind, o.side) for o in obligations]
        )
        began(pks, by=by, on=None)
        made.append(pks)
    if made:
        audited("pks.prepare", nota, by=by, offices=len(made))
    return made


@transaction.atomic
def edit_agreement(agreement: Agreement, wanted: Mapping[str, Any], *, revision: int, by: User | None) -> Agreement:
    """Write what a person who saw `revision` wants; fields another changed meanwhile are kept.

    `wanted` has names of FIELDS; "parties" is a list of mappings with the names of PartyFacts, "bases" the instruments
    as printed. Raises EditedMeanwhile where both changed the same field, SignedStays, TermReversed, NumberUsed,
    DayAhead, NotYours, NotPermitted.
    """
    agreement = locked(agreement)
    require_edit(by, agreement)
    if by is not None and not may_write(by, agreement):
        raise NotYours()
    assert set(wanted) <= set(FIELDS)
    found = merged(agreement, wanted, revision=revision, changes=agreement.changes.select_related("by"))
    if not found:
        return agreement
    if agreement.stage not in Agreement.OPEN:
        allowed = COMPLETING if agreement.stage == Stage.SIGNED else ("source",)
        if set(found) - set(allowed) or any(found[field][0] for field in found if field in FILLED_ONCE):
            raise SignedStays(agreement.title)
    new = {field: from_json(field, value) for field, (_old, value) in found.items()}
    for field, value in new.items():
        if field not in ("parties", "bases"):
            setattr(agreement, field, value)
    _term_goes_forward(agreement.starts_on, agreement.ends_on)
    not_ahead(new.get("signed_on"))
    sides = {side: new.get(f"{side}_number", "") for side in ("region", "branch")}
    numbers_free(agreement.area_code, sides, besides=agreement)
    if "parties" in new:
        write_parties(agreement, new["parties"])
    if "bases" in new:
        agreement.legal_bases.exclude(as_printed__in=new["bases"]).delete()
        cite([Basis(words) for words in new["bases"]], of=agreement, by=by)
    agreement.revision += 1
    agreement.save()
    Change.objects.create(
        agreement=agreement,
        revision=agreement.revision,
        fields=[[field, old, value] for field, (old, value) in found.items()],
        by=by,
    )
    audited("agreement.edit", agreement, by=by, fields=sorted(found))
    return agreement


def write_parties(agreement: Agreement, parties: Sequence[Mapping[str, Any]]) -> None:
    agreement.parties.all().delete()
    order: dict[str, int] = {}
    rows = []
    for facts in parties:
        side = str(facts["side"])
        order[side] = order.get(side, 0) + 1
        known = {name: from_json(name, facts[name]) for name in PARTY_FIELDS if name in facts}
        rows.append(Party(agreement=agreement, order=order[side], **known))
    Party.objects.bulk_create(rows)


def began(agreement: Agreement, *, by: User | None, on: date | None) -> None:
    StageChange.objects.create(agreement=agreement, now=agreement.stage, on=on or timezone.localdate(), by=by)


def _term_goes_forward(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on <= starts_on:
        raise TermReversed()
