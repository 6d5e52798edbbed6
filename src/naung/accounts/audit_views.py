"""Jejak audit: who did and saw what, for whoever audits or administers the territory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from naung.accounts.access import SignedInRequest, permission_required
from naung.accounts.answering import private
from naung.accounts.permissions import Permission
from naung.audit import actions as audit
from naung.audit.models import Record
from naung.audit.queries import records_visible_to
from naung.ui.forms import DayInput

PAGE_ROWS = 50

#: What each act is called; one that is not here shows its code.
ACTS = {
    "agreement.record": _("Kesepakatan dicatat"),
    "attribute.vouch": _("Keterangan pekerja dijamin"),
    "audit.export": _("Jejak audit diekspor"),
    "bill.issue": _("Tagihan diterbitkan"),
    "bill.reverse": _("Tagihan dibatalkan"),
    "bill.settle": _("Tagihan diselesaikan"),
    "cards.issue": _("Kartu diterbitkan"),
    "cards.renew": _("Kode kartu dibuat baru"),
    "cards.withdraw": _("Kartu ditarik"),
    "decision.record": _("Keputusan hukum dicatat"),
    "law.check": _("Aturan diperiksa"),
    "decree.approve": _("SK disetujui"),
    "departure.deaths": _("Daftar wafat diterapkan"),
    "departure.record": _("Peserta keluar dicatat"),
    "figure.record": _("Angka cakupan dicatat"),
    "follow_up.finish": _("Tindak lanjut selesai"),
    "identity.reveal": _("NIK ditampilkan"),
    "keys.export": _("Kunci diekspor"),
    "keys.rotate": _("Kunci diganti"),
    "keys.rotated": _("Kunci selesai diganti"),
    "list.send": _("Daftar dikirim"),
    "list.return": _("Daftar dikembalikan"),
    "list.take": _("Daftar diterima"),
    "list.verify": _("Daftar diverifikasi"),
    "meeting.record": _("Pertemuan dicatat"),
    "office.create": _("Kantor dibuat"),
    "payment.confirm": _("Pembayaran dikonfirmasi"),
    "payment.record": _("Pembayaran dicatat"),
    "payment.reverse": _("Pembayaran dibatalkan"),
    "payment.withdraw": _("Catatan pembayaran ditarik"),
    "pks.ask": _("PKS diminta"),
    "pks.move": _("Tahap PKS diubah"),
    "programme.create": _("Program dibuat"),
    "programme.replace": _("Program diganti"),
    "programme.change_rules": _("Aturan program diubah"),
    "reference.take": _("Daftar acuan diterima"),
    "round.return": _("Seleksi dikembalikan"),
    "round.run": _("Seleksi dijalankan"),
    "round.rearrange": _("Susunan lain dipakai"),
    "round.submit": _("Seleksi diajukan"),
    "row.accept": _("Baris diterima"),
    "row.correct": _("Baris dikoreksi"),
    "row.different": _("Baris diputuskan: orang berbeda"),
    "row.reject": _("Baris ditolak"),
    "row.return": _("Baris dikembalikan"),
    "row.same": _("Baris diputuskan: orang yang sama"),
    "target.change": _("Sasaran diubah"),
    "target.record": _("Sasaran dicatat"),
    "office.rename": _("Kantor diganti nama"),
    "region.crest": _("Lambang daerah dipasang"),
    "region.crest_remove": _("Lambang daerah dilepas"),
    "region.security": _("Aturan masuk daerah diubah"),
    "region.set": _("Pengaturan daerah diubah"),
    "user.change": _("Hak pengguna diubah"),
    "user.create": _("Pengguna dibuat"),
    "user.deactivate": _("Pengguna dinonaktifkan"),
    "user.invite": _("Tautan undangan dibuat"),
    "user.password": _("Kata sandi diganti"),
    "user.reactivate": _("Pengguna diaktifkan"),
    "user.recovery_codes": _("Kode pemulihan baru dibuat"),
    "user.second_factor_off": _("Kode kedua dimatikan"),
    "user.second_factor_on": _("Kode kedua dinyalakan"),
    "user.second_factor_reset": _("Kode kedua dihapus oleh admin"),
    "user.sessions_end": _("Semua sesi diakhiri"),
    "user.sign_in": _("Masuk"),
}


class TrailFilter(forms.Form):
    """Which records: from a day to a day (both included), by whom, what."""

    dari = forms.DateField(label=_("Dari"), widget=DayInput(), required=False)
    sampai = forms.DateField(label=_("Sampai"), widget=DayInput(), required=False)
    pelaku = forms.CharField(label=_("Pelaku"), max_length=150, required=False)
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
        "records": [(record, ACTS.get(record.action, record.action)) for record in found[:PAGE_ROWS]],
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
    response = HttpResponse(_csv(records), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="jejak-audit-{timezone.localdate():%Y%m%d}.csv"'
    return response


HEADINGS = ("waktu", "pelaku", "peran", "tindakan", "jenis", "objek", "nama", "wilayah", "alasan", "rincian", "hash")


class _Echo:
    """What csv writes into: it hands each line back."""

    def write(self, text: str) -> str:
        return text


def _csv(records: QuerySet[Record]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(HEADINGS)
    for one in records.iterator(chunk_size=2000):
        detail = "; ".join(f"{key}={value}" for key, value in one.detail.items())
        target = (one.target_type, one.target_id, one.target_name, one.area_code)
        cells = (one.actor, one.actor_role, one.action, *target, one.reason, detail, bytes(one.hash).hex())
        yield writer.writerow([timezone.localtime(one.at).isoformat(timespec="seconds"), *map(_inert, cells)])


def _inert(cell: str) -> str:
    """A cell that a spreadsheet takes for text, whatever somebody typed into it."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
