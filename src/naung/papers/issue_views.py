"""The steps to a paper: what kind, about what, what it will say, then it is issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.crests import crest_picture
from naung.accounts.permissions import Permission
from naung.documents.letters.kinds import KINDS
from naung.documents.typeset import TypesettingFailed
from naung.papers import codes, long_work, patterns, queries
from naung.papers.actions import issue_paper
from naung.papers.drawing import draft, missing_of
from naung.papers.forms import DayForm, IssueForm, TypedForm
from naung.papers.gathering import Gathered, Gatherer, gather, gatherer_of, part_of
from naung.papers.models import Paper
from naung.papers.views import kind_name
from naung.registry.paging import PAGE_ROWS

STEPS = (gettext_lazy("Jenis"), gettext_lazy("Tentang apa"), gettext_lazy("Periksa dan terbitkan"))
_ICONS = {
    "nota_kesepakatan": "heart-handshake",
    "pks": "signature",
    "surat_kuasa": "user",
    "sk": "gavel",
    "bast_kartu": "id",
    "permohonan_pembayaran": "cash",
    "laporan_monev": "report-analytics",
    "ringkasan": "report-analytics",
}


@private
@permission_required(Permission.PAPERS_ISSUE)
def new(request: SignedInRequest) -> HttpResponse:
    """Choose a kind (`jenis`), then a thing (`hal`), then look and issue; each step has its own address."""
    kind = request.GET.get("jenis", "")
    gatherer = gatherer_of(kind) if kind in KINDS else None
    if gatherer is None:
        return _kinds(request)
    if not (key := request.GET.get("hal", "")):
        return _subjects(request, kind, gatherer)
    return _Sheet.of(request, kind, gatherer, key).answer()


def _kinds(request: SignedInRequest) -> HttpResponse:
    rows: list[dict[str, Any]] = []
    for kind in KINDS.values():
        if (gatherer := gatherer_of(kind.code)) is None:
            continue
        count = len(gatherer.subjects(request.user))
        rows.append({"kind": kind, "name": _(kind.name), "icon": _ICONS.get(kind.code, "file-text"), "count": count})
    rows.sort(key=lambda row: not row["count"])
    return page(request, "papers/new.html", {"rows": rows, "steps": STEPS, "step": 1})


def _subjects(request: SignedInRequest, kind: str, gatherer: Gatherer) -> HttpResponse:
    shown = Paginator(list(gatherer.subjects(request.user)), PAGE_ROWS).get_page(request.GET.get("page"))
    papers = queries.papers_visible_to(request.user)
    live, gone = queries.live_by_key(papers, kind), queries.withdrawn_by_key(papers, kind)
    rows = [{"subject": one, "paper": live.get(one.key), "withdrawn": gone.get(one.key)} for one in shown]
    context = {"rows": rows, "page": shown, "kind": kind, "kind_name": kind_name(kind), "steps": STEPS, "step": 2}
    return page(request, "papers/new_subject.html", context)


@dataclass
class _Sheet:
    """The last step: what was gathered for one day, what is typed, and the number."""

    request: SignedInRequest
    kind: str
    key: str
    thing: Any
    people: int
    on: date
    day: DayForm
    gathered: Gathered
    replaces: Paper | None

    @classmethod
    def of(cls, request: SignedInRequest, kind: str, gatherer: Gatherer, key: str) -> _Sheet:
        thing = gatherer.subject(request.user, key)
        if thing is None:
            raise Http404
        day, on = DayForm(request.GET if "tanggal" in request.GET else None), timezone.localdate()
        if day.is_valid():
            on = day.cleaned_data["tanggal"]
        gathered = gather(kind, thing, on=on, by=request.user, names=False)
        if day.is_valid() and gathered.dated is None:
            day.not_before(gathered.earliest)
        papers = queries.papers_visible_to(request.user)
        if (given := request.GET.get("ganti", "")).isdecimal() and len(given) < 18:
            replaces: Paper | None = get_object_or_404(papers, pk=int(given), kind=kind)
        else:
            replaces = queries.withdrawn_last(kind, gathered.about.type, gathered.about.id, part_of(key, gathered))
        return cls(request, kind, key, thing, gatherer.people(thing), on, day, gathered, replaces)

    def answer(self) -> HttpResponse:
        forms = self.forms()
        if self.request.method == "POST" and not self.day_faulty:
            form, needed, further = forms
            if needed.is_valid() and further.is_valid() and form.is_valid():
                answer = self._issue(form, needed.typed() | further.typed())
                if answer is not None:
                    return answer
            elif not (needed.is_valid() and further.is_valid()):
                form.add_error(None, _("Ada isian yang belum lengkap. Periksa bagian yang ditandai."))
        return self.page(*forms)

    @property
    def day_faulty(self) -> bool:
        """The day in the address cannot be the day of this paper; one that the thing has itself needs no other."""
        return self.day.is_bound and bool(self.day.errors) and self.gathered.dated is None

    def forms(self) -> tuple[IssueForm, TypedForm, TypedForm]:
        handed_in = self.request.POST if self.request.method == "POST" else None
        empty = [
            field
            for field in KINDS[self.kind].fields
            if field.name != self.gathered.number_field and not self.gathered.contents.get(field.name)
        ]
        first = {
            "number": self._next_number(),
            "shown": self.gathered.fields_digest(),
            "code": codes.fresh(),
        }
        suggested = self.gathered.suggested
        form = IssueForm(handed_in, initial=first, hint=self._number_hint(), on_record=self.gathered.number)
        return (
            form,
            TypedForm(handed_in, fields=[one for one in empty if one.needed], needed=True, suggested=suggested),
            TypedForm(handed_in, fields=[one for one in empty if not one.needed], needed=False, suggested=suggested),
        )

    def _next_number(self) -> str:
        """What stands in the field at first; a number of the pattern is left to the moment of issue."""
        return self.replaces.number if self.replaces else ""

    def _number_hint(self) -> str:
        if self.replaces:
            return _("Versi baru memakai nomor yang sama, kecuali Anda mengubahnya.")
        dated = self.gathered.dated or self.on
        numbering = patterns.look(self.gathered.area_code, self.kind, on=dated)
        if numbering is None:
            return _("Daerah Anda belum memilih pola nomor untuk jenis ini. Ketik nomornya.")
        region = self.gathered.area_code[:4]
        upcoming = numbering.next(
            code=self.gathered.code,
            taken=lambda one: queries.number_is_taken(
                region, self.kind, dated.year, one, about_id=self.gathered.about.id
            ),
        )
        return _("Kosongkan untuk memakai nomor berikutnya: %(number)s.") % {"number": upcoming}

    def _issue(self, form: IssueForm, typed: dict[str, Any]) -> HttpResponse | None:
        user, facts = self.request.user, form.cleaned_data
        given: dict[str, Any] = {
            "number": facts.get("number", ""),
            "shown": facts["shown"],
            "code": facts["code"],
            "site": site_of(self.request),
        }
        if self.people > settings.LONG_PAPER_NAMES:
            job = long_work.ask_issue(
                self.kind,
                self.key,
                about=self.gathered.title,
                area_code=self.gathered.area_code,
                on=self.on,
                typed=typed,
                replaces=self.replaces.pk if self.replaces else None,
                by=user,
                **given,
            )
            return redirect("jobs:job", job.pk)
        made: list[Paper] = []

        def issue() -> None:
            made.append(
                issue_paper(self.kind, self.key, on=self.on, typed=typed, replaces=self.replaces, by=user, **given)
            )

        return redirect("papers:paper", made[0].pk) if accepted(form, issue) else None

    def page(self, form: IssueForm, needed: TypedForm, further: TypedForm) -> HttpResponse:
        gathered = self.gathered
        live = queries.live_paper(self.kind, gathered.about.type, gathered.about.id, part_of(self.key, gathered))
        context = {
            "form": form,
            "needed": needed,
            "further": further,
            "day": self.day if self.day_faulty else DayForm(initial={"tanggal": self.on}),
            "fixed_day": gathered.dated,
            "gathered": gathered,
            "people": self.people,
            "kind": self.kind,
            "kind_name": kind_name(self.kind),
            "key": self.key,
            "known": _known(self.kind, gathered),
            "missing": missing_of(self.kind, gathered),
            "wanting": gathered.wanting,
            "earlier": live if live and live != self.replaces else None,
            "replaces": self.replaces,
            "template": queries.template_of(gathered.area_code, self.kind),
            "by_job": self.people > settings.LONG_PAPER_NAMES,
            "steps": STEPS,
            "step": 3,
        }
        return page(self.request, "papers/new_sheet.html", context, form=self.day if self.day_faulty else form)


def _known(kind: str, gathered: Gathered) -> list[dict[str, Any]]:
    """What was gathered, field by field, in the words of the kind."""
    rows = []
    for field in KINDS[kind].fields:
        value = gathered.contents.get(field.name)
        if not value or field.name == gathered.number_field:
            continue
        rows.append({"words": _(field.words), "sort": field.sort, "value": value, "columns": field.columns})
    return rows


@require_POST
@private
@permission_required(Permission.PAPERS_ISSUE)
def preview(request: SignedInRequest) -> HttpResponse:
    """The paper as a PDF to look at, without lists: nothing is kept and no number is taken."""
    kind = request.GET.get("jenis", "")
    gatherer = gatherer_of(kind) if kind in KINDS else None
    if gatherer is None:
        raise Http404
    sheet = _Sheet.of(request, kind, gatherer, request.GET.get("hal", ""))
    form, needed, further = forms = sheet.forms()
    if sheet.day_faulty:
        return sheet.page(*forms)
    typed: dict[str, Any] = {}
    for one in (needed, further):
        one.is_valid()  # what is not yet typed is a hole in the draft
        typed |= one.typed()
    own = queries.template_of(sheet.gathered.area_code, kind)
    try:
        content = draft(
            kind,
            sheet.gathered.completed(typed),
            template=bytes(own.content) if own and own.content else None,
            crest=crest_picture(sheet.gathered.area_code),
        )
    except TypesettingFailed:
        form.add_error(None, _("Rancangan tidak dapat disusun sekarang. Coba lagi sebentar lagi."))
        return sheet.page(*forms)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="rancangan-{kind}.pdf"'
    return answer


def site_of(request: SignedInRequest) -> str:
    """The public address of this installation, without a stroke at its end."""
    return settings.PUBLIC_URL or request.build_absolute_uri("/").rstrip("/")
