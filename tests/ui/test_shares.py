"""What closes a need, who pays, which district is behind: numbers, places, and nothing that is not there."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naung.ui import charts
from naung.ui.charts import paint
from naung.ui.charts.steps import falls
from naung.ui.charts.tiles import classes, grid

HOSTILE = '<script>alert("x")</script>'
NAMED = [("Program", 4702, "apbd"), ("CSR", 2400, "csr"), ("Provinsi", 6100, "provinsi")]


def closings(*counts: int, label: str = "Program") -> list[charts.Closing]:
    return [
        charts.Closing(label, count, look) for count, look in zip(counts, ("apbd", "csr", "dbh", "x"), strict=False)
    ]


@given(st.integers(0, 10**9), st.lists(st.integers(-5, 10**9), max_size=4))
def test_what_closes_a_need_and_what_stays_open_are_the_need(need, counts):
    bars, still_open = falls(need, closings(*counts))
    assert sum(bar.count for bar in bars) + still_open == need
    assert all(bar.bottom >= 0 and bar.count >= 0 for bar in bars)


@given(st.integers(1, 10**6), st.lists(st.integers(0, 10**6), min_size=1, max_size=4))
def test_each_bar_of_a_need_begins_where_the_one_before_it_ends(need, counts):
    bars, still_open = falls(need, closings(*counts))
    assert [bar.top for bar in bars] == [need, *(bar.bottom for bar in bars[:-1])]
    assert bars[-1].bottom == still_open


def test_the_waterfall_of_binjai_ends_with_what_nobody_pays_for():
    chart = charts.waterfall(16_246, [charts.Closing(*one) for one in NAMED], need_label="Perlu untuk 45%")
    for shown in (">16.246<", ">−4.702<", ">−2.400<", ">−6.100<", ">3.044<", "belum ada dana 3.044"):
        assert shown in chart
    assert chart.count("url(#tanpa-dana)") == 1
    heights = [float(found) for found in re.findall(r'width="16.00%" height="([\d.]+)"', chart)]
    assert heights[0] == pytest.approx(118)
    assert sum(heights[1:]) == pytest.approx(118, abs=0.3)


def test_money_beyond_the_need_leaves_nothing_hatched():
    chart = charts.waterfall(100, closings(80, 90))
    assert "url(#tanpa-dana)" not in chart
    assert ">−20<" in chart
    assert "belum ada dana 0" in chart


def test_what_is_only_promised_is_hatched_in_its_own_colour():
    chart = charts.waterfall(100, [charts.Closing("Janji", 30, "csr", promised=True)])
    assert 'fill="url(#janji-csr)"' in chart
    assert chart.count('id="janji-csr"') == 1


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=5))
def test_the_parts_of_who_pays_fill_the_bar_and_never_leave_it(people):
    looks = ["apbd", "provinsi", "dbh", "csr", ""]
    chart = charts.payers([charts.Payment(f"S{n}", n, "Rp0", look) for n, look in zip(people, looks, strict=False)])
    bars = re.findall(r'<rect x="([\d.]+)%" width="([\d.]+)%" height="22"', chart)
    ends = [float(x) + float(width) for x, width in bars]
    assert all(end <= 100.3 for end in ends)
    if sum(people):
        assert ends[-1] == pytest.approx(100, abs=0.3)


def test_what_nobody_pays_for_stands_last_whatever_the_order():
    parts = [charts.Payment("Belum ada dana", 5, "Rp1"), charts.Payment("CSR", 5, "Rp2", "csr")]
    chart = charts.payers(parts)
    assert chart.index("CSR</th>") < chart.index("Belum ada dana</th>")
    assert 'aria-label="CSR 5; Belum ada dana 5"' in chart


@given(st.integers(0, 80))
def test_no_two_districts_stand_on_one_tile(count):
    assert len(set(grid(count))) == count


@given(st.lists(st.one_of(st.none(), st.integers(0, 10**6)), max_size=40))
def test_a_higher_value_is_never_painted_lighter(values):
    found = [(value, level) for value, level in zip(values, classes(values), strict=True) if value is not None]
    assert all(level is None for value, level in zip(values, classes(values), strict=True) if value is None)
    found.sort()
    levels = [level for _value, level in found]
    assert levels == sorted(levels)
    assert set(levels) <= {0, 1, 2, 3, 4}


def test_a_tile_stands_in_its_compass_place_with_its_value():
    chart = charts.tiles(
        [charts.Tile("Utara", Decimal(36), "36%", (1, 0)), charts.Tile("Barat", Decimal(30), "30%", (0, 1)),
         charts.Tile("Selatan", None, "—", (1, 2))], title="Per kecamatan",
    )  # fmt: skip
    assert '<svg x="50.00%" y="0" width="50.00%"' in chart
    assert '<svg x="0.00%" y="60"' in chart
    assert 'height="174"' in chart
    assert ">36%<" in chart
    assert 'aria-label="Per kecamatan: Utara 36%; Barat 30%; Selatan —"' in chart
    assert chart.count('fill="#fff" stroke="#C2CAD6"') == 1


def test_two_districts_on_one_tile_are_our_own_mistake():
    with pytest.raises(AssertionError):
        charts.tiles([charts.Tile("A", 1, "1", (0, 0)), charts.Tile("B", 1, "1", (0, 0))])


def test_an_order_that_is_no_place_says_so():
    one = [charts.Tile("A", 1, "1", (0, 0))]
    assert "bukan letaknya" in charts.tiles(one, in_place=False)
    assert "bukan letaknya" not in charts.tiles(one)


def luminance(colour: str) -> float:
    full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
    parts = [int(full[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("fill", "ink", "edge"), paint.CLASSES)
def test_the_value_can_be_read_on_every_class_of_the_map(fill, ink, edge):
    lighter, darker = sorted((luminance(fill), luminance(ink)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def drawn(text: str) -> list[str]:
    return [
        charts.waterfall(10, closings(3, label=text), need_label=text, open_label=text),
        charts.payers([charts.Payment(text, 3, text, "csr", text)], title=text),
        charts.tiles([charts.Tile(text, 1, text, (0, 0))], title=text),
    ]


def test_hostile_words_are_only_ever_words():
    for chart in drawn(HOSTILE):
        assert "<script" not in chart
        assert "&lt;script&gt;" in chart


def test_each_is_well_formed_one_picture_with_a_sentence_and_without_inline_style():
    for chart in drawn("a & b"):
        ElementTree.fromstring(f"<body>{chart}</body>")  # noqa: S314 - drawn by us
        assert re.search(r'role="img" aria-label="[^"]{8,}"', chart)
        assert "style=" not in chart


def test_no_word_of_a_chart_is_smaller_than_eleven_pixels():
    for chart in drawn("Kecamatan"):
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', chart)]
        assert not sizes or min(sizes) >= 11
