"""A village officer's week on the command line: real processes, an installation of its own, lists as villages type.

The commands one by one are tried in tests/config; here they follow each other on dirty files.
"""

from __future__ import annotations

import csv
import json
import os
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from python_calamine import CalamineWorkbook

from naung.demo.lists import village_files
from naung.demo.people import Village, invent

pytestmark = pytest.mark.slow

VILLAGES = [
    Village("1275011001", "Jati Makmur", "Binjai Utara"),
    Village("1275011002", "Damai", "Binjai Utara"),
    Village("1275021001", "Binjai", "Binjai Kota"),
]
PEOPLE, PLACES, MONTHS, RATE_RP = 90, 25, 3, 16_800
VERDICTS = {"accepted": "accept", "rejected": "reject", "review": "review", "duplicate": "duplicate"}
REASONS = {
    "nik_missing", "nik_length", "nik_letter", "nik_bad_date", "nik_bad_area", "nik_bad_serial", "nik_precision_lost",
    "nik_placeholder", "nik_dob_mismatch", "nik_sex_mismatch", "nik_conflict", "under_age", "over_age",
    "already_covered", "dead", "not_resident", "occupation", "duplicate", "malformed_row",
}  # fmt: skip
PROGRAMME = {
    "code": "binjai-2022",
    "name": "Perlindungan pekerja rentan Binjai",
    "owner": {"name": "Dinas Tenaga Kerja Kota Binjai"},
    "area": "12.75",
    "fiscal_year": 2022,
    "first_month": "2022-10",
    "last_month": "2022-12",
    "places": PLACES,
    "seed": 20221004,
    "criteria": [
        {"key": "usia", "field": "age_years", "operator": "between", "value": [18, 64], "reason": "Usia 18-64 tahun"}
    ],
    "funding_lines": [{"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": PLACES * MONTHS * RATE_RP}],
}


@dataclass
class Installation:
    """The command with a database and a home of its own."""

    home: Path
    url: str

    def run(self, *arguments: object, given: str = "", url: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "naung", *map(str, arguments)],
            env={**os.environ, "NAUNG_HOME": str(self.home), "NAUNG_DATABASE_URL": url or self.url},
            input=given,
            capture_output=True,
            text=True,
            timeout=180,
        )

    def __call__(self, *arguments: object, given: str = "") -> str:
        ended = self.run(*arguments, given=given)
        assert ended.returncode == 0, f"{arguments}: {ended.returncode} {ended.stdout} {ended.stderr}"
        assert "Traceback" not in ended.stderr
        return ended.stdout

    def json(self, *arguments: object, given: str = "") -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self(*arguments, "--json", given=given))
        return answer


@pytest.fixture
def naung(tmp_path: Path) -> Iterator[Installation]:
    whole = conninfo_to_dict(os.environ["NAUNG_DATABASE_URL"])
    name = f"week_{secrets.token_hex(4)}"

    def administer(statement: str) -> None:
        with psycopg.connect(make_conninfo(**{**whole, "dbname": "postgres"}), autocommit=True) as admin:
            admin.execute(sql.SQL(statement).format(sql.Identifier(name)))

    administer("CREATE DATABASE {}")
    yield Installation(tmp_path / "home", make_conninfo(**{**whole, "dbname": name}))
    administer("DROP DATABASE {} WITH (FORCE)")


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return invent(PEOPLE, villages=VILLAGES, seed=5)


@pytest.fixture
def folder(tmp_path: Path, people: pl.DataFrame) -> Path:
    """The lists as three offices type them: two workbooks and an old CSV, a third of the rows with a fault."""
    made = tmp_path / "usulan"
    made.mkdir()
    for file in village_files(people, seed=5, programme_name="Pekerja rentan", faulty=0.33):
        (made / file.name).write_bytes(file.content)
    return made


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def typed_rows(folder: Path) -> Counter[str]:
    """How many rows name a person in each file, counted without our reader: the numbered ones."""
    counts: Counter[str] = Counter()
    for path in folder.iterdir():
        if path.suffix == ".csv":
            rows = list(csv.reader(path.read_text("cp1252").splitlines(), delimiter=";"))
        else:
            rows = [[*row] for row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()]
        counts[path.name] = sum(str(row[0]).removesuffix(".0").isdigit() for row in rows if row)
    return counts


def test_a_week_from_dirty_lists_to_a_covered_fisherman(
    naung: Installation, folder: Path, people: pl.DataFrame, tmp_path: Path
) -> None:
    spec = tmp_path / "program.json"
    spec.write_text(json.dumps(PROGRAMME))
    naung("programme", "create", spec)
    for name, role in (("pimpinan", "leader"), ("bendahara", "finance_officer"), ("cabang", "branch_officer")):
        added = ("users", "add", name, "--full-name", name, "--role", role, "--area", "1275", "--password-stdin")
        naung(*added, given="kata-sandi-contoh-9\n")

    # Monday: the lists come in; every row is answered once, and the counts agree with each other.
    verdicts, returned = tmp_path / "putusan.csv", tmp_path / "kembali"
    intake = ("intake", folder, "--programme", "binjai-2022", "--reference-date", "2022-09-12")
    counts = naung.json(*intake, "--verdicts", verdicts, "--return-dir", returned)
    rows = read(verdicts)
    files = [row for row in rows if not row["row"]]
    judged = [row for row in rows if row["row"]]
    assert list(rows[0]) == ["file", "sheet", "row", "verdict", "reason", "cluster_id"]
    assert Counter(row["file"] for row in judged) == typed_rows(folder)
    assert {(row["file"], row["verdict"]) for row in files} == {(name, "file_parsed") for name in typed_rows(folder)}
    assert len({(row["file"], row["sheet"], row["row"]) for row in judged}) == len(judged)
    tally = Counter(row["verdict"] for row in judged)
    assert {verdict: counts[name] for name, verdict in VERDICTS.items()} == {v: tally[v] for v in VERDICTS.values()}
    assert counts["received"] == len(judged) == sum(tally.values())
    assert tally["reject"] > 5
    assert tally["duplicate"] > 1
    assert all(set(filter(None, row["reason"].split(";"))) <= REASONS for row in judged)
    assert all(row["reason"] for row in judged if row["verdict"] in ("reject", "review", "duplicate"))
    assert counts["reasons"] == Counter(code for row in judged for code in row["reason"].split(";") if code)
    assert len(list(returned.iterdir())) == len(folder_files := list(folder.iterdir())), folder_files

    # The same again changes nothing, whatever the order or the name of the folder.
    again = tmp_path / "putusan-lagi.csv"
    renamed = folder.rename(tmp_path / "dari-surel")
    repeated = naung.json("intake", *sorted(renamed.iterdir(), reverse=True), *intake[2:], "--verdicts", again)
    for name in ("received", "reasons", *VERDICTS):
        assert repeated[name] == counts[name]
    assert sorted(map(str, read(again))) == sorted(map(str, rows))

    # Tuesday: the selection, twice, is one file byte for byte.
    first, second = tmp_path / "pilih-1.csv", tmp_path / "pilih-2.csv"
    select = ("select", "--programme", "binjai-2022", "--on", "2022-09-14")
    drawn = naung.json(*select, "--out", first)
    naung(*select, "--out", second, "--submit")
    assert first.read_bytes() == second.read_bytes()
    assert drawn["candidates"] == tally["accept"]
    assert (drawn["chosen"], drawn["chosen"] + drawn["waiting"]) == (PLACES, tally["accept"])
    assert not any(nik in first.read_text() for nik in people["nik"])

    # Wednesday: another person signs, and only another.
    decree = ("decree", "enact", "--number", "188/1/2022", "--on", "2022-09-20", "--signer", "A", "--signer-title", "B")
    assert naung.run(*decree, "--as", "bendahara").returncode == 1
    assert naung.json(*decree, "--as", "pimpinan")["total"] == PLACES

    # Thursday: bill and payment; money that was not confirmed protects nobody.
    (bill,) = naung.json("bill", "--month", "2022-10", "--until", "2022-12")["bills"]
    assert (bill["people"], bill["total_rp"]) == (PLACES, PLACES * MONTHS * RATE_RP)
    naung("pay", bill["number"], "--sp2d", "0042", "--on", "2022-10-05", "--as", "bendahara")
    assert naung.run("pay", bill["number"], "--sp2d", "0042", "--confirm", "--as", "bendahara").returncode == 1
    assert not any(protects(naung, nik, "2022-11-15") for nik in people["nik"].head(3))
    naung("pay", bill["number"], "--sp2d", "0042", "--confirm", "--as", "cabang")

    # Friday: who is covered, until when; and what the figures of the area say.
    states = {nik: protects(naung, nik, "2022-11-15") for nik in people["nik"].head(15)}
    assert {True, False} == set(states.values())
    covered = next(nik for nik, yes in states.items() if yes)
    answer = naung.json("protect", "-", "--on", "2022-12-31", given=covered)
    assert (answer["covered"], answer["since"], answer["until"]) == (True, "2022-10-01", "2022-12-31")
    assert protects(naung, covered, "2023-01-01") is False
    wrong = naung.run("protect", "-", given="1234")
    assert wrong.returncode in (1, 2)
    assert "1234" not in wrong.stdout + wrong.stderr
    figure = ("figure", "1275", "--as-of", "2022-10-19", "--active", "all=43526", "--denominator", 132_826)
    naung(*figure, "--kind", "labour_force", "--source", "FGD UCJ", "--published", "33")
    told = naung("ucj", "1275", "--on", "2022-12-01")
    assert all(words in told for words in ("32,77%", "132.826", "89.300", "FGD UCJ", f": {PLACES} "))
    assert naung("doctor").endswith("Semua baik.\n")

    # Whatever goes wrong ends in one of three ways.
    assert naung.run("intake", tmp_path, "--programme", "tidak-ada").returncode in (1, 2)
    assert naung.run("select", "--programme", "binjai-2022", "--seed", "x").returncode == 2
    assert naung.run("pay", bill["number"], "--sp2d", "0043", "--on", "2022-10-06", "--as", "bendahara").returncode == 1
    nowhere = naung.run("doctor", url="postgresql:///tidak_ada?host=/tidak/ada&connect_timeout=2")
    assert nowhere.returncode == 3
    assert "Traceback" not in nowhere.stderr


def protects(naung: Installation, nik: str, on: str) -> bool:
    return bool(naung.json("protect", "-", "--on", on, given=nik)["covered"])
