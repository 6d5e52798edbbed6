"""A result of the law on a page: steps, articles, marks, and both ways of an open question."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import translation

from naung.rules.dated import Citation, Confidence
from naung.rules.decisions import UNDECIDED, Decision, Decisions
from naung.rules.explaining import Account, Decided, Explanation, Fact, Step, Words, explain

APBDES = "pp50_2025.apbdes_is_apbd"
ON = date(2026, 5, 1)
RULE = Citation(
    key="bpu.jkm.amount", label="Iuran JKM", label_en="JKM contribution", start=date(2015, 7, 1), until=None,
    instrument="PP 44/2015", article="Pasal 18", article_confidence="found", confidence=Confidence.FOUND,
    date_confidence="found", sources=(),
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    explanation: Explanation


def halved(decisions: Decisions) -> Result:
    """A made-up result: 6.800, or half of it where APBDes is not APBD."""
    answer = decisions.require(APBDES, ON)
    steps = [
        Step("full", Words("Iuran penuh", "Full contribution"), "1 × Rp6.800", 6_800, (RULE,), borne_by="state"),
        Step("relief", Words("Keringanan", "Relief"), "50% × Rp6.800", 0 if answer == "yes" else -3_400,
             (replace(RULE, confidence=Confidence.RECALLED),), decided=Decided(APBDES, answer), inferred=True),
    ]  # fmt: skip
    return Result(
        Explanation(
            Words("Iuran JKM", "JKM contribution"), ON, tuple(steps),
            facts=(Fact("payer", Words("Pembayar", "Payer"), Words("APBDes", "village budget")),),
            notes=(Words("Awas <b>.", "Careful."),),
        )
    )  # fmt: skip


def decided(answer: str) -> Decisions:
    return Decisions((Decision(APBDES, answer, date(2026, 1, 1)),))


def shown(account: Account | Explanation, **arguments: object) -> str:
    template = engines["django"].from_string("{% load naung %}{% explanation account heading=3 %}")
    return " ".join(template.render({"account": account, **arguments}).split())


def test_an_explanation_shows_its_steps_with_formula_amount_and_article():
    html = shown(explain(halved, decisions=decided("no")))
    assert "<h3>Iuran JKM</h3>" in html
    assert "Iuran penuh" in html
    assert "1 × Rp6.800" in html
    assert "PP 44/2015, Pasal 18" in html
    assert "APBDes" in html
    assert '<b class="num">Rp3.400</b>' in html


def test_what_is_remembered_or_read_by_us_is_marked():
    html = shown(explain(halved, decisions=decided("no")))
    assert "belum diverifikasi" in html
    assert "hasil ini perkiraan" in html
    assert "bacaan kami" in html


def test_both_ways_of_an_open_question_stand_side_by_side_and_the_decision_is_named():
    html = shown(explain(halved, decisions=decided("no")))
    ways = html.partition("dua-jalan")[2]
    assert "Rp6.800" in ways
    assert "Rp3.400" in ways
    assert ways.count("keputusan daerah</span>") == 1


def test_without_a_decision_there_is_no_total_but_what_each_answer_would_give():
    html = shown(explain(halved, decisions=UNDECIDED))
    assert "Perlu keputusan daerah." in html
    assert 'class="total"' not in html
    assert "Rp6.800" in html
    assert "Rp3.400" in html


def test_a_bare_explanation_is_shown_too_and_its_words_are_escaped():
    html = shown(halved(decided("yes")).explanation)
    assert "Awas &lt;b&gt;." in html
    assert "dua-jalan" not in html


def test_the_words_follow_the_language_of_the_page():
    with translation.override("en"):
        html = shown(explain(halved, decisions=decided("no")))
    assert "Full contribution" in html
    assert "Iuran penuh" not in html


@pytest.mark.parametrize(
    ("citation", "says"),
    [
        (RULE, "Dibaca"),
        (replace(RULE, confidence=Confidence.RECALLED), "belum dibandingkan"),
        (
            replace(RULE, confidence=Confidence.CHECKED, checked_by="Ibu Rahma", checked_on=ON),
            "diperiksa Ibu Rahma, 1 Mei 2026",
        ),
        (replace(RULE, until=date(2026, 1, 1)), "1 Juli 2015 sampai 31 Desember 2025"),
        (replace(RULE, article_confidence="recalled"), "Nomor pasalnya diingat."),
    ],
)
def test_a_citation_opens_to_its_dates_and_how_sure_it_is(citation: Citation, says: str):
    html = engines["django"].from_string("{% load naung %}{% citation one %}").render({"one": citation})
    assert says in html
    assert "<script" not in html


def value(kind: str, given: object, *, short: bool = False) -> str:
    source = "{% load naung %}{% law_value kind given 'unit' short=short %}"
    html = engines["django"].from_string(source).render({"kind": kind, "given": given, "short": short})
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("kind", "given", "shown"),
    [
        ("amount", 20_000_000, "Rp20.000.000 unit"),
        ("rate", Decimal("0.0024"), "0,24% unit"),
        ("count", 65, "65 unit"),
        ("switch", True, "ya unit"),
        ("words", "menurut <dokter>", "menurut &lt;dokter&gt; unit"),
        ("list", (1, 2, 12), "1, 2, 12 unit"),
        ("mapping", {"jkk": "0.0021", "up_to": None}, "JKK 0,21% Sampai dengan — unit"),
        ("mapping", {"over": 100_000_000, "side": "left"}, "Lebih dari 100.000.000 Sisi kiri unit"),
        ("amount", None, "dicabut"),
    ],
)  # fmt: skip
def test_a_value_of_the_law_is_written_by_its_kind(kind, given, shown):
    assert value(kind, given) == shown


def test_a_table_has_the_columns_of_all_its_rows_and_the_words_of_the_page():
    rows = (
        {"label": "lengan", "label_en": "arm", "percent": "4.5"},
        {"label": "mata", "side": "left", "disputed": True},
    )
    table = value("table", rows)
    assert table.startswith("Isi tabel Uraian Persen Sisi Sumber berbeda")
    assert "lengan 4,5% — —" in table
    assert "arm" not in table
    assert value("table", rows, short=True) == "tabel, 2 baris unit"
