"""Jejak audit: who did and saw what, for whoever audits or administers the territory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import private
from naung.accounts.audit_words import ACTS, OBJECTS
from naung.accounts.permissions import Permission, Role
from naung.audit import actions as audit
from naung.audit import chain
from naung.audit.models import Record
from naung.audit.queries import records_visible_to
from naung.documents.tables import write_xlsx
from naung.ui.forms import DayInput
from naung.ui.tags.formats import number_id

PAGE_ROWS = 50
ROLES = dict(Role.choices)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TrailFilter(forms.Form):
    """Which records: from a day to a day (both included), by whom, what."""

    dari = forms.DateField(label=_("Dari"), widget=DayInput(), required=False)
    sampai = forms.DateField(label=_("Sampai"), widget=DayInput(), required=False)
    pelaku = forms.CharField(label=_("Pelaku"), max_length=150, required=False)
    objek = forms.ChoiceField(label=_("Objek"), choices=[("", _("Semua")), *OBJECTS.items()], required=False)
    nomor = forms.CharField(label=_("Nomor objek"), max_length=40, required=False)
    tindakan = forms.ChoiceField(label=_("Tindakan"), choices=[("", _("Semua")), *ACTS.items()], required=False)

    def narrowed(self, records: QuerySet[Record]) -> QuerySet[Record]:
        """The records that the filter keeps; a field with a fault narrows nothing."""
        facts: dict[str, Any] = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        if day := facts.get("dari"):
            records = records.filter(at__gte=_midnight(day))
        if day := facts.get("sampai"):
            records = records.filter(at__lt=_midnight(day + timedelta(days=1)))
        if who := facts.get("pelaku"):
            records = records.filter(actor=who)
        if kind := facts.get("objek"):
            records = records.filter(target_type=kind)
        if number := facts.get("nomor"):
            records = records.filter(Q(target_id=number) | Q(target_name=number))
        if act := facts.get("tindakan"):
            records = records.filter(action=act)
        return records


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@private
@permission_required(Permission.AUDIT_VIEW)
def log(request: SignedInRequest) -> HttpResponse:
    """The newest records first, fifty at a time; older ones are asked for by the last number shown."""
    form = TrailFilter(request.GET, auto_id="saring_%s")
    records = form.narrowed(records_visible_to(request.user))
    before = request.GET.get("sebelum", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        records = records.filter(pk__lt=int(before))
    found = list(records[: PAGE_ROWS + 1])
    kept = request.GET.copy()
    kept.pop("sebelum", None)
    context = {
        "records": [
            (
                record,
                ACTS.get(record.action, record.action),
                OBJECTS.get(record.target_type, record.target_type),
                ROLES.get(record.actor_role, record.actor_role),
            )
            for record in found[:PAGE_ROWS]
        ],
        "chain": chain.newest_state(request.user),
        "filter": form,
        "query": kept.urlencode(),
        "newest": not before,
        "older": found[PAGE_ROWS - 1].pk if len(found) > PAGE_ROWS else None,
        "form": form if form.errors else None,
    }
    return render(request, "audit/log.html", context, status=422 if form.errors else 200)


@private
@require_POST
@permission_required(Permission.AUDIT_VIEW)
def export(request: SignedInRequest) -> HttpResponse:
    """All records the filter keeps, as CSV. Taking the trail away is itself recorded."""
    form = TrailFilter(request.POST)
    records = form.narrowed(records_visible_to(request.user))
    chosen = {name: str(value) for name, value in form.cleaned_data.items() if value}
    audit.record(
        "audit.export",
        by=request.user,
        target_type="audit",
        target_id=request.user.area_code,
        area_code=request.user.area_code,
        **chosen,
    )
    if request.POST.get("bentuk") == "xlsx":
        content = write_xlsx(HEADINGS, _rows(records), sheet="Jejak audit")
        response = HttpResponse(content, content_type=XLSX)
    else:
        response = HttpResponse(_csv(records), content_type="text/csv; charset=utf-8")
    ending = "xlsx" if request.POST.get("bentuk") == "xlsx" else "csv"
    response["Content-Disposition"] = f'attachment; filename="jejak-audit-{timezone.localdate():%Y%m%d}.{ending}"'
    return response


@require_POST
@permission_required(Permission.AUDIT_VIEW)
def verify(request: SignedInRequest) -> HttpResponse:
    """Hash every record of the territory again, from the first. Who asked, and what was found, is recorded."""
    state = chain.whole_state(request.user)
    found: dict[str, Any] = {"checked": state.checked, "altered": state.altered, "broken": state.broken}
    area = request.user.area_code
    audit.record("audit.verify", by=request.user, target_type="audit", target_id=area, area_code=area, **found)
    if state.whole:
        words = _("Rantai utuh: %(n)s catatan diperiksa dari yang pertama. Tidak ada yang diubah atau hilang.")
        messages.success(request, words % {"n": number_id(state.checked)})
    else:
        words = _("Rantai tidak utuh: %(altered)s catatan diubah, %(broken)s tempat hilang atau disisipkan.")
        messages.error(request, words % {"altered": state.altered, "broken": state.broken})
    return redirect("audit:log")


HEADINGS = ("waktu", "pelaku", "peran", "tindakan", "jenis", "objek", "nama", "wilayah", "alasan", "rincian", "hash")


class _Echo:
    """What csv writes into: it hands each line back."""

    def write(self, text: str) -> str:
        return text


def _rows(records: QuerySet[Record]) -> Iterator[list[str]]:
    for one in records.iterator(chunk_size=2000):
        detail = "; ".join(f"{key}={value}" for key, value in one.detail.items())
        target = (one.target_type, one.target_id, one.target_name, one.area_code)
        cells = (one.actor, one.actor_role, one.action, *target, one.reason, detail, bytes(one.hash).hex())
        yield [timezone.localtime(one.at).isoformat(timespec="seconds"), *cells]


def _csv(records: QuerySet[Record]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADINGS)
    for moment, *cells in _rows(records):
        yield writer.writerow([moment, *map(_inert, cells)])


def _inert(cell: str) -> str:
    """A cell that a spreadsheet takes for text, whatever somebody typed into it."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
