"""Charts say what they show, start at zero, and never let a name become markup."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils.html import escape

from naung.ui import charts

HOSTILE = '<script>alert("x")</script>'
JANUARY = date(2026, 1, 1)


def stretches(look: str, label: str = "Terlindungi") -> tuple[charts.Stretch, ...]:
    return (charts.Stretch(date(2026, 1, 1), date(2026, 7, 1), label, look),)


def drawn_with(text: str) -> list[str]:
    """Every chart, with `text` wherever a caller may put one."""
    lanes = [charts.Lane(text, text, stretches("covered", text))]
    return [
        charts.funnel([charts.FunnelStage(text, 10), charts.FunnelStage(text, 4)], title=text),
        charts.meter(1, of=2, label=text),
        charts.cliff([charts.CliffMonth(JANUARY, paid=5)], ends_on=date(2026, 1, 31), note=text),
        charts.timeline(lanes, first=JANUARY, months=12, label=text),
        charts.timeline(lanes, first=JANUARY, months=12),
    ]


def test_hostile_text_is_only_ever_text():
    for chart in drawn_with(HOSTILE):
        assert "<script" not in chart
        assert escape(HOSTILE) in chart


def test_every_chart_is_one_picture_with_a_sentence():
    for chart in [*drawn_with("Kelurahan Satu"), charts.ucj_bar(43_526, 132_826)]:
        assert re.search(r'role="img" aria-label="[^"]{8,}"', chart)


def test_every_chart_is_well_formed_and_has_no_inline_style():
    for chart in [*drawn_with("a & b"), charts.ucj_bar(1, 3, estimate=1, target=Decimal(45))]:
        ElementTree.fromstring(f"<body>{chart}</body>")  # noqa: S314 - drawn by us
        assert "style=" not in chart


def test_a_bar_is_as_long_as_its_share():
    assert 'width="84.8%"' in charts.funnel([charts.FunnelStage("a", 7214), charts.FunnelStage("b", 6118)])
    assert 'width="24.5%"' in charts.meter(246_993_600, of=1_008_000_000)


@pytest.mark.parametrize(("done", "of", "width"), [(5, 0, "0"), (-1, 10, "0.0"), (20, 10, "100.0")])
def test_a_bar_never_leaves_its_track(done, of, width):
    assert f'width="{width}%"' in charts.meter(done, of=of)


def test_the_loss_at_each_step_is_told_in_numbers():
    chart = charts.funnel([charts.FunnelStage("Diusulkan", 7214), charts.FunnelStage("Terverifikasi", 6118)])
    assert "−1.096" in chart


def test_coverage_keeps_official_and_estimate_apart():
    chart = charts.ucj_bar(43_526, 132_826, estimate=4_702, target=Decimal(45))
    assert 'aria-label="Terlindungi 32,8%, perkiraan program kami +3,5%, sasaran 45%"' in chart
    assert "Belum terlindungi 67,2%" in chart
    assert 'fill="url(#ucj-arsir)"' in chart


def test_coverage_without_an_estimate_draws_none():
    assert 'fill="url(#ucj-arsir)"' not in charts.ucj_bar(43_526, 132_826)


def test_coverage_without_a_denominator_is_our_own_mistake():
    with pytest.raises(AssertionError):
        charts.ucj_bar(1, 0)


def test_the_cliff_stands_after_its_month_and_only_where_that_month_is_shown():
    months = [charts.CliffMonth(date(2026, number, 1), paid=10) for number in range(1, 13)]
    assert "Berakhir 31 Des 2026" in charts.cliff(months, ends_on=date(2026, 12, 31))
    assert "<text" in charts.cliff(months, ends_on=date(2030, 12, 31))
    assert "Berakhir" not in charts.cliff(months, ends_on=date(2030, 12, 31))


def test_unpaid_people_are_told_in_the_sentence_and_the_table():
    chart = charts.cliff([charts.CliffMonth(JANUARY, paid=4702, unpaid=298)])
    assert "4.702 orang lunas pada Jan 2026; 298 bulan-orang belum dibayar" in chart
    assert '<td class="n">298</td>' in chart


def test_a_chart_of_nothing_is_still_a_picture():
    assert "Belum ada bulan yang dibayar" in charts.cliff([])
    assert 'role="img"' in charts.funnel([])


@pytest.mark.parametrize(
    "look", ["covered", "gap", "promised", "payer", "no_payer", "paid", "unpaid", "limited", "full"]
)
def test_every_look_of_a_stretch_can_be_drawn(look):
    chart = charts.timeline([charts.Lane("Perlindungan", "JKK", stretches(look))], first=JANUARY, months=12)
    assert "Terlindungi" in chart


def test_today_and_the_end_of_cover_are_marked_where_they_fall():
    lanes = [charts.Lane("Perlindungan", "JKK dan JKM", stretches("covered"))]
    chart = charts.timeline(lanes, first=JANUARY, months=12, today=date(2026, 7, 12), ends_on=date(2026, 6, 30))
    assert "Hari ini, 12 Jul" in chart
    assert "Berakhir 30 Juni 2026" in chart
    # Six months of twelve: the cliff stands in the middle of the lanes.
    middle = 132 + (1082 - 132 - 2) / 2
    assert f'<line x1="{middle:.1f}" y1="24"' in chart


def test_a_stretch_outside_the_picture_is_kept_in_the_table():
    past = charts.Stretch(date(2020, 1, 1), date(2020, 4, 1), "Program 2020", "covered")
    chart = charts.timeline([charts.Lane("Perlindungan", "JKK", (past,))], first=JANUARY, months=12, label="x")
    assert chart.count("Program 2020") == 1
    assert '<td class="n">Program 2020</td>' in chart


def test_a_timeline_begins_on_the_first_of_a_month():
    with pytest.raises(AssertionError):
        charts.timeline([], first=date(2026, 1, 2), months=12)


def test_the_words_of_a_stretch_step_aside_for_today():
    lane = charts.Lane("Iuran", "", (charts.Stretch(date(2026, 1, 1), date(2026, 7, 1), "Belum dibayar", "unpaid"),))
    words = re.compile(r'<text x="([\d.]+)"[^>]*>Belum dibayar<')
    undisturbed = float(words.search(charts.timeline([lane], first=JANUARY, months=12))[1])
    beside = float(words.search(charts.timeline([lane], first=JANUARY, months=12, today=date(2026, 1, 16)))[1])
    line = 132 + (1082 - 132 - 2) / 12 * 15 / 31
    assert undisturbed < line < beside


def test_a_wide_picture_scrolls_in_its_own_frame():
    months = [charts.CliffMonth(JANUARY, paid=1)]
    assert 'class="scx lebar" role="region" tabindex="0"' in charts.cliff(months, width=720)
    assert "scx" not in charts.cliff(months)
