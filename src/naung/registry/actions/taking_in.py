"""Taking lists in: read, check against everything known, store all of it in one transaction.

Killed at any moment, nothing is stored or everything is; run again, the files that are stored are recognised by
their hash and answer what they answered. Reading and parsing happen before the lock, deciding and writing under it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import polars as pl
from django.db import transaction
from django.utils import timezone

from naung.accounts.acting import require
from naung.accounts.models import Office, User
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.bulk.intake.containers import Limits
from naung.bulk.intake.matching import Columns
from naung.bulk.intake.parsing import ParsedFile, read_file
from naung.bulk.intake.refusals import FileRefused
from naung.gateways.failure import GatewayError
from naung.registry import files, storing
from naung.registry.checking import IntakeRules, check_lists
from naung.registry.intake_results import FileResult, IntakeResult, stored_result
from naung.registry.models import SourceList
from naung.registry.references import ReferenceFile
from naung.registry.vault import Vault, vault
from naung.registry.writing import writing_vault

NamedFile = tuple[str, Path | bytes]
Progress = Callable[[str], None]


@dataclass(frozen=True)
class _Handed:
    """One file of the upload: who it is, and what reading it gave (nothing where it was here before)."""

    name: str
    source: Path | bytes
    sha256: str
    parsed: ParsedFile | None = None
    refused: FileRefused | None = None

    def content(self) -> bytes:
        """The bytes that were read. Raises GatewayError when somebody changed the file meanwhile."""
        content = self.source.read_bytes() if isinstance(self.source, Path) else self.source
        self.must_be(hashlib.sha256(content).hexdigest())
        return content

    def must_be(self, sha256: str) -> None:
        if sha256 != self.sha256:
            raise GatewayError(f"Berkas «{self.name}» berubah saat dibaca. Tutup berkasnya, lalu ulangi.")


def take_in(
    handed: Iterable[NamedFile],
    *,
    programme_code: str,
    rules: IntakeRules,
    reference_date: date,
    by: User | None,
    office: Office | None = None,
    references: Sequence[tuple[str, ReferenceFile]] = (),
    send: bool = True,
    dry_run: bool = False,
    limits: Limits | None = None,
    columns: Columns | None = None,
    progress: Progress = lambda stage: None,
) -> IntakeResult:
    """Check lists for a programme and, unless `dry_run`, store them with everyone they name.

    `columns` is what a person said about lists whose titles nobody knows.
    `references` are extra answers for this intake only, as (kind, file), beside the stored ones. Each file ends
    as parsed or refused; each row in exactly one verdict. A file that was handed in for this programme before gives
    its stored result back and changes nothing. A refused file leaves no trace; the others go on.
    Raises NotPermitted, OutsideTerritory, GatewayError (keys).
    """
    area_code = _area_of(office, by, rules)
    require(by, Permission.LIST_UPLOAD, area_code)
    clock = _Clock(progress)
    upload = [_recognise(name, source) for name, source in handed]
    stored = _stored_lists(programme_code, upload)
    upload = [one if one.sha256 in stored else _read(one, limits, columns) for one in upload]
    clock.passed("read")
    with transaction.atomic():
        keys = vault() if dry_run else writing_vault()
        stored = _stored_lists(programme_code, upload)
        fresh = _first_of_each(one for one in upload if one.parsed is not None and one.sha256 not in stored)
        checked = check_lists(
            [one.parsed for one in fresh if one.parsed is not None],
            rules=rules,
            programme_code=programme_code,
            default_area=area_code,
            reference_date=reference_date,
            references=references,
            vault=keys,
        )
        clock.passed("check")
        results = {
            one.sha256: FileResult.of_rows(one.name, one.parsed, rows)
            for one, rows in zip(fresh, checked, strict=True)
            if one.parsed is not None
        }
        if fresh and not dry_run:
            facts = _ListFacts(programme_code, area_code, office, reference_date, by, send, timezone.now())
            results = _store(fresh, checked, results, facts=facts, keys=keys, clock=clock)
    clock.passed("commit")
    answers = []
    for one in upload:
        if one.refused is not None:
            answers.append(FileResult.of_refusal(one.name, one.refused))
        elif one.sha256 in stored:
            answers.append(replace(stored_result(stored[one.sha256]), name=one.name, repeated=True))
        else:
            answers.append(replace(results[one.sha256], name=one.name))
    return IntakeResult(files=tuple(answers), seconds=clock.seconds)


@dataclass(frozen=True)
class _ListFacts:
    """What all lists of one upload share."""

    programme_code: str
    area_code: str
    office: Office | None
    reference_date: date
    by: User | None
    send: bool
    now: datetime

    def new_list(self, one: _Handed, result: FileResult) -> SourceList:
        assert one.parsed is not None
        office_name = self.office.name if self.office else self.by.office_name if self.by else ""
        return SourceList(
            programme_code=self.programme_code,
            area_code=self.area_code,
            office_name=office_name,
            filename=one.name[:255],
            sha256=one.sha256,
            size_bytes=one.parsed.size,
            reference_date=self.reference_date,
            columns={
                sheet.name: {"columns": list(sheet.columns), "titles": sheet.titles, "fields": sheet.fields}
                for sheet in one.parsed.sheets
            },
            skipped=[list(line) for line in one.parsed.skipped.select("sheet", "row", "kind").iter_rows()],
            status=SourceList.Status.SENT if self.send else SourceList.Status.DRAFT,
            sent_at=self.now if self.send else None,
            received_at=self.now,
            received_by=self.by,
            reasons=result.reasons,
            **result.counts,
        )


def _store(
    fresh: Sequence[_Handed],
    checked: Sequence[pl.DataFrame],
    results: dict[str, FileResult],
    *,
    facts: _ListFacts,
    keys: Vault,
    clock: _Clock,
) -> dict[str, FileResult]:
    """Files first, then their lists, rows and people: a list in the database always has its file."""
    for one in fresh:
        files.keep(one.content(), one.sha256, keys)
    clock.passed("files")
    lists = SourceList.objects.bulk_create([facts.new_list(one, results[one.sha256]) for one in fresh])
    storing.store(
        [storing.Checked(saved, rows) for saved, rows in zip(lists, checked, strict=True)],
        vault=keys,
    )
    for saved in lists:
        audit.record(
            "list.take",
            by=facts.by,
            target_type="list",
            target_id=saved.pk,
            target_name=saved.filename,
            area_code=saved.area_code,
            programme=saved.programme_code,
            sha256=saved.sha256,
            rows=results[saved.sha256].counts,
        )
    clock.passed("store")
    return {saved.sha256: replace(results[saved.sha256], source_list=saved, rows=None, stored=True) for saved in lists}


def _recognise(name: str, source: Path | bytes) -> _Handed:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _Handed(name, source, hashlib.file_digest(file, "sha256").hexdigest())
    return _Handed(name, source, hashlib.sha256(source).hexdigest())


def _read(one: _Handed, limits: Limits | None, columns: Columns | None) -> _Handed:
    try:
        parsed = read_file(one.source, one.name, limits=limits, columns=columns)
    except FileRefused as refused:
        return replace(one, refused=refused)
    one.must_be(parsed.sha256)
    return replace(one, parsed=parsed)


def _stored_lists(programme_code: str, upload: Sequence[_Handed]) -> dict[str, SourceList]:
    lists = SourceList.objects.filter(programme_code=programme_code, sha256__in={one.sha256 for one in upload})
    return {one.sha256: one for one in lists}


def _first_of_each(upload: Iterable[_Handed]) -> list[_Handed]:
    """The same file twice in one upload is one file."""
    return list({one.sha256: one for one in reversed(list(upload))}.values())[::-1]


def _area_of(office: Office | None, by: User | None, rules: IntakeRules) -> str:
    """The area that hands in: the office's, else the person's own where it lies in the programme's area."""
    if office is not None:
        return office.area_code
    if by is not None and by.area_code.startswith(rules.area_code):
        return by.area_code
    return rules.area_code


class _Clock:
    """Seconds of each stage, for the bench and the progress line."""

    def __init__(self, progress: Progress) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()
        self._progress = progress

    def passed(self, stage: str) -> None:
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
        self._progress(stage)
