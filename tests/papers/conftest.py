"""A region with an agreement and a decree that papers can be issued about, and the people who do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.agreements.actions import edit_agreement
from naung.agreements.models import Agreement, LegalBasis, LegalInstrument, Party, Side
from naung.papers.actions import issue_paper
from naung.papers.models import Paper
from naung.selection.models import Decree
from tests.factories import make_office, make_user
from tests.pages.people import BESIDE, HERE, TODAY, add_areas

SITE = "https://naung.example.go.id"
#: What only people know of the invented PKS.
TYPED: dict[str, Any] = {
    "nomor_mitra": "PER/7/112026",
    "pertimbangan": ["bahwa nelayan perlu dilindungi"],
    "iuran_per_orang": "Rp16.800,00 (enam belas ribu delapan ratus rupiah)",
    "tempat": "Binjai",
}
SIGNERS = ("Rahmat Contohnya", "Sulastri Contohnya")


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAUNG_HOME", str(tmp_path))
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_options: TODAY)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def make_nota(area: str = HERE) -> Agreement:
    nota = Agreement.objects.create(
        kind="nota",
        area_code=area,
        title="Sinergi Pelindungan Pekerja Rentan",
        stage="in_force",
        region_number=f"100.3.7/12/NK/{area}",
        branch_number=f"PER/7/{area}",
        signed_on=date(2025, 8, 12),
        starts_on=date(2025, 8, 12),
        ends_on=date(2027, 8, 12),
        programmes=["JKK", "JKM"],
        segments=["bpu"],
        objects_text="nelayan dan petani",
        scope=["pertukaran data", "sosialisasi"],
        funding="APBD Kota Contoh",
    )
    _parties(nota)
    return nota


def make_pks(nota: Agreement, *, name: str = "Dinas Perikanan Contoh", **facts: Any) -> Agreement:
    given: dict[str, Any] = {
        "kind": "pks",
        "parent": nota,
        "office": make_office(name, "sector", nota.area_code),
        "area_code": nota.area_code,
        "title": "Pelindungan Nelayan",
        "stage": "agreed",
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2027, 12, 1),
        "programmes": ["JKK", "JKM"],
        "segments": ["bpu"],
        "objects_text": "nelayan",
        "scope": ["pembayaran iuran"],
        "funding": "APBD Kota Contoh",
    }
    pks = Agreement.objects.create(**(given | facts))
    _parties(pks)
    return pks


def _parties(agreement: Agreement) -> None:
    for side, name, position in (
        (Side.REGION, SIGNERS[0], "Kepala Dinas Perikanan Contoh"),
        (Side.BRANCH, SIGNERS[1], "Kepala BPJS Ketenagakerjaan Kantor Cabang Contoh"),
    ):
        Party.objects.create(
            agreement=agreement,
            side=side,
            organisation=f"Pihak {side}",
            signer_name=name,
            signer_position=position,
            address="Jalan Contoh 1",
            authority="Keputusan pengangkatan",
        )
    instrument, _made = LegalInstrument.objects.get_or_create(name="PP 44/2015")
    LegalBasis.objects.create(agreement=agreement, instrument=instrument, as_printed="Peraturan Pemerintah 44/2015")


@dataclass
class Desk:
    """Whoever issues papers in one region, and what about."""

    area: str
    legal: User
    officer: User
    nota: Agreement
    pks: Agreement

    def issue(self, thing: Agreement | None = None, kind: str = "pks", **given: Any) -> Paper:
        about = thing or self.pks
        facts: dict[str, Any] = {"on": TODAY, "by": self.legal, "site": SITE, "typed": TYPED}
        return issue_paper(kind, str(about.pk), **(facts | given))

    def renumber(self, number: str) -> None:
        """The PKS bears another number from now on."""
        pks = Agreement.objects.get(pk=self.pks.pk)
        edit_agreement(pks, {"region_number": number}, revision=pks.revision, by=self.legal)

    def issue_decree(self, decree: Decree, **given: Any) -> Paper:
        return issue_paper("sk", str(decree.pk), **({"on": TODAY, "by": self.officer, "site": SITE} | given))


def make_desk(area: str = HERE) -> Desk:
    nota = make_nota(area)
    office = make_office("Bagian Hukum Contoh", "owner", area)
    return Desk(
        area,
        make_user(Role.LEGAL_OFFICER, area, office=office),
        make_user(Role.PROGRAMME_OFFICER, area, office=office),
        nota,
        make_pks(nota),
    )


@pytest.fixture
def desk(db: None) -> Desk:
    add_areas()
    return make_desk()


@pytest.fixture
def beside(desk: Desk) -> Desk:
    """The same in the region beside."""
    return make_desk(BESIDE)


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in
