"""Who takes part in the stories: offices, and one person per role to sign in as.

The people are roles, not anybody: their names say what they do.
"""

from __future__ import annotations

from dataclasses import dataclass

from naung.accounts.actions import create_office, create_user
from naung.accounts.models import Office, User
from naung.accounts.permissions import Role

# The demo listens on the loopback address only and its people are invented.
PASSWORD = "naung-demo-2026"  # noqa: S105

BINJAI, LABUSEL, MEDAN, PPU, SUMUT = "1275", "1222", "1271", "6409", "12"


@dataclass(frozen=True)
class Part:
    """One sign-in."""

    username: str
    full_name: str
    role: str
    area_code: str
    office: str
    office_kind: str


_K = Office.Kind

PARTS = (
    Part("staf.binjai", "Staf Disnaker Binjai", Role.PROGRAMME_OFFICER, BINJAI, "Dinas Tenaga Kerja Kota Binjai", _K.OWNER),
    Part("operator.binjai", "Operator Kelurahan", Role.VILLAGE_OPERATOR, "", "Kelurahan", _K.VILLAGE),
    Part("cabang.binjai", "Petugas Cabang Binjai", Role.BRANCH_OFFICER, BINJAI, "BPJS Ketenagakerjaan Cabang Binjai", _K.BRANCH),
    Part("keuangan.binjai", "Staf BPKAD Binjai", Role.FINANCE_OFFICER, BINJAI, "BPKAD Kota Binjai", _K.FINANCE),
    Part("pimpinan.binjai", "Pimpinan Kota Binjai", Role.LEADER, BINJAI, "Pemerintah Kota Binjai", _K.LEADERSHIP),
    Part("auditor.binjai", "Auditor Inspektorat", Role.AUDITOR, BINJAI, "Inspektorat Kota Binjai", _K.INSPECTORATE),
    Part("admin.binjai", "Admin Daerah Binjai", Role.ADMIN, BINJAI, "Pemerintah Kota Binjai", _K.LEADERSHIP),
    Part("provinsi.sumut", "Staf Provinsi Sumatera Utara", Role.PROVINCE, SUMUT, "Pemerintah Provinsi Sumatera Utara", _K.PROVINCE),
    Part("staf.labusel", "Staf Disnaker Labusel", Role.PROGRAMME_OFFICER, LABUSEL, "Dinas Tenaga Kerja Labuhanbatu Selatan", _K.OWNER),
    Part("cabang.labusel", "Petugas Kantor Labusel", Role.BRANCH_OFFICER, LABUSEL, "BPJS Ketenagakerjaan Cabang Kisaran", _K.BRANCH),
    Part("keuangan.labusel", "Staf BPKAD Labusel", Role.FINANCE_OFFICER, LABUSEL, "BPKAD Labuhanbatu Selatan", _K.FINANCE),
    Part("pimpinan.labusel", "Pimpinan Labusel", Role.LEADER, LABUSEL, "Pemerintah Kabupaten Labuhanbatu Selatan", _K.LEADERSHIP),
    Part("csr.labusel", "Perusahaan Contoh (CSR)", Role.DONOR, LABUSEL, "Perusahaan Contoh", _K.DONOR),
    Part("staf.medan", "Staf Disnaker Medan", Role.PROGRAMME_OFFICER, MEDAN, "Dinas Ketenagakerjaan Kota Medan", _K.OWNER),
    Part("hukum.medan", "Staf Bagian Kerja Sama Medan", Role.LEGAL_OFFICER, MEDAN, "Bagian Kerja Sama Setda Kota Medan", _K.SECTOR),
    Part("opd.medan", "Petugas Dishub Medan", Role.OFFICE_PIC, MEDAN, "Dinas Perhubungan Kota Medan", _K.SECTOR),
    Part("cabang.medan", "Petugas Cabang Medan Kota", Role.BRANCH_OFFICER, MEDAN, "BPJS Ketenagakerjaan Cabang Medan Kota", _K.BRANCH),
    Part("pimpinan.medan", "Pimpinan Kota Medan", Role.LEADER, MEDAN, "Pemerintah Kota Medan", _K.LEADERSHIP),
    Part("staf.ppu", "Staf Disnakertrans PPU", Role.PROGRAMME_OFFICER, PPU, "Disnakertrans Penajam Paser Utara", _K.OWNER),
    Part("hukum.ppu", "Staf Bagian Hukum PPU", Role.LEGAL_OFFICER, PPU, "Bagian Hukum Setkab Penajam Paser Utara", _K.SECTOR),
    Part("cabang.ppu", "Petugas Cabang PPU", Role.BRANCH_OFFICER, PPU, "BPJS Ketenagakerjaan Penajam", _K.BRANCH),
    Part("keuangan.ppu", "Staf BKAD PPU", Role.FINANCE_OFFICER, PPU, "BKAD Penajam Paser Utara", _K.FINANCE),
    Part("pimpinan.ppu", "Pimpinan PPU", Role.LEADER, PPU, "Pemerintah Kabupaten Penajam Paser Utara", _K.LEADERSHIP),
)  # fmt: skip

# One sign-in per role, the ones to print; the others are in docs/demo.md.
FIRST = (*(part.username for part in PARTS[:8]), "csr.labusel", "hukum.medan", "opd.medan")


class Cast:
    """The people and offices of the stories, made once."""

    def __init__(self, *, village_of_operator: tuple[str, str]) -> None:
        self.users: dict[str, User] = {}
        self.offices: dict[str, Office] = {}
        code, name = village_of_operator
        for part in PARTS:
            area = part.area_code or code
            office_name = f"Kelurahan {name}" if part.office_kind == _K.VILLAGE else part.office
            office = create_office(name=office_name, kind=part.office_kind, area_code=area, by=None)
            self.offices[part.username] = office
            self.users[part.username] = create_user(
                username=part.username,
                full_name=part.full_name,
                role=part.role,
                area_code=area,
                office=office,
                password=PASSWORD,
                by=None,
            )

    def __getitem__(self, username: str) -> User:
        return self.users[username]

    def office(self, username: str) -> Office:
        return self.offices[username]
