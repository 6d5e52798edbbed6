"""`naung law`, `contribution`, `benefit`, `explain`: the same numbers as the functions, and one way to say no."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from naung.config.cli import cli
from naung.lawbook.actions import record_decision
from naung.rules.decisions import questions
from naung.rules.law import current_law
from tests.config.conftest import Naung

APBDES = "pp50_2025.apbdes_is_apbd"


def naung_alone(*arguments: str, **more: Any) -> Result:
    """Without Django's database: what only computes needs none."""
    return CliRunner().invoke(cli, list(arguments), **more)


def told(*arguments: str, **more: Any) -> Any:
    return json.loads(naung_alone(*arguments, "--json", **more).stdout)


def test_the_list_has_every_parameter_with_its_origin() -> None:
    said = told("law", "list", "--on", "2026-01-01")
    assert said["count"] == len(current_law().parameters) == len(said["parameters"])
    rate = next(one for one in said["parameters"] if one["key"] == "bpu.jkk.rate")
    assert (rate["value"], rate["confidence"]) == ("0.01", "found")
    assert rate["sources"]


def test_the_list_can_be_narrowed() -> None:
    jkm = told("law", "list", "--programme", "JKM", "--on", "2026-01-01")["parameters"]
    assert {"jkm.death_grant", "bpu.jkm.amount"} <= {one["key"] for one in jkm}
    assert all("JKM" in one["programme"] for one in jkm)
    recalled = told("law", "list", "--segment", "ppu", "--recalled", "--on", "2026-01-01")["parameters"]
    assert recalled
    assert all(one["confidence"] == "recalled" and "PPU" in one["segment"] for one in recalled)
    text = naung_alone("law", "list", "--programme", "JKM", "--on", "2026-01-01").stdout
    assert "jkm.death_grant: Santunan kematian" in text


def test_without_a_day_the_whole_timeline_is_shown() -> None:
    said = told("law", "show", "jkm.death_grant")["parameters"][0]
    assert [line["value"] for line in said["timeline"]] == [16_200_000, 20_000_000]
    assert [line["in_force"] for line in said["timeline"]] == [False, True]
    on_a_day = told("law", "show", "jkm.death_grant", "--on", "2019-12-01")["parameters"][0]
    assert on_a_day["value"] == 16_200_000
    assert "timeline" not in on_a_day
    text = naung_alone("law", "show", "jkm.death_grant").stdout
    assert "sejak 2015-07-01 sampai 2019-12-01" in text
    assert "sejak 2019-12-02" in text


def test_a_day_on_which_the_law_is_silent_says_so() -> None:
    assert "tidak berlaku pada 2015-06-30" in naung_alone("law", "show", "jkm.death_grant", "--on", "2015-06-30").stdout


def test_the_law_can_be_asked_as_it_was_known_and_as_it_might_be() -> None:
    before = told("contribution", "bpu", "--month", "2026-05", "--payer", "self", "--as-known-on", "2025-10-01")
    assert before["total"] == 16_800
    supposed = told("benefit", "jkm", "--died-on", "2027-02-01", "--months-paid", "7",
                    "--scenario", "jkm.death_grant=25000000@2027-01-01")  # fmt: skip
    assert (supposed["lump_sum"], supposed["total"]) == (25_000_000, 47_000_000)
    confidences = {one["confidence"] for step in supposed["explanation"]["steps"] for one in step["citations"]}
    assert "scenario" in confidences
    assert naung_alone("law", "show", "jkm", "--scenario", "jkm.x=1@2027-01-01").exit_code == 2


def test_open_questions_come_with_words_and_answers() -> None:
    said = told("law", "questions")["questions"]
    assert [one["code"] for one in said] == list(questions())
    assert said[0]["words"]["en"]
    assert naung_alone("law", "questions").stdout.splitlines()[0] == f"{APBDES}: yes, no"


def test_a_contribution_is_told_in_words_and_as_json() -> None:
    asked = ("contribution", "bpu", "--month", "2026-05", "--income", "1000000", "--programmes", "jkk,jkm",
             "--payer", "self", "--sector", "other")  # fmt: skip
    result = naung_alone(*asked)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "Iuran BPU Mei 2026: Rp8.400")
    said = told(*asked)
    assert (said["total"], said["jkk"], said["jkm"], said["jht"]) == (8_400, 5_000, 3_400, 0)
    assert said["explanation"]["total"] == 8_400


def test_several_months_paid_at_once_have_their_own_prices() -> None:
    said = told("contribution", "bpu", "--month", "2026-11", "--payer", "self", "--months", "3")
    assert said["total"] == sum(one["total"] for one in said["by_month"])
    assert [one["month"] for one in said["by_month"]] == ["2026-11", "2026-12", "2027-01"]


def test_a_refusal_of_the_law_ends_with_one_and_its_code() -> None:
    result = naung_alone("contribution", "bpu", "--month", "2013-01", "--payer", "self", "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, said["code"], said["refused"]) == (1, "not_in_force", "not_in_force")
    assert said["message"] == said["words"]
    assert said["facts"] == {"key": "bpu.bands", "label": "Golongan penghasilan BPU", "on": "2013-01-01"}
    assert "Tidak ada ketentuan" in naung_alone("contribution", "bpu", "--month", "2013-01", "--payer", "self").stderr


def test_an_open_question_is_refused_with_both_ways_until_it_is_answered() -> None:
    asked = ("contribution", "bpu", "--month", "2026-05", "--payer", "apbdes")
    refused = naung_alone(*asked, "--json")
    said = json.loads(refused.stdout)
    assert (refused.exit_code, said["code"]) == (1, "needs_decision")
    assert [way["total"] for way in said["both_ways"][APBDES]] == [16_800, 8_400]
    assert "Rp16.800" in naung_alone(*asked).stdout
    assert told(*asked, "--decide", f"{APBDES}=no")["total"] == 8_400


@pytest.mark.parametrize(
    "wrong",
    [
        ("contribution", "bpu", "--month", "2026-05"),
        ("contribution", "bpu", "--month", "2026-05", "--payer", "apbd"),
        ("contribution", "bpu", "--month", "Mei", "--payer", "self"),
        ("contribution", "bpu", "--month", "2026-05", "--payer", "self", "--income", "sejuta"),
        ("contribution", "bpu", "--month", "2026-05", "--payer", "self", "--decide", "x"),
        ("contribution", "bpu", "--month", "2026-05", "--payer", "self", "--decide", "x=y"),
        ("contribution", "tni", "--month", "2026-05"),
        ("benefit", "jkm", "--died-on", "2026-05-03"),
        ("law", "show", "tidak.ada"),
    ],
)
def test_wrong_usage_ends_with_two(wrong: tuple[str, ...]) -> None:
    assert naung_alone(*wrong).exit_code == 2


def test_an_accident_takes_the_wage_under_both_names_and_says_why_a_cost_cannot_be() -> None:
    asked = ("benefit", "jkk", "--happened-on", "2026-01-01", "--outcome", "died", "--segment", "ppu")
    assert told(*asked, "--wage", "1000000") == told(*asked, "--base-income", "1000000")
    negative = naung_alone(*asked, "--wage", "1000000", "--transport", "land=-5", "--json")
    assert (negative.exit_code, json.loads(negative.stdout)["code"]) == (1, "cost_negative")
    unknown = naung_alone(*asked, "--wage", "1000000", "--transport", "bus=5")
    assert (unknown.exit_code, "--transport.bus: pilih salah satu: land, sea, air" in unknown.stderr) == (2, True)


def test_a_script_may_ask_anything_from_a_file_or_a_pipe(tmp_path: Path) -> None:
    one = {"programme": "jkm", "died_on": "2026-05-03", "months_paid": 7}
    path = tmp_path / "tanya.json"
    path.write_text(json.dumps(one))
    assert told("benefit", "--input", str(path))["total"] == 42_000_000
    many = json.dumps([one, {**one, "months_paid": 2}])
    assert [said["total"] for said in told("benefit", "--input", "-", input=many)] == [42_000_000, 10_000_000]


def test_one_refused_of_many_is_told_in_its_place_and_ends_with_one() -> None:
    many = json.dumps([{"programme": "jkm", "died_on": day, "months_paid": 7} for day in ("2014-01-01", "2026-05-03")])
    result = naung_alone("benefit", "--input", "-", "--json", input=many)
    first, second = json.loads(result.stdout)
    assert (result.exit_code, first["code"], second["total"]) == (1, "not_in_force", 42_000_000)


def test_one_of_many_that_cannot_be_read_does_not_keep_the_others_from_being_answered() -> None:
    good = {"programme": "jkm", "died_on": "2026-05-03", "months_paid": 7}
    many = json.dumps([good, {**good, "months": 7}, {**good, "died_on": "2014-01-01"}, 5])
    result = naung_alone("benefit", "--input", "-", "--json", input=many)
    answered, unread, refused, no_object = json.loads(result.stdout)
    assert result.exit_code == 2
    assert (answered["total"], refused["code"]) == (42_000_000, "not_in_force")
    assert unread["code"] == unread["refused"] == no_object["code"] == "inquiry_not_understood"
    assert [one["field"] for one in unread["facts"]["mistakes"]] == ["[2].months"]
    assert "[2].months" in naung_alone("benefit", "--input", "-", input=many).stdout


def test_what_cannot_be_read_is_an_object_too_where_json_was_asked_for() -> None:
    result = naung_alone("benefit", "--input", "-", "--json", input='{"programme": "jkm"}')
    assert (result.exit_code, json.loads(result.stdout)["code"]) == (2, "inquiry_not_understood")


@pytest.mark.parametrize(
    "text", ["{", '[{"programme": "jkm"}]', '{"programme": "jkm", "died_on": "2026-05-03", "x": 1}']
)
def test_a_file_that_asks_wrongly_ends_with_two(text: str) -> None:
    assert naung_alone("benefit", "--input", "-", input=text).exit_code == 2


def test_a_file_that_is_not_there_is_a_failure_of_the_outside() -> None:
    assert naung_alone("benefit", "--input", "/tidak/ada.json").exit_code == 3


def test_an_explanation_has_steps_formulas_articles_dates_and_doubts() -> None:
    asked = ("explain", "contribution", "bpu", "--month", "2026-05", "--payer", "apbdes", "--decide", f"{APBDES}=no")
    text = naung_alone(*asked).stdout
    assert "1% × Rp1.000.000 = Rp10.000" in text
    assert "PP 44/2015" in text
    assert "berlaku" in text
    assert "* no: APBDes bukan APBD, keringanan berlaku: Rp8.400" in text
    assert "- yes: APBDes dianggap APBD, iuran dibayar penuh: Rp16.800" in text
    assert "Jumlah: Rp8.400" in text
    english = naung_alone(*asked, "--language", "en").stdout
    assert "Total: Rp8.400" in english
    assert "Jumlah" not in english


def test_an_article_known_only_by_its_remembered_number_is_marked() -> None:
    asked = (
        "explain",
        "benefit",
        "jkk",
        "--happened-on",
        "2026-03-02",
        "--base-income",
        "1000000",
        "--outcome",
        "died",
    )
    assert "nomor pasal belum dibaca dari naskahnya" in naung_alone(*asked).stdout
    assert "article number not yet read" in naung_alone(*asked, "--language", "en").stdout
    read = ("explain", "contribution", "construction", "--wage", "4000000", "--month", "2026-05")
    assert "Pasal 54(1) PP 44/2015" in naung_alone(*read).stdout
    assert "nomor pasal" not in naung_alone(*read).stdout


def test_an_explanation_as_json_is_the_answer_itself() -> None:
    asked = ("benefit", "jkm", "--died-on", "2026-05-03", "--months-paid", "7")
    assert told("explain", *asked) == told(*asked)


def test_help_names_every_question_and_field() -> None:
    assert {"bpu"} <= set(naung_alone("contribution", "--help").stdout.split())
    assert "--income" in naung_alone("contribution", "bpu", "--help").stdout
    assert naung_alone("contribution").exit_code == 0


def test_what_only_computes_starts_neither_django_nor_a_database() -> None:
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from naung.config.cli import cli\n"
        "for words in ('law list', 'benefit jkm --died-on 2026-05-03 --months-paid 7'):\n"
        "    assert CliRunner().invoke(cli, words.split()).exit_code == 0\n"
        "assert not {'django', 'psycopg', 'polars'} & set(sys.modules)\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "NAUNG_DATABASE_URL"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr


def test_with_an_area_what_it_decided_counts(naung: Naung) -> None:
    asked = ("contribution", "bpu", "--month", "2026-05", "--payer", "apbdes", "--area", "12.75", "--json")
    assert naung(*asked).exit_code == 1
    record_decision(
        area_code="1275", question=APBDES, answer="yes", valid_from=date(2026, 1, 1), basis="BA 1/2026", by=None
    )
    said = json.loads(naung(*asked).stdout)
    assert said["total"] == 16_800
    assert [way["chosen"] for way in said["both_ways"][APBDES]] == [True, False]
