"""Jejak audit: narrowed, exported, kept to the territory."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pgtrigger
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from naung.accounts.audit_words import ACTS
from naung.accounts.models import User
from naung.accounts.permissions import Role
from naung.audit import actions as audit
from naung.audit import chain
from naung.audit.models import Record
from tests.pages.people import BESIDE, HERE

PAGE = "/jejak-audit/"


def act(action="bill.issue", area=HERE, who="staf", **facts):
    by = User(username=who, role="programme_officer")
    return audit.record(action, by=by, target_type="bill", target_id=1, area_code=area, **facts)


def exported(client, **asked) -> str:
    return client.post(reverse("audit:export"), asked).content.decode("utf-8-sig")


def test_only_the_own_territory_is_seen_and_exported(as_role, areas):
    act(target_name="TAG-SINI")
    act(area=BESIDE, target_name="TAG-SEBELAH")
    client = as_role(Role.AUDITOR)
    for text in (client.get(PAGE).content.decode(), exported(client)):
        assert "TAG-SINI" in text
        assert "TAG-SEBELAH" not in text


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, {"A", "B"}),
        ({"tindakan": "bill.issue"}, {"A"}),
        ({"objek": "bill", "nomor": "1"}, {"A", "B"}),
        ({"objek": "worker"}, set()),
        ({"nomor": "NAMA-B"}, {"B"}),
        ({"pelaku": "lain"}, {"B"}),
        ({"sampai": "2020-01-01"}, set()),
        ({"dari": "2020-01-01"}, {"A", "B"}),
        ({"dari": "2020-01-01", "pelaku": "staf", "tindakan": "payment.record"}, set()),
    ],
)
def test_filters_narrow_page_and_export_alike(as_role, areas, asked, kept):
    act(target_name="NAMA-A")
    act("payment.record", who="lain", target_name="NAMA-B")
    client = as_role(Role.AUDITOR)
    for text in (client.get(PAGE, asked).content.decode(), exported(client, **asked)):
        assert {letter for letter in "AB" if f"NAMA-{letter}" in text} == kept


def test_a_day_is_that_of_the_region_and_both_ends_count(as_role, areas):
    record = act(target_name="NAMA-A")
    day = record.at.astimezone(ZoneInfo("Asia/Jakarta")).date()
    client = as_role(Role.AUDITOR)
    assert "NAMA-A" in client.get(PAGE, {"dari": f"{day}", "sampai": f"{day}"}).content.decode()


def test_taking_the_trail_away_is_itself_in_the_trail(as_role, everyone):
    exported(as_role(Role.AUDITOR), pelaku="staf")
    last = Record.objects.filter(action="audit.export").get()
    assert (last.actor, last.area_code, last.detail) == (everyone[Role.AUDITOR].username, HERE, {"pelaku": "staf"})


@pytest.mark.parametrize("role", [role for role in Role.values if role not in {Role.AUDITOR, Role.ADMIN}])
def test_nobody_else_exports(as_role, role):
    assert as_role(role).post(reverse("audit:export")).status_code == 403
    assert not Record.objects.filter(action="audit.export").exists()


def test_a_cell_never_runs_in_a_spreadsheet(as_role, areas):
    act(target_name='=HYPERLINK("http://x")', reason="@SUM(A1)")
    text = exported(as_role(Role.AUDITOR))
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text


def test_hostile_words_are_text_on_the_page(as_role, areas):
    act(target_name="<script>alert(1)</script>", reason="<b>x")
    page = as_role(Role.AUDITOR).get(PAGE).content.decode()
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page


def test_older_records_follow_fifty_by_fifty_and_none_is_lost(as_role, areas, django_assert_max_num_queries):
    for number in range(120):
        act(target_name=f"NAMA-{number:03d}.")
    client, seen, address = as_role(Role.AUDITOR), [], PAGE
    for _page in range(5):
        with django_assert_max_num_queries(8):
            answer = client.get(address)
        seen += [number for number in range(120) if f"NAMA-{number:03d}." in answer.content.decode()]
        if answer.context["older"] is None:
            break
        address = f"{PAGE}?sebelum={answer.context['older']}"
    assert sorted(seen) == list(range(120))


@pytest.mark.parametrize(
    "asked", [{"dari": "kapan"}, {"tindakan": "tidak.ada"}, {"sebelum": "x"}, {"sebelum": "9" * 40}]
)
def test_a_strange_filter_is_answered_not_crashed(as_role, areas, asked):
    act()
    assert as_role(Role.AUDITOR).get(PAGE, asked).status_code in {200, 422}


def test_the_spreadsheet_holds_what_the_list_holds_and_no_formula(as_role, areas):
    act(target_name='=HYPERLINK("http://x")')
    answer = as_role(Role.AUDITOR).post(reverse("audit:export"), {"bentuk": "xlsx"})
    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[0][:3] == ["waktu", "pelaku", "peran"]
    assert '=HYPERLINK("http://x")' in sheet[2]  # as text: the newest is the export itself
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_the_page_says_until_when_the_chain_holds_and_when_it_does_not(as_role, areas):
    act(target_name="NAMA-A")
    act(target_name="NAMA-B")
    client = as_role(Role.AUDITOR)
    assert "Rantai utuh sampai" in client.get(PAGE).content.decode()
    with pgtrigger.ignore("audit.Record:append_only"):
        Record.objects.filter(target_name="NAMA-A").update(reason="lain")
    page = client.get(PAGE).content.decode()
    assert "Rantai tidak utuh: 1 catatan diubah" in page
    assert "Rantai utuh sampai" not in page


def test_only_the_newest_are_checked_on_a_look_and_all_on_demand(as_role, areas, monkeypatch, everyone):
    monkeypatch.setattr(chain, "NEWEST", 2)
    for number in range(4):
        act(target_name=f"NAMA-{number}")
    client = as_role(Role.AUDITOR)
    with pgtrigger.ignore("audit.Record:append_only"):
        Record.objects.filter(target_name="NAMA-0").update(reason="lain")
    assert chain.newest_state(everyone[Role.AUDITOR]).whole
    page = client.post(reverse("audit:verify"), follow=True).content.decode()
    assert "Rantai tidak utuh: 1 catatan diubah" in page
    assert Record.objects.get(action="audit.verify").detail == {"checked": 4, "altered": 1, "broken": 0}


def test_a_record_taken_out_is_seen_by_the_next(areas, everyone):
    for number in range(3):
        act(target_name=f"NAMA-{number}")
    with pgtrigger.ignore("audit.Record:append_only"):
        Record.objects.filter(target_name="NAMA-1").delete()
    assert chain.whole_state(everyone[Role.AUDITOR]).broken == 1


def test_every_act_of_the_code_has_words():
    written = set()
    for path in (Path(audit.__file__).parents[1]).rglob("*.py"):
        written |= set(
            re.findall(r'(?:audit\.record|audited|record)\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text("utf-8"))
        )
    assert written
    assert written <= set(ACTS), written - set(ACTS)
