"""What a PKS proposes as the contribution of one worker follows the law of its first month and whoever pays."""

from __future__ import annotations

from datetime import date

import pytest

from naung.agreements.models import Agreement
from naung.papers.gathering import gather
from tests.factories import make_office, make_user

pytestmark = pytest.mark.django_db


def proposed(kind: str = "sector", starts_on: date = date(2026, 5, 1), **facts: object) -> str:
    office = make_office(f"Kantor {kind}", kind)
    given = {"programmes": ["JKK", "JKM"], "segments": ["bpu"], "starts_on": starts_on} | facts
    pks = Agreement.objects.create(kind="pks", office=office, area_code="1275", title="PKS contoh", **given)
    found = gather("pks", pks, on=date(2026, 5, 1), by=make_user("legal_officer"))
    return str(found.suggested.get("iuran_per_orang", ""))


@pytest.mark.parametrize(
    ("kind", "starts_on", "said"),
    [
        ("sector", date(2026, 5, 1), "Rp16.800,00 (enam belas ribu delapan ratus rupiah)"),
        # The relief of PP 50/2025 for whoever is not paid by a budget: other sectors April to December 2026.
        ("donor", date(2026, 3, 31), "Rp16.800,00 (enam belas ribu delapan ratus rupiah)"),
        ("donor", date(2026, 4, 1), "Rp8.400,00 (delapan ribu empat ratus rupiah)"),
    ],
)
def test_the_contribution_is_the_law_s_of_the_first_month(kind: str, starts_on: date, said: str) -> None:
    assert proposed(kind, starts_on) == said


@pytest.mark.parametrize("facts", [{"segments": ["private_employers"]}, {"programmes": ["JP"]}, {"starts_on": None}])
def test_nothing_is_proposed_where_the_law_was_not_asked(facts: dict[str, object]) -> None:
    assert proposed(**facts) == ""  # type: ignore[arg-type]
