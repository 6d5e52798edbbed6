"""Pages of lists handed in: hand one in, see what was found in it, send its ready rows.

They stand here and not in the registry, because a list is always for a programme.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import accepted, page, private
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.programmes import queries
from naung.programmes.equations import equation
from naung.programmes.intake_rules import intake_rules
from naung.programmes.list_forms import UploadForm
from naung.programmes.models import Programme
from naung.registry import actions as registry
from naung.registry import queries as registry_queries
from naung.registry import row_queries
from naung.registry.models import SourceList
from naung.registry.paging import PAGE_ROWS
from naung.registry.reason_words import short

STEPS = (_("Unggah daftar"), _("Periksa baris"), _("Kirim ke pemilik program"))


@permission_required(Permission.LIST_UPLOAD)
def upload(request: SignedInRequest) -> HttpResponse:
    """One spreadsheet as the village has it; what is in it is judged row by row."""
    choices = queries.programmes_visible_to(request.user).filter(status=Programme.Status.OPEN)
    only = choices[:2]
    first = {"programme": only[0].pk} if len(only) == 1 else {}
    form = UploadForm(request.POST or None, request.FILES or None, programmes=choices, initial=first)
    if request.method == "POST" and form.is_valid():
        taken: list[registry.FileResult] = []

        def take() -> None:
            programme, file = form.cleaned_data["programme"], form.cleaned_data["file"]
            result = registry.take_in(
                [(file.name, file.read())],
                programme_code=programme.code,
                rules=intake_rules(programme, on=form.cleaned_data["reference_date"]),
                reference_date=form.cleaned_data["reference_date"],
                by=request.user,
                send=False,
            )
            taken.extend(result.files)
            if result.files[0].refused is not None:
                form.add_error("file", str(result.files[0].refused))

        if accepted(form, take) and not form.errors:
            assert taken[0].source_list is not None
            return redirect("registry:list", taken[0].source_list.pk)
    return page(request, "programmes/upload.html", {"form": form, "steps": STEPS, "any": bool(only)}, form=form)


@private
@permission_required(Permission.WORKERS_VIEW)
def lists(request: SignedInRequest) -> HttpResponse:
    """The lists handed in by offices of the territory, newest first."""
    found = Paginator(registry_queries.lists_visible_to(request.user), PAGE_ROWS).get_page(request.GET.get("page"))
    names = dict(
        queries.programmes_visible_to(request.user)
        .filter(code__in={one.programme_code for one in found})
        .values_list("code", "name")
    )
    rows = [{"list": one, "programme": names.get(one.programme_code, one.programme_code)} for one in found]
    context = {"page": found, "rows": rows, "may_upload": request.user.may(Permission.LIST_UPLOAD)}
    return page(request, "programmes/lists.html", context)


@dataclass(frozen=True, slots=True)
class _Counter:
    """One counter of the page, which is a filter too."""

    part: str
    words: object
    count: int
    edge: str


@private
@permission_required(Permission.WORKERS_VIEW)
def check(request: SignedInRequest, list_id: int) -> HttpResponse:
    """What was found in a list: what is ready, what to correct, what somebody must look at."""
    source_list = get_object_or_404(registry_queries.lists_visible_to(request.user), pk=list_id)
    programme = queries.programmes_visible_to(request.user).filter(code=source_list.programme_code).first()
    tally = row_queries.tally(source_list)
    part = request.GET.get("lihat", "")
    if part not in row_queries.PARTS:
        part = _first_to_look_at(tally)
    reason = request.GET.get("alasan", "") if request.GET.get("alasan", "") in source_list.reasons else ""
    found = Paginator(row_queries.rows_of_part(source_list, part, reason=reason), PAGE_ROWS)
    rows = found.get_page(request.GET.get("page"))
    explained = row_queries.explained(source_list, list(rows))
    work = occupations()
    names = areas.names_of([source_list.area_code, *(one.shown.area_code for one in explained)])
    context = {
        "list": source_list,
        "programme": programme,
        "tally": tally,
        "part": part,
        "reason": reason,
        "reason_words": short(reason) if reason else "",
        "counters": _counters(tally),
        "page": rows,
        "rows": [
            {
                "line": one,
                "occupation": work[one.shown.occupation].label if one.shown.occupation in work else "",
                "place": names.get(one.shown.area_code, ""),
            }
            for one in explained
        ],
        "faults": [
            (code, short(code), count) for code, count in sorted(source_list.reasons.items(), key=lambda i: -i[1])
        ],
        "columns": _columns(source_list),
        "skipped": len(source_list.skipped),
        "steps": STEPS,
        "step": 2 if source_list.status == SourceList.Status.DRAFT else 4,
        "office": source_list.office_name or names.get(source_list.area_code, ""),
        "cost": equation(programme, people=tally.accept) if programme else None,
        "may_send": request.user.may(Permission.LIST_UPLOAD) and source_list.status == SourceList.Status.DRAFT,
        "may_decide": request.user.may(Permission.LIST_DECIDE),
        "may_correct": request.user.may(Permission.LIST_UPLOAD),
    }
    return page(request, "programmes/check_list.html", context)


def _first_to_look_at(tally: row_queries.Tally) -> str:
    """What needs a hand comes first; a clean list shows its ready rows."""
    for part, count in (("perbaiki", tally.fix), ("periksa", tally.review), ("luar", tally.outside)):
        if count:
            return part
    return "siap"


def _counters(tally: row_queries.Tally) -> list[_Counter]:
    return [
        _Counter("siap", _("Siap dikirim"), tally.accept, "tepi-ok"),
        _Counter("perbaiki", _("Perlu diperbaiki"), tally.fix, "tepi-bad"),
        _Counter("periksa", _("Perlu diperiksa"), tally.review, "tepi-warn"),
        _Counter("luar", _("Di luar syarat"), tally.outside, ""),
        _Counter("ganda", _("Sudah ada"), tally.duplicate, ""),
    ]


_FIELDS = {
    "name": _("Nama"),
    "nik": "NIK",
    "kk": _("Nomor KK"),
    "birth_date": _("Tanggal lahir"),
    "birth_both": _("Tempat dan tanggal lahir"),
    "sex": _("Jenis kelamin"),
    "occupation": _("Pekerjaan"),
    "village": _("Desa/kelurahan"),
    "district": _("Kecamatan"),
    "phone": _("Telepon"),
}


def _columns(source_list: SourceList) -> list[tuple[object, str]]:
    """Which of the sender's columns was read as what, of the first sheet."""
    for layout in source_list.columns.values():
        titles = layout.get("titles", {})
        return [
            (_FIELDS[name], titles.get(column) or column)
            for name, column in layout.get("fields", {}).items()
            if name in _FIELDS
        ]
    return []
