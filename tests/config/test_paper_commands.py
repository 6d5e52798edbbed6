"""Papers on the command line: issued once, saved as they were, told apart from a file that was changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from naung.papers.models import Paper
from tests.config.conftest import Naung

EXAMPLE = Path(__file__).parents[2] / "examples" / "agreements" / "kota-contoh-2026.json"
FIELDS = {
    "pihak_kesatu_nama": "Kepala Dinas (contoh)", "pihak_kesatu_alamat": "Jalan Contoh 1",
    "pihak_kedua_nama": "Kepala Cabang (contoh)", "pihak_kedua_alamat": "Jalan Contoh 2",
    "iuran_per_orang": "Rp16.800,00", "pertimbangan": '["bahwa pekerja rentan perlu dilindungi"]',
    "objek": '["Pekerja rentan binaan dinas"]',
    "pembiayaan": '["APBD"]',
}  # fmt: skip


@pytest.fixture
def pks(naung: Naung) -> int:
    """A PKS in force, and a legal officer who may issue it."""

    def told(*arguments: str) -> Any:
        result = naung("agreement", *arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    nota = told("create", str(EXAMPLE))
    one = told("pks", str(nota["id"]), "--office", "Dinas Sosial")["made"][0]
    told(
        "move", str(one["id"]), "in_force", "--on", "2026-01-05", "--region-number", "560/1",
        "--branch-number", "PER/1",
        "--signed-on", "2026-01-05", "--starts-on", "2026-01-05", "--ends-on", "2027-01-01",
    )  # fmt: skip
    naung("users", "add", "hukum", "--full-name", "Hukum", "--role", "legal_officer", "--area", "1275",
          "--password-stdin", input="rahasia-sekali-9\n")  # fmt: skip
    return int(one["id"])


def test_a_pks_is_issued_saved_and_told_apart_from_a_changed_file(
    naung: Naung, pks: int, tmp_path: Path, settings: Any
) -> None:
    settings.PUBLIC_URL = "https://naung.contoh.go.id"
    fields = [part for name, value in FIELDS.items() for part in ("--field", f"{name}={value}")]
    made = naung("paper", "issue", "pks", str(pks), "--on", "2026-01-05", *fields, "--as", "hukum", "--json")
    assert made.exit_code == 0, made.output
    paper = json.loads(made.stdout)
    assert (paper["number"], paper["state"]) == ("560/1", "berlaku")
    again = naung("paper", "issue", "pks", str(pks), *fields, "--as", "hukum", "--json")
    assert (again.exit_code, Paper.objects.count()) == (1, 1)
    file = tmp_path / "pks.pdf"
    assert naung("paper", "save", paper["code"], str(file), "--as", "hukum").exit_code == 0
    assert file.read_bytes().startswith(b"%PDF")
    assert json.loads(naung("paper", "check", paper["code"], str(file), "--json").stdout)["same_file"] is True
    file.write_bytes(file.read_bytes() + b" ")
    assert json.loads(naung("paper", "check", paper["code"], str(file), "--json").stdout)["same_file"] is False


def test_a_paper_is_issued_in_somebody_s_name_and_with_an_address_for_its_square(naung: Naung, pks: int) -> None:
    assert naung("paper", "issue", "pks", str(pks)).exit_code == 2
    assert "NAUNG_PUBLIC_URL" in naung("paper", "issue", "pks", str(pks), "--as", "hukum").output
    unknown = naung("paper", "check", "AAAA-BBBB-CCCC", "--json")
    assert (unknown.exit_code, json.loads(unknown.stdout)["refused"]) == (1, "paper_unknown")
