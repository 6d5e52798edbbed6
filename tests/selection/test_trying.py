"""Another arrangement of a round: what it would give, and that keeping it gives just that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naung.accounts.refusals import NotPermitted, OutsideTerritory
from naung.audit.models import Record
from naung.programmes.actions import change_rules
from naung.programmes.arrangements import EACH, Arrangement
from naung.programmes.models import Programme, RuleVersion
from naung.programmes.refusals import ChangeNeedsReason, MonthsDecided, PlacesBelowListed
from naung.programmes.spec import ShareSpec, stored_spec
from naung.registry.models import Worker
from naung.selection.actions import approve_round, draft_amendment, return_round, run_round, submit_round
from naung.selection.keeping import keep_arrangement
from naung.selection.models import Candidate, Round
from naung.selection.refusals import AnswerMoved, NothingArranged, RoundLocked, RoundNotDraft
from naung.selection.trying import Trial, tried
from tests.chain.walking import everything
from tests.factories import make_list, make_programme, make_user, make_workers

pytestmark = pytest.mark.django_db
ON = date(2025, 12, 15)
ORDER = [
    {"key": "desil", "label": "Desil", "kind": "ascending", "field": "decile"},
    {"key": "usia", "label": "Usia", "kind": "descending", "field": "age_years"},
]
FAMILIES = ("", "1275010101010001", "1275010101010002")
VILLAGES = ("1275011001", "1275011002", "1275011003")
SHARES = [{"key": "desa", "label": "Jatah desa", "by": "village"}, {"key": "kk", "by": "household", "each": {"max": 2}}]
MONEY = [
    {
        "code": "dbh", "name": "DBH sawit", "payer": "dbh_sawit", "ceiling_rp": 500_000,
        "only_for": [{"field": "occupation", "operator": "in", "value": ["nelayan"]}],
    },
    {"code": "apbd", "name": "APBD", "payer": "apbd_kab", "ceiling_rp": 10**9},
]  # fmt: skip


def drafted(people: int = 12, **changes) -> Round:
    programme = make_programme(**{"places": 8, "priorities": ORDER, **changes})
    make_list(programme.code, make_workers(people, decile=[n % 5 + 1 for n in range(people)]))
    return run_round(programme, on=ON, by=make_user())


def arranged(round_: Round, **changes) -> Arrangement:
    return replace(Arrangement.of(stored_spec(round_.spec)), **changes)


def trial_of(round_: Round, asked: Arrangement) -> Trial:
    return tried(round_, asked.applied_to(stored_spec(round_.spec)))


def keep(round_: Round, asked: Arrangement, **changes) -> Round:
    shown = changes.pop("shown", None) or trial_of(round_, asked).fingerprint
    facts = {"reason": "Pagu berkurang", "on": ON, "by": make_user(), **changes}
    return keep_arrangement(round_, asked, shown=shown, **facts)


def test_fewer_places_let_the_last_go_and_say_who_and_what_it_saves():
    round_ = drafted()
    last = list(round_.people.filter(outcome="chosen").order_by("-rank").values_list("worker_id", flat=True)[:3])
    trial = trial_of(round_, arranged(round_, places=5))
    assert (trial.chosen, trial.waiting, trial.enters.height) == (5, 7, 0)
    assert trial.leaves["worker_id"].to_list() == list(reversed(last))
    assert trial.total_rp == round_.cost_rp - 3 * 12 * 16_800


def test_the_money_left_is_told_by_line():
    round_ = drafted(funding_lines=[{"code": "apbd", "name": "A", "payer": "apbd_kab", "ceiling_rp": 3 * 201_600 + 5}])
    assert round_.chosen == 3
    trial = trial_of(round_, arranged(round_, ceilings={"apbd": 4 * 201_600 + 7}))
    assert (trial.chosen, trial.left_rp) == (4, {"apbd": 7})


def test_fewer_months_with_the_same_money_reach_more_people():
    round_ = drafted(funding_lines=[{"code": "apbd", "name": "A", "payer": "apbd_kab", "ceiling_rp": 3 * 201_600}])
    trial = trial_of(round_, arranged(round_, last_month=date(2026, 6, 1)))
    assert (trial.chosen, trial.total_rp) == (6, 6 * 6 * 16_800)


def test_months_that_another_programme_pays_are_asked_anew():
    other = make_programme(code="LAIN-2026", first_month="2026-10", last_month="2026-12")
    people = make_workers(2)
    make_list(other.code, people)
    first = submit_round(run_round(other, on=ON, by=make_user()), by=make_user())
    approve_round(first, number="1", decided_on=ON, signer="Contoh", signer_title="Wali Kota", by=make_user("leader"))
    programme = make_programme(first_month="2026-01", last_month="2026-06")
    make_list(programme.code, people)
    round_ = run_round(programme, on=ON, by=make_user())
    assert round_.chosen == 2
    trial = trial_of(round_, arranged(round_, last_month=date(2026, 12, 1)))
    assert (trial.chosen, trial.leaves.height) == (0, 2)
    assert trial.leaves["obstacles"].to_list() == [["already_covered"]] * 2


@st.composite
def towns(draw):
    people = draw(st.integers(1, 25))
    each = st.lists
    facts = {
        "area_code": draw(each(st.sampled_from((*VILLAGES, "127501")), min_size=people, max_size=people)),
        "decile": draw(each(st.sampled_from([1, 2, 3, None]), min_size=people, max_size=people)),
        "occupation": draw(each(st.sampled_from(["petani", "nelayan", "ojek"]), min_size=people, max_size=people)),
        "kk": draw(
            each(st.sampled_from(["", "1275010101010001", "1275010101010002"]), min_size=people, max_size=people)
        ),
        "birth_date": [date(1950 + n, 1, 1) for n in range(people)],
    }
    share = st.builds(
        lambda most, least: ShareSpec(max=most, min=min(least, most)), st.integers(0, 6), st.integers(0, 2)
    )
    asked = {
        "places": draw(st.integers(6, 30)),
        "ceilings": {"dbh": draw(st.integers(0, 10**6)), "apbd": draw(st.integers(0, 5 * 10**6))},
        "order": draw(st.permutations(["desil", "usia"]).map(tuple)),
        "last_month": draw(st.sampled_from([date(2026, 12, 1), date(2026, 12, 1), date(2026, 3, 1)])),
        "shares": draw(
            st.dictionaries(st.tuples(st.just("desa"), st.sampled_from((EACH, *VILLAGES[:2]))), share, max_size=3)
        ),
    }
    return people, facts, asked


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(towns())
def test_what_is_tried_is_what_a_real_round_gives(town):
    people, facts, asked = town
    with transaction.atomic():
        programme = make_programme(
            places=6, priorities=ORDER, quotas=SHARES, funding_lines=MONEY,
            criteria=[{"key": "tua", "field": "age_years", "operator": "ge", "value": 30, "reason": "Muda."}],
        )  # fmt: skip
        make_list(programme.code, make_workers(people, **facts))
        round_ = run_round(programme, on=ON, by=make_user())
        try:
            spec = arranged(round_, **asked).applied_to(stored_spec(round_.spec))
            trial = tried(round_, spec)
            before = set(round_.people.filter(outcome="chosen").values_list("worker_id", flat=True))
            again = make_programme(
                **{**spec.stored(), "code": "NYATA-2026"}
            )  # the same settings on a programme of its own, run from the lists
            make_list(again.code, list(Worker.objects.order_by("pk")))
            real = run_round(again, on=ON, by=make_user())
            chosen = dict(real.people.filter(outcome="chosen").values_list("worker_id", "funding_line__code"))
            now = trial.people.filter("now")
            assert dict(now.select("worker_id", "line").iter_rows()) == chosen
            assert dict(trial.people.select("worker_id", "rank").iter_rows()) == dict(
                real.people.filter(rank__isnull=False).values_list("worker_id", "rank")
            )
            assert trial.total_rp == real.cost_rp
            enters, leaves = set(trial.enters["worker_id"]), set(trial.leaves["worker_id"])
            assert (enters, leaves) == (set(chosen) - before, before - set(chosen))
            assert len(before) + len(enters) - len(leaves) == trial.chosen
            for code, left in trial.left_rp.items():
                assert left == spec_ceiling(spec, code) - trial.cost_rp[code] >= 0
        finally:
            transaction.set_rollback(True)


def spec_ceiling(spec, code: str) -> int:
    return next(line.ceiling_rp for line in spec.funding_lines if line.code == code)


def test_looking_stores_nothing():
    round_ = drafted()
    before = everything()
    trial_of(round_, arranged(round_, places=3, order=("usia", "desil"), last_month=date(2026, 5, 1)))
    assert everything() == before


def test_an_amendment_is_tried_in_the_order_that_was_decided():
    round_ = submit_round(drafted(), by=make_user())
    approve_round(round_, number="1", decided_on=ON, signer="Contoh", signer_title="Wali Kota", by=make_user("leader"))
    waits = list(round_.people.filter(outcome="waiting").order_by("rank").values_list("worker_id", flat=True))
    gone = round_.people.filter(outcome="chosen").order_by("rank")[0].worker_id
    amendment = draft_amendment(
        Programme.objects.get(), first_month=date(2026, 3, 1), leaving=[(gone, "moved", date(2026, 3, 1))], on=ON,
        by=make_user(),
    )  # fmt: skip
    assert amendment.chosen == 1
    asked = arranged(amendment, places=10, order=("usia", "desil"))
    trial = trial_of(amendment, asked)
    assert trial.people.filter("now")["worker_id"].to_list() == waits[:3]
    kept = keep(amendment, asked)
    assert list(kept.people.filter(outcome="chosen").order_by("rank").values_list("worker_id", flat=True)) == waits[:3]
    assert (kept.kind, kept.leaving, kept.order_of) == ("amendment", amendment.leaving, round_)


# --- keeping ---------------------------------------------------------------------------------------


def test_keeping_runs_a_round_more_and_the_old_one_stays_readable():
    round_ = drafted()
    asked = arranged(round_, places=5, order=("usia", "desil"))
    trial = trial_of(round_, asked)
    kept = keep(round_, asked)
    round_.refresh_from_db()
    assert (kept.number, kept.status, kept.based_on, kept.rule_version) == (2, "draft", round_, 2)
    assert (round_.status, round_.people.count(), round_.rule_version) == ("superseded", 12, 1)
    assert set(kept.people.filter(outcome="chosen").values_list("worker_id", flat=True)) == set(
        trial.people.filter("now")["worker_id"]
    )
    assert (kept.chosen, kept.cost_rp) == (trial.chosen, trial.total_rp)
    assert [one["key"] for one in kept.spec["priorities"]] == ["usia", "desil"]


def test_the_rules_of_the_programme_get_a_dated_version_and_the_first_stays():
    round_ = drafted()
    keep(round_, arranged(round_, places=5))
    programme = Programme.objects.get()
    first, second = RuleVersion.objects.order_by("number")
    assert (first.spec["places"], second.spec["places"], programme.places) == (8, 5, 5)
    assert (second.since, second.reason, second.changes) == (ON, "Pagu berkurang", [["places", 8, 5]])
    assert second.made_by == make_user()


def test_the_trail_names_who_changed_what_from_what_to_what():
    round_ = drafted()
    keep(round_, arranged(round_, places=5))
    rules, rearranged = (Record.objects.get(action=name) for name in ("programme.change_rules", "round.rearrange"))
    assert (rules.detail["changes"], rules.actor) == ([["places", 8, 5]], make_user().username)
    assert (rearranged.detail["chosen"], rearranged.reason) == ([8, 5], "Pagu berkurang")


def test_a_kept_round_is_submitted_and_decided_like_any_other():
    round_ = drafted()
    kept = submit_round(keep(round_, arranged(round_, places=5)), by=make_user())
    decree = approve_round(
        kept, number="1", decided_on=ON, signer="Contoh", signer_title="Wali Kota", by=make_user("leader")
    )
    assert decree.enters == 5
    programme = Programme.objects.get()
    from_decree = Arrangement.of(stored_spec(programme.spec))
    with pytest.raises(PlacesBelowListed):
        change(programme, replace(from_decree, places=4))
    with pytest.raises(MonthsDecided):
        change(programme, replace(from_decree, last_month=date(2026, 3, 1)))


def change(programme: Programme, asked: Arrangement) -> Programme:
    return change_rules(programme, asked, reason="Lain", since=ON, by=make_user())


def test_a_submitted_round_cannot_be_rearranged():
    round_ = drafted()
    asked = arranged(round_, places=5)
    shown = trial_of(round_, asked).fingerprint
    submit_round(round_, by=make_user())
    with pytest.raises(RoundLocked):
        keep(round_, asked, shown=shown)
    assert (Round.objects.count(), RuleVersion.objects.count(), Programme.objects.get().places) == (1, 1, 8)


def test_a_returned_round_may_be_rearranged_and_stays_returned():
    round_ = submit_round(drafted(), by=make_user())
    return_round(round_, reason="Terlalu mahal", by=make_user("leader"))
    kept = keep(round_, arranged(round_, places=5))
    round_.refresh_from_db()
    assert (round_.status, round_.returned_reason, kept.status) == ("returned", "Terlalu mahal", "draft")


def test_an_older_round_takes_nobodys_place():
    round_ = drafted()
    keep(round_, arranged(round_, places=5))
    with pytest.raises(RoundNotDraft):
        keep(round_, arranged(round_, places=6))


def test_nothing_is_kept_when_people_changed_since_it_was_shown():
    round_ = drafted()
    asked = arranged(round_, places=5)
    shown = trial_of(round_, asked).fingerprint
    first = round_.people.filter(outcome="chosen").order_by("rank")[0]
    Worker.objects.filter(pk=first.worker_id).update(died_on=date(2025, 12, 1))
    with pytest.raises(AnswerMoved):
        keep(round_, asked, shown=shown)
    assert (Round.objects.get().status, Programme.objects.get().places) == ("draft", 8)
    assert not Record.objects.filter(action="programme.change_rules").exists()


def test_keeping_needs_a_change_a_reason_and_the_programmes_own_officer():
    round_ = drafted()
    with pytest.raises(NothingArranged):
        keep(round_, arranged(round_))
    with pytest.raises(ChangeNeedsReason):
        keep(round_, arranged(round_, places=5), reason=" ")
    with pytest.raises(NotPermitted):
        keep(round_, arranged(round_, places=5), by=make_user("leader"))
    with pytest.raises(OutsideTerritory):
        keep(round_, arranged(round_, places=5), by=make_user(area="1207"))
    assert Candidate.objects.count() == 12
