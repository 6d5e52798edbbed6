"""Reads: the papers a person sees, the template in use, and what the public page of one paper says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from naung.accounts.permissions import Permission
from naung.accounts.territory import Viewer, within_territory
from naung.agreements.models import Addendum, Agreement
from naung.papers import codes
from naung.papers.models import Paper, PaperFile, PaperTemplate, PaperWithdrawal, ProposedTemplate

IN_FORCE, REPLACED, WITHDRAWN = "berlaku", "digantikan", "ditarik"


def papers_visible_to(user: Viewer) -> QuerySet[Paper]:
    """The papers of the territory, newest first, with what became of them; the files themselves are not read."""
    rows = within_territory(Paper.objects.all(), user, Permission.PAPERS_VIEW)
    return rows.select_related("withdrawal", "replaced_by", "replaces").order_by("-issued_at", "-pk")


def in_state(papers: QuerySet[Paper], state: str) -> QuerySet[Paper]:
    """Those that still count, those another one replaced, or those withdrawn; a withdrawn one is nothing else."""
    gone = Exists(PaperWithdrawal.objects.filter(paper=OuterRef("pk")))
    newer = Exists(Paper.objects.filter(replaces=OuterRef("pk")))
    if state == WITHDRAWN:
        return papers.filter(gone)
    return papers.filter(~gone, newer if state == REPLACED else ~newer)


def state_of(paper: Paper) -> str:
    if hasattr(paper, "withdrawal"):
        return WITHDRAWN
    return REPLACED if hasattr(paper, "replaced_by") else IN_FORCE


def files_visible_to(user: Viewer, paper: Paper) -> QuerySet[PaperFile]:
    """The files of a paper that this person may open: the full copies only with the right to see people."""
    rows = paper.files.defer("sealed").order_by("-edition", "-form")
    if not user.may(Permission.IDENTITY_REVEAL):
        rows = rows.filter(edition=PaperFile.Edition.PUBLIC)
    return rows


def live_paper(kind: str, about_type: str, about_id: int, about_part: str = "") -> Paper | None:
    """The paper of a kind about a thing that still counts."""
    rows = Paper.objects.filter(kind=kind, about_type=about_type, about_id=about_id, about_part=about_part)
    return in_state(rows, IN_FORCE).order_by("-issued_at", "-pk").first()


def template_of(area_code: str, kind: str) -> PaperTemplate | None:
    """The template that a region uses for a kind: its newest; None where it never set one."""
    return PaperTemplate.objects.filter(area_code=area_code[:4], kind=kind).order_by("-version").first()


def proposed_template_of(area_code: str, kind: str) -> ProposedTemplate | None:
    """The template that a region handed in for a kind and that is not in force yet."""
    return ProposedTemplate.objects.filter(area_code=area_code[:4], kind=kind).first()


def templates_in_use(area_code: str) -> dict[str, PaperTemplate]:
    """Kind -> newest row of a region, without the files."""
    newest = PaperTemplate.objects.filter(area_code=area_code[:4]).order_by("kind", "-version").distinct("kind")
    return {row.kind: row for row in newest.defer("content")}


def address_of(site: str, code: str) -> str:
    """What the square on a paper leads to: the public page that confirms it."""
    return f"{site.rstrip('/')}/keaslian/{code}/"


def years_of(papers: QuerySet[Paper]) -> list[int]:
    return sorted(set(papers.order_by().values_list("year", flat=True)), reverse=True)


# --- what a stranger is told -----------------------------------------------------------------------


@dataclass(frozen=True)
class Confirmed:
    """What the public page says of one paper. Nothing here comes from its lists, and no person stands in it."""

    code: str
    kind: str
    number: str
    other_number: str
    dated: date
    title: str
    region: str
    office: str
    state: str
    newer_number: str
    newer_code: str
    withdrawn_on: date | None
    files: Iterable[PaperFile]
    contents_sha256: str


def confirmed(typed: str) -> Confirmed | None:
    """The paper of a code, however it was typed; None where there is none."""
    code = codes.normalised(typed)
    paper = Paper.objects.select_related("withdrawal", "replaced_by").filter(code=code).first()
    if paper is None:
        return None
    newer = newest_of(paper)
    ended = getattr(paper, "withdrawal", None)
    return Confirmed(
        code=codes.written(paper.code),
        kind=paper.kind,
        number=paper.number,
        other_number=paper.other_number,
        dated=paper.dated,
        title=paper.title,
        region=paper.region_name,
        office=paper.issued_office,
        state=state_of(paper),
        newer_number=newer.number if newer else "",
        newer_code=newer.code if newer else "",
        withdrawn_on=timezone.localtime(ended.withdrawn_at).date() if ended else None,
        files=list(paper.files.defer("sealed").order_by("-form", "-edition")),
        contents_sha256=paper.contents_sha256,
    )


def newest_of(paper: Paper) -> Paper | None:
    """The last in the row of papers that replace one another; None where this is the last."""
    newest = None
    while (later := Paper.objects.filter(replaces=newest or paper).first()) is not None:
        newest = later
    return newest


def is_one_of(code: str, sha256: str) -> PaperFile | None:
    """The file of a paper that has this hash: the one handed in is byte for byte the one issued."""
    return PaperFile.objects.filter(paper__code=codes.normalised(code), sha256=sha256).defer("sealed").first()


# --- numbers and what is issued already ------------------------------------------------------------


def live_by_key(papers: QuerySet[Paper], kind: str) -> dict[str, Paper]:
    """The papers of a kind that still count, by the key of what they are about."""
    return {one.about_part or str(one.about_id): one for one in in_state(papers.filter(kind=kind), IN_FORCE)}


def withdrawn_by_key(papers: QuerySet[Paper], kind: str) -> dict[str, Paper]:
    """The papers of a kind that were withdrawn and that no other followed, by the key of what they are about."""
    last = in_state(papers.filter(kind=kind, replaced_by__isnull=True), WITHDRAWN).order_by("issued_at", "pk")
    return {one.about_part or str(one.about_id): one for one in last}


def withdrawn_last(kind: str, about_type: str, about_id: int, about_part: str = "") -> Paper | None:
    """The newest paper of a kind about a thing, where it was withdrawn: what is issued next is its new version."""
    rows = Paper.objects.filter(kind=kind, about_type=about_type, about_id=about_id, about_part=about_part)
    newest = rows.select_related("withdrawal").order_by("-issued_at", "-pk").first()
    return newest if newest is not None and state_of(newest) == WITHDRAWN else None


#: Kinds whose number is that of the agreement too: it is one register.
AGREEMENT_KINDS = frozenset({"nota_kesepakatan", "pks"})


def number_is_taken(region_code: str, kind: str, year: int, number: str, *, about_id: int) -> bool:
    """Whether another paper bears the number, or an agreement of the region other than the one this is about."""
    if Paper.objects.filter(region_code=region_code, kind=kind, year=year, number=number).exists():
        return True
    if kind not in AGREEMENT_KINDS:
        return False
    others = Agreement.objects.filter(area_code=region_code, region_number=number).exclude(pk=about_id)
    amended = Addendum.objects.filter(agreement__area_code=region_code, region_number=number)
    return others.exists() or amended.exists()
