"""A named person compares a line of the law with the gazette."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import Error, IntegrityError, transaction
from django.utils import timezone

from naung.accounts.permissions import Role
from naung.accounts.refusals import NotPermitted
from naung.audit.models import Record
from naung.lawbook import invariants, queries
from naung.lawbook.actions import record_check
from naung.lawbook.models import LawCheck
from naung.lawbook.refusals import CheckInTheFuture, CheckNeedsDocument, CheckNeedsWords, LineUnknown
from naung.rules.dated import Confidence
from naung.rules.law import current_law
from tests.factories import TOWN, make_user

pytestmark = pytest.mark.django_db
RECALLED = next(
    line.citation for one in current_law().parameters.values() for line in one.values if line.citation.recalled
)


def check(**changes):
    facts = {"key": RECALLED.key, "start": RECALLED.start, "agrees": True, "document": "LN 2015 No. 154"}
    return record_check(**{"by": make_user("admin")} | facts | changes)


def citation_now():
    return queries.line_of(queries.law_now(), RECALLED.key, RECALLED.start).citation


def test_without_checks_the_law_is_what_the_files_say():
    assert queries.law_now() is current_law()


def test_a_line_found_to_agree_loses_its_mark_and_names_who_looked():
    check(checked_on=date(2026, 1, 5))
    found = citation_now()
    assert not found.recalled
    assert (found.confidence, found.checked_by, found.checked_on) == (
        Confidence.CHECKED, "admin-1275", date(2026, 1, 5),
    )  # fmt: skip


def test_only_the_line_that_was_compared_loses_its_mark():
    check()
    before, after = current_law(), queries.law_now()
    changed = [
        (key, line.start)
        for key, parameter in after.parameters.items()
        for line, old in zip(parameter.values, before.parameters[key].values, strict=True)
        if line.citation != old.citation
    ]
    assert changed == [(RECALLED.key, RECALLED.start)]


def test_the_law_is_the_same_object_until_somebody_checks_again():
    check()
    law = queries.law_now()
    assert queries.law_now() is law
    check()
    assert queries.law_now() is not law


def test_asking_for_the_law_costs_one_question(django_assert_num_queries):
    check()
    queries.law_now()
    with django_assert_num_queries(1):
        queries.law_now()


def test_a_difference_keeps_the_mark_and_the_doctor_warns():
    check(agrees=False, gazette_says="Pasal 3: sepuluh bulan.")
    assert citation_now().recalled
    assert [(one.rule, one.count) for one in invariants.problems()] == [("law_differs", 1)]
    assert RECALLED.key in next(iter(invariants.problems())).words


def test_of_two_checks_the_later_one_counts():
    check()
    check(agrees=False, gazette_says="Pasal 3: sepuluh bulan.")
    assert citation_now().recalled
    check()
    assert not citation_now().recalled
    assert not list(invariants.problems())


def test_a_check_does_not_vouch_for_a_value_put_in_its_place_later():
    by = make_user("admin")
    LawCheck.objects.create(
        key=RECALLED.key, start=RECALLED.start, value='"lain"', outcome="agrees", document="LN", checked_by=by,
        checked_by_name=by.full_name, checked_on=date(2026, 1, 1),
    )  # fmt: skip
    assert citation_now().recalled


def test_a_check_stands_in_the_audit_trail_of_the_region():
    made = check(page="hlm. 12")
    record = Record.objects.get(action="law.check")
    assert (record.actor, record.area_code, record.target_id) == ("admin-1275", TOWN, RECALLED.key)
    assert record.detail["outcome"] == made.outcome
    assert record.detail["page"] == "hlm. 12"


@pytest.mark.parametrize("role", set(Role.values) - {"admin"})
def test_only_the_admin_of_a_region_checks_rules(role):
    with pytest.raises(NotPermitted):
        check(by=make_user(role))
    assert not LawCheck.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"key": "tidak.ada"}, LineUnknown),
        ({"start": RECALLED.start + timedelta(days=1)}, LineUnknown),
        ({"document": "  "}, CheckNeedsDocument),
        ({"agrees": False}, CheckNeedsWords),
        ({"gazette_says": "sama"}, CheckNeedsWords),
    ],
)
def test_a_check_says_what_was_read_and_how_it_differs(changes, refusal):
    with pytest.raises(refusal):
        check(**changes)


def test_nobody_checked_tomorrow():
    with pytest.raises(CheckInTheFuture):
        check(checked_on=timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_check_is_never_changed(act):
    rows = LawCheck.objects.filter(pk=check().pk)
    with pytest.raises(Error, match="pgtrigger"), transaction.atomic():
        rows.update(page="13") if act == "update" else rows.delete()


def test_the_database_too_asks_what_the_gazette_says():
    by = make_user("admin")
    with pytest.raises(IntegrityError, match="law_check_says_how_it_differs"), transaction.atomic():
        LawCheck.objects.create(
            key=RECALLED.key, start=RECALLED.start, value="1", outcome="differs", document="LN", checked_by=by,
            checked_by_name=by.full_name, checked_on=date(2026, 1, 1),
        )  # fmt: skip
