"""The REST interface: public, without cookies, the same numbers as the functions, one shape for every no."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from naung.areas.models import Area
from naung.config.api.limits import MOST_A_MINUTE, MOST_BYTES
from naung.lawbook.actions import record_decision
from naung.rules.decisions import questions
from naung.rules.inquiries.reading import KINDS
from naung.rules.law import current_law
from tests.pages.people import add_areas

APBDES = "pp50_2025.apbdes_is_apbd"
BPU: dict[str, Any] = {"segment": "bpu", "month": "2026-05", "payer": "self"}
JKM: dict[str, Any] = {"programme": "jkm", "died_on": "2026-05-03", "months_paid": 7}

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Nobody has signed in, and Django looks for the CSRF token where it is needed."""
    return Client(enforce_csrf_checks=True)


def post(client: Client, path: str, body: object, **more: Any) -> Any:
    return client.post(f"/api/v1/{path}", json.dumps(body), content_type="application/json", **more)


def test_the_law_is_public_and_leaves_no_cookie(client: Client) -> None:
    answer = client.get("/api/v1/law", {"on": "2026-01-01"})
    assert (answer.status_code, answer.json()["count"]) == (200, len(current_law().parameters))
    assert not answer.cookies
    posted = post(client, "benefit", JKM)
    assert (posted.status_code, posted.json()["total"]) == (200, 42_000_000)
    assert not posted.cookies


def test_the_list_can_be_narrowed(client: Client) -> None:
    asked = {"programme": "JKM", "segment": "BPU", "recalled": "true", "on": "2026-01-01"}
    for one in client.get("/api/v1/law", asked).json()["parameters"]:
        assert "JKM" in one["programme"]
        assert one["confidence"] == "recalled"
    assert client.get("/api/v1/law", {"key": "jkk.death"}).json()["count"] == 2


def test_one_number_comes_with_its_timeline(client: Client) -> None:
    said = client.get("/api/v1/law/jkm.death_grant", {"on": "2019-12-01"}).json()
    assert (said["on"], said["value"], said["in_force_to"]) == ("2019-12-01", 16_200_000, "2019-12-01")
    assert [(line["value"], line["in_force"]) for line in said["timeline"]] == [(16_200_000, True), (20_000_000, False)]
    silent = client.get("/api/v1/law/jkm.death_grant", {"on": "2014-01-01"})
    assert (silent.status_code, silent.json()["value"]) == (200, None)


def test_the_law_can_be_asked_as_it_was_known(client: Client) -> None:
    now = client.get("/api/v1/law/relief.pp50_2025.rate", {"on": "2026-05-01"}).json()
    then = client.get("/api/v1/law/relief.pp50_2025.rate", {"on": "2026-05-01", "known_on": "2025-10-01"}).json()
    assert (now["value"], then["value"]) == ("0.5", None)
    assert post(client, "contribution?known_on=2025-10-01", BPU).json()["total"] == 16_800


def test_an_unknown_number_is_not_found_in_words(client: Client) -> None:
    answer = client.get("/api/v1/law/tidak.ada")
    assert (answer.status_code, answer.json()["code"]) == (404, "parameter_unknown")


def test_open_questions_are_listed(client: Client) -> None:
    assert [one["code"] for one in client.get("/api/v1/law/questions").json()["questions"]] == list(questions())


def test_an_answer_has_total_parts_and_explanation(client: Client) -> None:
    said = post(client, "contribution", {**BPU, "income": 1_000_000, "programmes": ["JKK", "JKM"]}).json()
    assert (said["total"], said["jkk"], said["jkm"], said["jht"], said["recalled"]) == (8_400, 5_000, 3_400, 0, False)
    steps = said["explanation"]["steps"]
    assert sum(step["amount"] or 0 for step in steps) == said["total"]
    assert all(set(step["words"]) == {"id", "en"} for step in steps)


def test_a_mistake_is_unprocessable_with_its_field(client: Client) -> None:
    answer = post(client, "contribution", {**BPU, "income": 1.5, "nik": "3171234567890001"})
    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "inquiry_not_understood")
    assert [one["field"] for one in said["facts"]["mistakes"]] == ["income", "nik"]
    assert "3171234567890001" not in answer.content.decode()
    assert client.get("/api/v1/law", {"on": "kemarin"}).json()["facts"]["mistakes"][0]["field"] == "on"


def test_a_refusal_of_the_law_is_unprocessable_with_its_code(client: Client) -> None:
    answer = post(client, "benefit", {**JKM, "died_on": "2014-01-01"})
    said = answer.json()
    assert (answer.status_code, said["code"], said["facts"]["on"]) == (422, "not_in_force", "2014-01-01")
    assert said["message"].startswith("Tidak ada ketentuan")
    assert post(client, "benefit", {**JKM, "months_paid": 0}).json()["code"] == "not_covered"
    assert post(client, "contribution", {**BPU, "income": -1}).json()["code"] == "income_negative"


def test_an_open_question_is_a_conflict_with_both_ways(client: Client) -> None:
    answer = post(client, "contribution", {**BPU, "payer": "apbdes"})
    said = answer.json()
    assert (answer.status_code, said["code"]) == (409, "needs_decision")
    assert [one["code"] for one in said["needs_decision"]["answers"]] == ["yes", "no"]
    assert [way["total"] for way in said["both_ways"][APBDES]] == [16_800, 8_400]
    answered = post(client, "contribution", {**BPU, "payer": "apbdes", "decisions": {APBDES: "no"}})
    assert (answered.status_code, answered.json()["total"]) == (200, 8_400)


def test_what_an_area_decided_counts_when_it_is_named(client: Client) -> None:
    add_areas()
    area = Area.objects.filter(code__regex=r"^\d{4}$").first()
    assert area is not None
    record_decision(
        area_code=area.code, question=APBDES, answer="yes", valid_from=date(2026, 1, 1), basis="BA 1/2026", by=None
    )
    said = post(client, f"contribution?area={area.code}", {**BPU, "payer": "apbdes"}).json()
    assert said["total"] == 16_800
    unknown = post(client, "contribution?area=99", BPU)
    assert (unknown.status_code, "code" in unknown.json()) == (422, True)


def test_what_is_no_json_or_too_large_is_not_taken(client: Client) -> None:
    broken = client.post("/api/v1/benefit", "{", content_type="application/json")
    assert (broken.status_code, broken.json()["code"]) == (400, "not_json")
    deep = client.post("/api/v1/benefit", "[" * 60_000, content_type="application/json")
    assert (deep.status_code, deep.json()["code"]) == (400, "not_json")
    large = post(client, "benefit", {**JKM, "x": "y" * MOST_BYTES})
    assert (large.status_code, large.json()["code"]) == (413, "too_large")


def test_one_address_asks_a_limited_number_of_times(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # The count is of one minute of the calendar: the test must not run across its end.
    moment = datetime(2026, 11, 21, 9, 14, 5, tzinfo=UTC)
    monkeypatch.setattr("naung.config.api.limits.timezone.now", lambda: moment)
    last = [client.get("/api/v1/law/questions").status_code for _ in range(MOST_A_MINUTE + 1)][-2:]
    assert last == [200, 429]
    assert client.get("/api/v1/law/questions").json()["code"] == "too_many_requests"
    # A header that anybody can write does not make another caller of them; another address is another caller.
    assert client.get("/api/v1/law/questions", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 429
    assert client.get("/api/v1/law/questions", REMOTE_ADDR="10.0.0.9").status_code == 200


def test_nothing_that_was_asked_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        post(client, "benefit", {**JKM, "months_paid": 98_765})
        post(client, "benefit", {**JKM, "months_paid": "98765"})
        post(client, "benefit", {**JKM, "months_paid": -98_765})
    assert "98765" not in caplog.text


def test_only_asking_is_possible(client: Client) -> None:
    for path in ("law", "law/jkm.total", "law/questions"):
        assert post(client, path, {}).status_code == 405
    assert client.get("/api/v1/benefit").status_code == 405


def test_the_openapi_document_names_every_question_and_every_answer(client: Client) -> None:
    said = client.get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert set(said["paths"]) == {
        "/api/v1/law", "/api/v1/law/questions", "/api/v1/law/{key}", "/api/v1/contribution", "/api/v1/benefit",
    }  # fmt: skip
    for path, family in (("contribution", "contribution"), ("benefit", "benefit")):
        posted = said["paths"][f"/api/v1/{path}"]["post"]
        assert {"200", "400", "409", "413", "422", "429"} == set(posted["responses"])
        for model in KINDS[family].values():  # type: ignore[index]
            assert model.__name__ in said["components"]["schemas"]


def test_there_is_no_page_that_would_need_foreign_scripts(client: Client) -> None:
    assert client.get("/api/v1/docs").status_code == 404
