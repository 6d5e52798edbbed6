"""A Nota Kesepakatan as a file: what `naung agreement create` reads. Faults name their place, as in programme files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from naung.accounts.models import Office, User
from naung.agreements.actions import Basis, PartyFacts, Task, record_agreement
from naung.agreements.models import Agreement
from naung.agreements.refusals import FileUnreadable
from naung.saying import Sentence, sentence

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=240)]
Programme = Literal["JKK", "JKM", "JHT", "JP", "JKP"]
SegmentName = Literal["state_employers", "private_employers", "bpu", "construction"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PartyPart(_Part):
    side: Literal["region", "branch", "other"]
    organisation: Words
    signer_name: str = ""
    signer_position: str = ""
    authority: str = ""
    power_number: str = ""
    power_on: date | None = None
    power_giver: str = ""
    address: str = ""


class BasisPart(_Part):
    as_printed: Words
    warning: str = ""


class TaskPart(_Part):
    what: Words
    kind: Literal["work_plan", "obligation"] = "work_plan"
    side: Literal["", "region", "branch", "other"] = ""
    office: str = Field(default="", description="Name of an office of the region.")
    due_on: date | None = None


class AgreementFile(_Part):
    """One Nota Kesepakatan. `ends_on` is the first day after the term."""

    area: Annotated[str, StringConstraints(pattern=r"^\d{2}(\d{2}(\d{2}(\d{4})?)?)?$")]
    title: Words
    parties: list[PartyPart] = Field(min_length=2)
    programmes: list[Programme] = Field(min_length=1)
    segments: list[SegmentName] = Field(min_length=1)
    groups: list[str] = []
    objects_text: str = Field(default="", max_length=400)
    scope: list[Words] = []
    funding: str = Field(default="", max_length=400)
    source: str = Field(default="", max_length=240)
    branch: str = Field(default="", description="Name of the branch office.")
    due_on: date | None = None
    signed_on: date | None = None
    signed_at: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    region_number: str = Field(default="", max_length=80)
    branch_number: str = Field(default="", max_length=80)
    legal_bases: list[BasisPart] = []
    tasks: list[TaskPart] = []
    sample: bool = False


def read(path: Path) -> AgreementFile:
    """Raises FileUnreadable with every fault and its place."""
    try:
        return AgreementFile.model_validate_json(path.read_bytes())
    except ValidationError as faults:
        raise FileUnreadable(tuple(_said(fault["loc"], fault["msg"]) for fault in faults.errors())) from None


def record_file(file: AgreementFile, *, by: User | None) -> Agreement:
    """Enter it; taken in again it is one. Raises FileUnreadable where an office has another name."""
    facts = file.model_dump(exclude={"area", "parties", "legal_bases", "tasks", "branch"})
    return record_agreement(
        area_code=file.area,
        parties=[PartyFacts(**party.model_dump()) for party in file.parties],
        bases=[Basis(one.as_printed, one.warning) for one in file.legal_bases],
        tasks=[
            Task(one.what, _office(one.office, file.area), one.due_on, file.sample, one.kind, one.side)
            for one in file.tasks
        ],
        branch=_office(file.branch, file.area),
        by=by,
        repeat=True,
        **facts,
    )


def _office(name: str, area: str) -> Office | None:
    if not name:
        return None
    found = Office.objects.filter(name=name, area_code__startswith=area[:4]).first()
    if found is None:
        raise FileUnreadable((sentence("kantor «%(name)s» belum terdaftar di wilayah ini", name=name),))
    return found


def _said(place: tuple[int | str, ...], message: str) -> Sentence:
    where = ".".join(str(part + 1 if isinstance(part, int) else part) for part in place) or "berkas"
    return sentence("%(where)s: %(message)s", where=where, message=message)
