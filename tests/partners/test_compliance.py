"""What the law asks of an employer, on which day, and how one that did some of it stands."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from naung.partners.compliance import Required, Standing, missing_of, required_on, standing_case, standing_of
from naung.partners.models import Employer
from naung.partners.sizes import size_by_money
from naung.rules.law import current_law
from tests.pages.people import TODAY

LAW = current_law()
FIRST_DAY = date(2015, 7, 1)


def test_the_last_day_before_the_law_asks_nothing_that_we_know_and_the_first_day_asks_by_size():
    before, on = required_on(date(2015, 6, 30), law=LAW), required_on(FIRST_DAY, law=LAW)
    assert (before.by_size, before.at_least, before.of("private", "small")) == ({}, (), None)
    assert on.by_size == {
        "micro": ("JKK", "JKM"),
        "small": ("JKK", "JKM", "JHT"),
        "medium_large": ("JKK", "JKM", "JHT", "JP"),
    }
    facts = {"kind": "private", "size": "small", "programmes": ["JKK", "JKM"], "registered": 5, "reported": 5}
    assert standing_of(**facts, required=before) is Standing.UNKNOWN
    assert standing_of(**facts, required=on) is Standing.PARTLY


def test_an_employer_has_a_size_by_its_sales_from_the_first_day_of_the_limits():
    assert size_by_money(None, 3_000_000_000, on=date(2021, 2, 1), law=LAW) is None
    assert size_by_money(None, 3_000_000_000, on=date(2021, 2, 2), law=LAW) == "small"
    # Capital of a micro, sales of a medium one: the larger, which leaves no worker out.
    assert size_by_money(900_000_000, 16_000_000_000, on=TODAY, law=LAW) == "medium_large"


@pytest.mark.parametrize(
    ("size", "programmes", "registered", "reported", "standing"),
    [
        ("small", ["JKK", "JKM", "JHT"], 10, 10, Standing.COMPLIANT),
        ("small", ["JKK", "JKM", "JHT"], 12, 10, Standing.COMPLIANT),
        ("small", ["JKK", "JKM", "JHT"], 9, 10, Standing.PARTLY),
        ("small", ["JKK", "JKM"], 10, 10, Standing.PARTLY),
        ("small", ["JKK", "JKM", "JHT"], 10, None, Standing.UNKNOWN),
        ("small", [], 0, 10, Standing.NOT_YET),
        ("small", None, 0, 10, Standing.NOT_YET),
        ("small", None, 5, 10, Standing.PARTLY),
        ("small", None, None, 10, Standing.UNKNOWN),
        # Of an unknown size it is certain that JKK and JKM are asked.
        ("", [], None, None, Standing.NOT_YET),
        ("", ["JKK"], 3, 3, Standing.PARTLY),
        ("", ["JKK", "JKM"], 3, 3, Standing.UNKNOWN),
    ],
)
def test_how_an_employer_stands(size, programmes, registered, reported, standing):
    required = required_on(TODAY, law=LAW)
    assert (
        standing_of(
            kind="private",
            size=size,
            programmes=programmes,
            registered=registered,
            reported=reported,
            required=required,
        )
        is standing
    )


def test_what_the_law_asks_of_offices_of_the_state_is_not_in_our_rules_and_not_guessed():
    required = required_on(TODAY, law=LAW)
    facts = {"kind": "state", "size": "medium_large", "required": required}
    assert required.of("state", "medium_large") is None
    assert standing_of(**facts, programmes=[], registered=0, reported=None) is Standing.UNKNOWN
    assert standing_of(**facts, programmes=["JKK"], registered=4, reported=9) is Standing.PARTLY


@pytest.mark.django_db
@pytest.mark.parametrize("required", [required_on(TODAY, law=LAW), Required(FIRST_DAY, {})])
def test_the_list_and_the_page_of_one_say_the_same_of_every_kind_of_employer(required):
    kinds, sizes = ("private", "state"), ("", "micro", "small", "medium_large")
    joined = (None, [], ["JKK"], ["JKK", "JKM"], ["JKK", "JKM", "JHT"], ["JKK", "JKM", "JHT", "JP"], ["JHT"])
    people = ((None, None), (0, None), (0, 4), (4, None), (None, 4), (4, 4), (3, 4), (5, 4))
    Employer.objects.bulk_create(
        Employer(
            region_code="1275", area_code="1275", name=f"PT {at}", name_key=str(at), kind=kind, size=size,
            programmes=programmes, registered=registered, reported=reported, recorded_at="2026-01-01T00:00Z",
        )
        for at, (kind, size, programmes, (registered, reported)) in enumerate(product(kinds, sizes, joined, people))
    )  # fmt: skip
    rows = list(Employer.objects.annotate(standing=standing_case(required)))
    assert len(rows) == 2 * 4 * 7 * 8
    differing = [
        (one.kind, one.size, one.programmes, one.registered, one.reported, one.standing, told)
        for one in rows
        if one.standing
        != (
            told := standing_of(
                kind=one.kind, size=one.size, programmes=one.programmes, registered=one.registered,
                reported=one.reported, required=required,
            )
        ).value
    ]  # fmt: skip
    assert differing == []


def test_the_gap_in_programmes_is_told_in_the_order_of_the_law():
    required = required_on(TODAY, law=LAW)
    employer = Employer(kind="private", size="medium_large", programmes=["JKM"])
    assert missing_of(employer, required) == ("JKK", "JHT", "JP")
    assert missing_of(Employer(kind="private", size="", programmes=["JKM"]), required) is None
