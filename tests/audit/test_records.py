from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import DatabaseError, connection, transaction

from naung.accounts.permissions import Permission
from naung.audit import queries
from naung.audit.actions import record
from naung.audit.invariants import problems
from naung.audit.models import Record

pytestmark = pytest.mark.django_db


@dataclass
class Someone:
    area_code: str = "1275"
    is_active: bool = True
    permissions: tuple[Permission, ...] = (Permission.AUDIT_VIEW,)
    username: str = "auditor"
    role: str = "auditor"

    def may(self, permission):
        return permission in self.permissions


def an_act(area_code="1275", target_id=1, **detail):
    return record("list.send", by=None, target_type="list", target_id=target_id, area_code=area_code, **detail)


def _without_the_trigger(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_record DISABLE TRIGGER USER")
        cursor.execute(statement, params)
        cursor.execute("ALTER TABLE audit_record ENABLE TRIGGER USER")


def test_a_record_cannot_be_changed():
    entry = an_act()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Record.objects.filter(pk=entry.pk).update(reason="lain")


def test_a_record_cannot_be_deleted():
    entry = an_act()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        Record.objects.filter(pk=entry.pk).delete()
    assert Record.objects.filter(pk=entry.pk).exists()


def test_an_untouched_trail_has_no_problems():
    for area in ("1275", "12", "", "1275011001", "1271", "12", "1275", ""):
        an_act(area)
    assert problems() == []


def test_an_altered_record_is_found():
    an_act()
    entry = an_act(amount_rp=16_800)
    an_act()
    _without_the_trigger("""UPDATE audit_record SET detail = '{"amount_rp": 1}' WHERE id = %s""", entry.pk)
    assert [(p.rule, p.count) for p in problems()] == [("audit_altered", 1)]


def test_a_removed_record_is_found():
    an_act()
    entry = an_act()
    an_act()
    _without_the_trigger("DELETE FROM audit_record WHERE id = %s", entry.pk)
    assert [(p.rule, p.count) for p in problems()] == [("audit_chain", 1)]


def test_the_head_of_a_chain_shows_that_its_end_was_cut_off():
    an_act()
    last = an_act()
    an_act("1271")
    heads = queries.chain_heads()
    _without_the_trigger("DELETE FROM audit_record WHERE id = %s", last.pk)
    assert problems() == []
    changed = {area for area, head in queries.chain_heads().items() if heads[area] != head}
    assert changed == {"1275"}


def test_a_province_and_its_regencies_hang_in_chains_of_their_own():
    first = an_act("12")
    an_act("1275")
    second = an_act("12")
    assert bytes(second.previous_hash) == bytes(first.hash)


def test_the_trail_is_seen_by_those_who_audit_and_in_their_territory_only():
    an_act("1275011001")
    an_act("1271")
    assert [r.area_code for r in queries.records_visible_to(Someone())] == ["1275011001"]
    assert not queries.records_visible_to(Someone(permissions=(Permission.WORKERS_VIEW,))).exists()
    assert not queries.records_visible_to(Someone(area_code="")).exists()
    assert not queries.records_visible_to(Someone(is_active=False)).exists()


def test_the_permission_named_here_is_the_one_that_roles_hold():
    assert queries.AUDIT_VIEW == Permission.AUDIT_VIEW


def test_what_was_done_to_one_thing_is_told_newest_first():
    an_act(target_id=1, step=1)
    an_act(target_id=2)
    an_act(target_id=1, step=2)
    assert [r.detail["step"] for r in queries.records_of("list", 1)] == [2, 1]
