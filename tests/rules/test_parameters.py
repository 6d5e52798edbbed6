"""Every number of the law says its unit, its dates, where it comes from and how sure we are."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
import yaml

from naung.rules import parameter_files
from naung.rules.dated import Confidence
from naung.rules.decisions import questions
from naung.rules.law import NotInForce, current_law

LAW = current_law()
EVERY_LINE = [
    pytest.param(parameter, line, id=f"{parameter.key}-{line.start}")
    for parameter in LAW.parameters.values()
    for line in parameter.values
]
SURE = {"found", "recalled", "not known"}


@pytest.mark.parametrize("parameter", LAW.parameters.values(), ids=lambda parameter: parameter.key)
def test_every_parameter_says_what_it_is_and_in_which_unit(parameter):
    assert parameter.label
    assert parameter.label_en
    assert parameter.unit
    assert parameter.values
    assert parameter.applies_by in {"contribution_month", "event_date", "contract"}


@pytest.mark.parametrize(("parameter", "line"), EVERY_LINE)
def test_every_line_says_where_it_comes_from_and_how_sure_we_are(parameter, line):
    citation = line.citation
    assert isinstance(line.start, date)
    assert citation.instrument
    assert citation.sources
    assert all(source.ref and source.address for source in citation.sources)
    assert citation.confidence in {Confidence.FOUND, Confidence.RECALLED}
    assert citation.article_confidence in SURE
    assert (citation.article is None) == (citation.article_confidence == "not known")
    assert citation.date_confidence
    assert citation.entry, "the line of the catalogue it was carried over from"


@pytest.mark.parametrize("parameter", LAW.parameters.values(), ids=lambda parameter: parameter.key)
def test_a_parameter_has_a_name_in_each_language(parameter):
    assert parameter.label != parameter.label_en


@pytest.mark.parametrize(
    ("parameter", "line"), [one for one in EVERY_LINE if one.values[0].kind == "words" and one.values[1].value]
)
def test_what_is_said_in_words_keeps_the_words_it_was_taken_from(parameter, line):
    assert line.citation.stated_as


@pytest.mark.parametrize(("parameter", "line"), EVERY_LINE)
def test_a_line_became_known_before_it_ended(parameter, line):
    citation = line.citation
    ends = line.until or date.max
    assert (citation.known_from or line.start) < ends
    if citation.until_known_from:
        assert line.until
        assert citation.until_known_from >= line.start


@pytest.mark.parametrize(("parameter", "line"), EVERY_LINE)
def test_a_line_holds_on_its_first_day_and_not_on_the_day_it_ends(parameter, line):
    assert parameter.line_on(line.start) is line
    before = parameter.line_on(line.start - timedelta(days=1))
    assert before is not line
    if line.until:
        assert parameter.line_on(line.until - timedelta(days=1)) is line
        assert parameter.line_on(line.until) is not line


@pytest.mark.parametrize(("parameter", "line"), EVERY_LINE)
def test_a_citation_in_indonesian_has_no_english_in_it(parameter, line):
    english = {
        "and",
        "of",
        "by",
        "or",
        "not",
        "only",
        "yearly",
        "practice",
        "circular",
        "amending",
        "replaced",
        "rules",
    }
    assert not english & set(re.findall(r"[a-z]+", line.citation.words_id()))
    assert line.citation.words_en().startswith(line.citation.instrument)


def test_every_source_that_a_line_names_is_described():
    folder = parameter_files.files("naung.rules").joinpath("parameters", "_sources.yaml")
    described = yaml.safe_load(folder.read_text(encoding="utf-8"))
    named = {s.ref for p in LAW.parameters.values() for line in p.values for s in line.citation.sources}
    assert named - set(described) == {"RECALL"}
    assert set(described) <= named


def test_asking_before_the_known_law_is_refused_and_never_zero():
    with pytest.raises(NotInForce) as refused:
        LAW.amount("bpu.jkm.amount").on(date(2015, 6, 30))
    assert refused.value.code == "not_in_force"
    assert "30 Juni 2015" in str(refused.value)


def test_the_printed_amounts_of_the_bands_are_the_rates_on_their_bases():
    on = date(2025, 6, 1)
    jkk_rate, jht_rate = LAW.rate("bpu.jkk.rate").on(on), LAW.rate("bpu.jht.rate").on(on)
    rows = LAW.table("bpu.bands").on(on)
    assert [row["number"] for row in rows] == list(range(1, 34))
    for row in rows:
        assert row["jkk"] == row["base"] * jkk_rate
        assert row["jht"] == row["base"] * jht_rate
        assert row["jkm"] == LAW.amount("bpu.jkm.amount").on(on)


def test_the_lowest_and_the_highest_contribution_are_the_ends_of_the_band_table():
    on = date(2025, 6, 1)
    first, *_, last = LAW.table("bpu.bands").on(on)
    assert first["base"] == LAW.amount("bpu.base.min").on(on)
    assert (first["jkk"], last["jkk"]) == (LAW.amount("bpu.jkk.min").on(on), LAW.amount("bpu.jkk.max").on(on))
    assert (first["jht"], last["jht"]) == (LAW.amount("bpu.jht.min").on(on), LAW.amount("bpu.jht.max").on(on))
    assert LAW.amount("bpu.package.2").on(on) == first["jkk"] + first["jkm"]
    assert LAW.amount("bpu.package.3").on(on) == first["jkk"] + first["jkm"] + first["jht"]


@pytest.mark.parametrize("on", [date(2019, 12, 1), date(2019, 12, 2)])
def test_the_printed_total_of_jkm_is_the_sum_of_its_parts(on):
    parts = ("jkm.death_grant", "jkm.periodic", "jkm.funeral")
    assert LAW.amount("jkm.total").on(on) == sum(LAW.amount(key).on(on) for key in parts)


@pytest.mark.parametrize("on", [date(2021, 2, 2), date(2025, 2, 6), date(2025, 2, 7)])
def test_the_printed_total_of_jkp_is_the_sum_of_its_parts(on):
    parts = [LAW.rate(key).find(on) for key in ("ppu.jkp.state", "ppu.jkk.recomposition", "ppu.jkm.recomposition")]
    assert LAW.rate("ppu.jkp.total").on(on) == sum(part.value for part in parts if part)


def test_every_question_that_a_parameter_names_can_be_asked():
    named = LAW.mapping("relief.pp50_2025.excluded_payer").on(date(2026, 1, 1))["question"]
    assert named in questions()
    assert all(len(question.answers) >= 2 for question in questions().values())


def test_a_rate_written_as_a_float_is_refused():
    with pytest.raises(ValueError, match="quoted decimal"):
        parameter_files._value("rate", 0.01, "somewhere")


def test_a_file_that_does_not_name_its_source_is_refused(tmp_path):
    file = tmp_path / "lonely.yaml"
    file.write_text(
        "label: x\nprogramme: JKM\nsegment: BPU\nkind: amount\nunit: rupiah\napplies_by: event_date\n"
        "values:\n  2020-01-01: {value: 1, instrument: PP 1, article: null, article_confidence: not known,"
        " confidence: found, date_confidence: found, entry: x}\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="source"):
        parameter_files._parameter("lonely", file)


def test_two_lines_that_overlap_are_refused(tmp_path):
    line = (
        "{value: 1, until: 2022-01-01, instrument: PP 1, article: null, article_confidence: not known,"
        " confidence: found, date_confidence: found, entry: x, source: [{ref: A, address: b}]}"
    )
    file = tmp_path / "twice.yaml"
    file.write_text(
        "label: x\nprogramme: JKM\nsegment: BPU\nkind: amount\nunit: rupiah\napplies_by: event_date\n"
        f"values:\n  2020-01-01: {line}\n  2021-01-01: {line}\n",
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="two lines hold"):
        parameter_files._parameter("twice", file)


def test_a_repealed_value_is_silence():
    repealed = LAW.with_value("bpu.jkm.amount", date(2030, 1, 1), None)
    assert repealed.amount("bpu.jkm.amount").on(date(2029, 12, 31)) == 6_800
    with pytest.raises(NotInForce):
        repealed.amount("bpu.jkm.amount").on(date(2030, 1, 1))


def test_a_scenario_leaves_the_law_as_it_was():
    scenario = LAW.with_value("bpu.jkk.rate", date(2027, 1, 1), Decimal("0.02"), until=date(2028, 1, 1))
    rate = scenario.rate("bpu.jkk.rate")
    assert rate.on(date(2026, 12, 31)) == Decimal("0.01")
    assert rate.on(date(2027, 1, 1)) == Decimal("0.02")
    assert rate.cited(date(2027, 12, 31)).citation.confidence is Confidence.SCENARIO
    assert rate.on(date(2028, 1, 1)) == Decimal("0.01")
    assert LAW.rate("bpu.jkk.rate").on(date(2027, 1, 1)) == Decimal("0.01")


def test_a_scenario_value_must_fit_its_kind():
    with pytest.raises(TypeError):
        LAW.with_value("bpu.jkk.rate", date(2027, 1, 1), 0.02)
    with pytest.raises(TypeError):
        LAW.with_value("bpu.jkm.amount", date(2027, 1, 1), Decimal(6800))


def test_a_parameter_is_read_as_what_it_is():
    with pytest.raises(TypeError):
        LAW.rate("bpu.jkm.amount")


def test_the_law_cannot_be_changed_in_place():
    with pytest.raises(TypeError):
        LAW.parameters["bpu.jkm.amount"] = None
    with pytest.raises(TypeError):
        LAW.table("bpu.bands").on(date(2025, 1, 1))[0]["base"] = 1
