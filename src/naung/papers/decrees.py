"""The papers of decrees, for the pages of decrees: what `selection.issued` asks."""

from __future__ import annotations

from django.urls import reverse

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.documents.decree import Version
from naung.papers.actions import opened
from naung.papers.models import PaperFile
from naung.papers.patterns import DECREE
from naung.papers.queries import live_paper, template_of
from naung.selection.issued import Issued
from naung.selection.models import Decree


def paper_of(decree: Decree) -> Issued | None:
    """The SK as it was issued. Who may see the decree may open the public copy, whoever else sees papers."""
    paper = live_paper(DECREE, "decree", decree.pk)
    if paper is None:
        return None
    found = paper

    def open_(version: Version, form: str, by: User) -> bytes:
        file = found.files.select_related("paper").get(edition=version, form=PaperFile.Form(form))
        return opened(file, by=by, seen_by=Permission.PROGRAMMES_VIEW)

    return Issued(url=reverse("papers:paper", args=[paper.pk]), open=open_)


def wording(area_code: str) -> bytes | None:
    """The DOCX that a region's decrees are worded by; None for the shipped one."""
    own = template_of(area_code, DECREE)
    return bytes(own.content) if own and own.content else None
