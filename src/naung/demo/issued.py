"""Some papers of the stories as they are issued: numbered, sealed, and confirmed by the square on them.

What no article gives (who signs, where) is filled with invented words, so each of these papers is a sample.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from naung.accounts.models import User
from naung.agreements.models import Agreement
from naung.contributions.models import Bill
from naung.demo.cast import BINJAI, MEDAN, Cast
from naung.papers.actions import issue_paper, set_pattern
from naung.papers.queries import papers_visible_to
from naung.programmes.models import Programme
from naung.selection.models import Decree

#: Where the squares of the demo lead: the demo itself.
_SITE = "http://127.0.0.1:8000"
_ADDRESS = "Jalan Contoh Nomor 1"


def binjai(cast: Cast, programme: Programme, *, today: date) -> None:
    """The decree that amended the first in both versions, its PKS, a verification, the bill of a month, a report."""
    staff = cast["staf.binjai"]
    for kind, pattern in (("permohonan_pembayaran", "900.1/{nomor3}/CONTOH/{tahun}"), ("ba_verifikasi", "{nomor3}/BA/CONTOH/{tahun}"),
                          ("laporan_monev", "{nomor3}/LAP/CONTOH/{tahun}")):  # fmt: skip
        set_pattern(BINJAI, kind, pattern=pattern, by=cast["admin.binjai"])
    amendment = Decree.objects.filter(programme=programme, amends__isnull=False).order_by("pk").first()
    if amendment is not None:
        _issue("sk", str(amendment.pk), amendment.decided_on, by=staff)
    pks = Agreement.objects.filter(area_code=BINJAI, kind=Agreement.Kind.PKS).order_by("pk").first()
    if pks is not None and pks.signed_on is not None:
        _issue("pks", str(pks.pk), pks.signed_on, by=staff, **_signers("Binjai"))
    _issue(
        "ba_verifikasi", f"{programme.pk}-{BINJAI}", date(2025, 12, 18), by=staff,
        tim=[{"nama": "Ketua tim verifikasi (contoh)", "jabatan": "Kepala Bidang", "instansi": "Dinas Tenaga Kerja"},
             {"nama": "Anggota tim (contoh)", "jabatan": "Staf", "instansi": "Disdukcapil"}],
    )  # fmt: skip
    bill = Bill.objects.filter(programme=programme, status__in=["issued", "partly_paid"]).order_by("-pk").first()
    if bill is not None:
        _issue(
            "permohonan_pembayaran", str(bill.pk), bill.issued_on, by=staff,
            hal="Permohonan pembayaran iuran pekerja rentan", kepada=["Kepala BPKAD Kota Binjai", "di Binjai"],
            jabatan="Kepala Dinas Tenaga Kerja", nama="Kepala Dinas (contoh)",
        )  # fmt: skip


def medan(cast: Cast) -> None:
    """The PKS of one office, as its legal officer issues it."""
    legal = cast["hukum.medan"]
    pks = Agreement.objects.filter(area_code=MEDAN, kind=Agreement.Kind.PKS, stage=Agreement.Stage.IN_FORCE)
    first = pks.order_by("pk").first()
    if first is not None and first.signed_on is not None:
        _issue("pks", str(first.pk), first.signed_on, by=legal, **_signers("Medan"))


def _signers(place: str) -> dict[str, Any]:
    return {
        "tempat": place,
        "pihak_kesatu_nama": "Kepala Dinas (contoh)",
        "pihak_kesatu_alamat": f"{_ADDRESS}, {place}",
        "pihak_kedua_nama": "Kepala Kantor Cabang (contoh)",
        "pihak_kedua_alamat": f"{_ADDRESS}, {place}",
        "pertimbangan": ["bahwa pekerja rentan perlu dilindungi dari risiko kecelakaan kerja dan kematian"],
        "pembiayaan": ["Iuran dibebankan pada APBD sesuai ketentuan peraturan perundang-undangan"],
    }


def _issue(kind: str, key: str, on: date, *, by: User, **typed: Any) -> None:
    """Once: a paper that was issued already stays as it is."""
    if papers_visible_to(by).filter(kind=kind, about_part__in=["", key]).exists():
        return
    issue_paper(kind, key, on=on, by=by, site=_SITE, typed=typed, suggested=True)
