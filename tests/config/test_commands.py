"""The commands that people script, on a database."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from naung.accounts.models import User
from naung.areas.models import Area
from naung.audit.models import Record
from naung.config.cli.cover import _nik
from naung.lawbook.models import LegalDecision
from naung.registry.models import SourceList, SourceRow, Worker
from tests.config.conftest import PROGRAMME, Naung

VERDICT_COLUMNS = ["file", "sheet", "row", "verdict", "reason", "cluster_id"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_an_area_is_found_by_name_and_by_code(naung: Naung) -> None:
    assert "1275  " in naung("areas", "search", "kota binjai").output
    found = json.loads(naung("areas", "search", "12.75", "--json").stdout)["areas"]
    assert found[0] == {"code": "1275", "name": "Kota Binjai", "kind": "kota", "path": "Kota Binjai, Sumatera Utara"}
    assert Area.objects.count() > 90_000


def test_a_person_added_can_sign_in_and_the_trail_says_who_did_it(naung: Naung) -> None:
    arguments = (
        "users", "add", "ratna", "--full-name", "Ratna", "--role", "programme_officer",
        "--area", "12.75", "--office", "Disnaker", "--password-stdin",
    )  # fmt: skip
    assert naung(*arguments, input="rahasia-sekali-9\n").exit_code == 0
    assert User.objects.get(username="ratna").check_password("rahasia-sekali-9")
    assert list(Record.objects.order_by("id").values_list("actor", "action")) == [
        ("sistem", "office.create"),
        ("sistem", "user.create"),
    ]


def test_a_weak_password_is_refused_and_nobody_is_added(naung: Naung) -> None:
    result = naung(
        "users",
        "add",
        "x",
        "--full-name",
        "X",
        "--role",
        "leader",
        "--area",
        "1275",
        "--password-stdin",
        input="1234\n",
    )
    assert result.exit_code == 1
    assert not User.objects.exists()


def test_intake_answers_row_by_row_and_stores_what_it_answered(
    naung: Naung, programme_file: Path, village_list: Path, tmp_path: Path
) -> None:
    assert naung("programme", "create", programme_file).exit_code == 0
    out, back = tmp_path / "out" / "hasil.csv", tmp_path / "kembali"
    result = naung(
        "intake", village_list, "--programme", "binjai-2026", "--reference-date", "2026-03-01",
        "--verdicts", out, "--return-dir", back, "--json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert {name: said[name] for name in ("received", "accepted", "rejected", "review", "duplicate")} == {
        "received": 5, "accepted": 2, "rejected": 2, "review": 0, "duplicate": 1,
    }  # fmt: skip
    assert said["reasons"] == {"duplicate": 1, "nik_missing": 1, "under_age": 1}
    rows = rows_of(out)
    assert list(rows[0]) == VERDICT_COLUMNS
    assert [(row["row"], row["verdict"], row["reason"]) for row in rows] == [
        ("", "file_parsed", ""),
        ("2", "accept", ""),
        ("3", "accept", ""),
        ("4", "reject", "under_age"),
        ("5", "duplicate", "duplicate"),
        ("6", "reject", "nik_missing"),
    ]
    assert {row["file"] for row in rows} == {"daftar.csv"}
    assert rows[1]["cluster_id"] == rows[4]["cluster_id"] != rows[2]["cluster_id"]
    assert [path.name for path in back.iterdir()] == ["daftar.csv-kembali.xlsx"]
    assert (SourceRow.objects.count(), Worker.objects.count()) == (5, 2)


def test_the_same_file_again_changes_nothing_and_says_so(
    naung: Naung, programme_file: Path, village_list: Path
) -> None:
    naung("programme", "create", programme_file)
    first = naung("intake", village_list, "--programme", "binjai-2026", "--json")
    again = naung("intake", village_list, "--programme", "binjai-2026", "--json")
    assert json.loads(again.stdout)["accepted"] == json.loads(first.stdout)["accepted"] == 2
    assert json.loads(again.stdout)["files"][0]["repeated"] is True
    assert (SourceList.objects.count(), Worker.objects.count()) == (1, 2)


def test_a_dry_run_answers_and_stores_nothing(
    naung: Naung, programme_file: Path, village_list: Path, tmp_path: Path
) -> None:
    naung("programme", "create", programme_file)
    out = tmp_path / "out.csv"
    result = naung("intake", village_list, "--programme", "binjai-2026", "--verdicts", out, "--dry-run", "--json")
    assert (result.exit_code, json.loads(result.stdout)["stored"]) == (0, False)
    assert len(rows_of(out)) == 6
    assert not SourceList.objects.exists()


def test_a_folder_gives_all_its_lists_and_a_bad_file_does_not_stop_the_others(
    naung: Naung, programme_file: Path, village_list: Path, tmp_path: Path
) -> None:
    naung("programme", "create", programme_file)
    folder = tmp_path / "desa"
    (folder / "timur").mkdir(parents=True)
    village_list.rename(folder / "timur" / "daftar.csv")
    (folder / "rusak.xlsx").write_bytes(b"%PDF-1.7\n")
    (folder / ".~lock.daftar.csv#").write_text("x")
    out = tmp_path / "out.csv"
    result = naung("intake", folder, "--programme", "binjai-2026", "--verdicts", out)
    assert result.exit_code == 0
    files = {row["file"]: (row["verdict"], row["reason"]) for row in rows_of(out) if not row["row"]}
    assert files == {"rusak.xlsx": ("file_rejected", "file_wrong_type"), "timur/daftar.csv": ("file_parsed", "")}
    assert "rusak.xlsx: Berkas ini PDF" in result.stderr


def test_when_no_file_can_be_read_the_exit_says_refused(naung: Naung, programme_file: Path, tmp_path: Path) -> None:
    naung("programme", "create", programme_file)
    empty = tmp_path / "kosong.csv"
    empty.touch()
    result = naung("intake", empty, "--programme", "binjai-2026")
    assert result.exit_code == 1
    assert "Berkas ini kosong" in result.stderr


def test_a_death_known_from_a_list_given_along_rejects_the_row(
    naung: Naung, programme_file: Path, village_list: Path, tmp_path: Path
) -> None:
    naung("programme", "create", programme_file)
    deaths = tmp_path / "mati.csv"
    deaths.write_text("NIK;Tanggal meninggal\n1275010101850002;05-02-2026\n")
    said = naung("intake", village_list, "--programme", "binjai-2026", "--deaths", deaths, "--dry-run", "--json")
    assert json.loads(said.stdout)["reasons"]["dead"] == 1


def test_a_village_operator_may_not_hand_in_for_another_city(
    naung: Naung, programme_file: Path, village_list: Path
) -> None:
    naung("programme", "create", programme_file)
    naung(
        "users", "add", "udin", "--full-name", "Udin", "--role", "village_operator", "--area", "1271",
        "--password-stdin", input="rahasia-sekali-9\n",
    )  # fmt: skip
    result = naung("intake", village_list, "--programme", "binjai-2026", "--as", "udin")
    assert result.exit_code == 1
    assert not SourceList.objects.exists()


def test_an_unknown_programme_or_person_is_wrong_usage(naung: Naung, village_list: Path) -> None:
    assert naung("intake", village_list, "--programme", "tidak-ada").exit_code == 2
    assert naung("programme", "create", village_list, "--as", "siapa").exit_code in (1, 2)
    assert naung("intake", "/tidak/ada", "--programme", "x").exit_code == 2


def test_what_a_programme_prints_is_its_file_again(naung: Naung, programme_file: Path, tmp_path: Path) -> None:
    naung("programme", "create", programme_file)
    printed = tmp_path / "cetakan.json"
    printed.write_text(naung("programme", "show", "binjai-2026").stdout)
    assert json.loads(printed.read_text())["places"] == PROGRAMME["places"]
    assert naung("programme", "create", printed).exit_code == 0
    assert "binjai-2026" in naung("programme", "list").stdout


def test_another_programme_under_a_known_code_is_refused_unless_it_replaces(naung: Naung, programme_file: Path) -> None:
    naung("programme", "create", programme_file)
    programme_file.write_text(json.dumps(PROGRAMME | {"places": 9}))
    assert naung("programme", "create", programme_file).exit_code == 1
    assert naung("programme", "create", programme_file, "--replace").exit_code == 0
    assert json.loads(naung("programme", "show", "binjai-2026").stdout)["places"] == 9


def test_the_reference_lists_are_taken_once(naung: Naung, tmp_path: Path) -> None:
    moved = tmp_path / "pindah.csv"
    moved.write_text("NIK;Tanggal pindah\n1275010101850002;05-02-2026\nbukan nik;\n")
    facts = ("--kind", "moved", "--area", "1275", "--source", "Disdukcapil", "--as-of", "2026-03-01")
    first, again = (json.loads(naung("reference", moved, *facts, "--json").stdout) for _ in range(2))
    assert first == {"kind": "moved", "rows": 1, "malformed": 1, "repeated": False, "months_settled": 0}
    assert again == first | {"repeated": True}


def test_a_bare_figure_is_refused_and_a_whole_one_gives_coverage(naung: Naung) -> None:
    assert naung("ucj", "1275").exit_code == 1
    recorded = naung(
        "figure", "12.75", "--as-of", "2026-09-30", "--active", "pu=40000", "--active", "bpu=20000",
        "--denominator", "150000", "--kind", "employed", "--source", "Laporan cabang",
    )  # fmt: skip
    assert recorded.exit_code == 0, recorded.output
    said = json.loads(naung("ucj", "1275", "--on", "2026-10-31", "--json").stdout)
    assert (said["percent"], said["gap"], said["denominator_kind"]) == ("40.00", 90_000, "employed")
    assert said["own_active_workers"] == 0


def test_somebody_unknown_is_not_protected_and_the_number_is_not_repeated(naung: Naung) -> None:
    result = naung("protect", "-", "--on", "2026-04-01", "--json", input="1275 0141 0180 0001\n")
    assert json.loads(result.stdout) == {"on": "2026-04-01", "known": False, "covered": False}
    wrong = naung("protect", "12750141018000")
    assert wrong.exit_code == 2
    assert "12750141018000" not in wrong.output


def test_a_nik_is_taken_as_people_write_it() -> None:
    assert _nik("12.7501.410180.0001") == "1275014101800001"


def test_what_the_law_says_comes_with_its_source(naung: Naung) -> None:
    said = json.loads(naung("law", "show", "jkm.total", "--on", "2026-01-01", "--json").stdout)
    (total,) = said["parameters"]
    assert total["value"] == 42_000_000
    assert total["source"].startswith("PP 82/2019")
    assert naung("law", "show", "tidak.ada").exit_code == 2


def test_what_a_region_decides_about_an_open_question_is_kept(naung: Naung) -> None:
    question, _, answers = naung("law", "questions").stdout.splitlines()[0].partition(": ")
    arguments = (
        "law",
        "decide",
        "1275",
        question,
        answers.split(", ")[0],
        "--from",
        "2026-01-01",
        "--basis",
        "BA 1/2026",
    )
    assert naung(*arguments).exit_code == 0
    assert LegalDecision.objects.get().basis == "BA 1/2026"
    assert naung("law", "decide", "1275", question, "x", "--from", "2026-01-01", "--basis", "BA").exit_code == 1


def test_a_fresh_database_is_healthy_and_doctor_finds_what_is_broken(naung: Naung, tmp_path: Path) -> None:
    assert naung("areas", "search", "binjai").exit_code == 0
    (tmp_path / "home").mkdir(exist_ok=True)
    healthy = naung("doctor", "--json")
    assert healthy.exit_code == 0, healthy.output
    (tmp_path / "home" / "secret-key").write_text("x")
    (tmp_path / "home" / "secret-key").chmod(0o644)
    broken = naung("doctor", "--json")
    assert broken.exit_code == 1
    said = json.loads(broken.stdout)
    assert [one["check"] for one in said["checks"] if not one["healthy"]] == ["Folder instalasi"]


def test_exported_keys_are_for_their_owner_only_and_never_overwrite(naung: Naung, tmp_path: Path) -> None:
    target = tmp_path / "kunci.json"
    assert naung("keys", "export", target).exit_code == 0
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text() == (tmp_path / "home" / "keys.json").read_text()
    assert naung("keys", "export", target).exit_code == 2
    assert Record.objects.filter(action="keys.export").count() >= 1


@pytest.mark.parametrize("arguments", [("bill", "--month", "2026-4"), ("pay", "X"), ("intake",), ("apa",)])
def test_wrong_usage_exits_with_two_before_anything_starts(naung: Naung, arguments: tuple[str, ...]) -> None:
    assert naung(*arguments).exit_code == 2
