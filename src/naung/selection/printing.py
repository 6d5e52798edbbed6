"""The papers of a decree as files: drawn at once where they are short, kept ready, sealed, where they are long.

A kept paper is named by the SHA-256 of what it is drawn from: the decree and its list, which never change, the
version, the wording of the region, and the version of the product that draws it.
"""

from __future__ import annotations

import hashlib
import json

from django.conf import settings
from django.db import transaction

import naung
from naung import progress
from naung.accounts.acting import require
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.documents.decree import Version, decree_docx, decree_pdf, decree_xlsx
from naung.registry import files
from naung.registry.vault import vault
from naung.selection import issued
from naung.selection.models import Decree
from naung.selection.papers import decree_paper, record_full_print

VERSIONS: dict[str, Version] = {"umum": "public", "lengkap": "full"}
_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
#: What a decree is issued as; the spreadsheet is for counting, and drawn anew each time.
ISSUED_AS = frozenset({"pdf", "docx"})


def is_long(decree: Decree) -> bool:
    """Whether its paper is drawn by a job."""
    return decree.enters > settings.LONG_PAPER_NAMES


def draw(decree: Decree, *, version: str, kind: str, by: User) -> bytes:
    """Draw a paper now, worded as the region's template says. The full version is a recorded act.

    Raises as `decree_paper`.
    """
    chosen = VERSIONS[version]
    drawn = decree_paper(decree, by, version=chosen)
    progress.at("typeset")
    if kind == "xlsx":
        return decree_xlsx(drawn, version=chosen)
    template = issued.wording(decree.programme.area_code)
    return (decree_pdf if kind == "pdf" else decree_docx)(drawn, version=chosen, template=template)


def make_ready(decree: Decree, *, version: str, kind: str, by: User) -> None:
    """Draw a paper and keep it, unless it is kept already. Raises as `decree_paper`."""
    require(by, _permission(version), decree.programme.area_code)
    name = _name(decree, version, kind)
    if not files.path_of(name).exists():
        content = draw(decree, version=version, kind=kind, by=by)
        progress.at("keep")
        files.keep(content, name, vault())


@transaction.atomic
def ready(decree: Decree, *, version: str, kind: str, by: User) -> bytes | None:
    """A paper that is kept, or None. Handing out the full version is a recorded act, each time.

    Raises NotPermitted, OutsideTerritory, SealBroken.
    """
    require(by, _permission(version), decree.programme.area_code)
    try:
        content = files.original(_name(decree, version, kind), vault())
    except FileNotFoundError:
        return None
    if VERSIONS[version] == "full":
        record_full_print(decree, by)
    return content


def forget(decree: Decree, *, version: str, kind: str) -> None:
    files.forget(_name(decree, version, kind))


def _permission(version: str) -> Permission:
    return Permission.IDENTITY_REVEAL if VERSIONS[version] == "full" else Permission.PROGRAMMES_VIEW


def _name(decree: Decree, version: str, kind: str) -> str:
    template = issued.wording(decree.programme.area_code) if kind != "xlsx" else None
    worded = hashlib.sha256(template or b"").hexdigest()
    drawn_from = ["decree", decree.pk, decree.list_sha256, version, kind, worded, naung.__version__]
    return hashlib.sha256(json.dumps(drawn_from).encode()).hexdigest()
