"""What people may see of a round, why a person was decided so, and the decree as a paper."""

from __future__ import annotations

from datetime import date

import pytest

from naung.accounts.refusals import NotPermitted
from naung.audit.models import Record
from naung.documents.decree import decree_xlsx
from naung.registry.models import Worker
from naung.registry.queries import identity_of
from naung.rules.selection import Dimension
from naung.selection import queries
from naung.selection.actions import approve_round, run_round, submit_round
from naung.selection.explaining import why
from naung.selection.papers import decree_paper
from tests.factories import make_list, make_programme, make_reference, make_user, make_workers

pytestmark = pytest.mark.django_db
ON = date(2025, 12, 15)
OTHER_VILLAGE = "1275021001"
CRITERIA = [
    {"key": "miskin", "field": "decile", "operator": "le", "value": 4, "reason": "Desil kesejahteraan di atas 4.",
     "legal_basis": "Perwal Contoh 1/2025 Pasal 3", "evidence": "DTSEN"},
    {"key": "oap", "field": "attribute", "operator": "lacks", "value": ["rahasia"], "reason": "Tercatat rahasia.",
     "restricted": True},
    {"key": "kk", "field": "sex", "operator": "in", "value": ["P"], "mode": "soft", "reason": "Diutamakan perempuan."},
]  # fmt: skip
PRIORITIES = [
    {"key": "desil", "label": "Desil", "kind": "ascending", "field": "decile"},
    {"key": "risiko", "label": "Risiko pekerjaan", "kind": "descending", "field": "occupation_risk"},
]


@pytest.fixture
def round_():
    programme = make_programme(places=3, criteria=CRITERIA, priorities=PRIORITIES)
    workers = [*make_workers(4, decile=2), *make_workers(3, first=4, village=OTHER_VILLAGE, decile=[1, 3, 9])]
    make_list(programme.code, workers)
    return run_round(programme, on=ON, by=make_user())


def approved(round_):
    submit_round(round_, by=make_user())
    return approve_round(
        round_, number="188/1", decided_on=ON, signer="Contoh", signer_title="Wali Kota Contoh", by=make_user("leader")
    )


def test_rounds_and_decrees_are_seen_in_their_territory_by_who_sees_programmes(round_):
    decree = approved(round_)
    for user, seen in [
        (make_user(), True), (make_user("leader"), True), (make_user("province", "12"), True),
        (make_user(area="1207"), False), (make_user("village_operator", "1275011001"), False),
        (make_user("donor"), False),
    ]:  # fmt: skip
        assert (round_ in queries.rounds_visible_to(user)) is seen
        assert (decree in queries.decrees_visible_to(user)) is seen


def test_people_of_a_round_are_seen_by_territory_and_never_by_leaders(round_):
    decree = approved(round_)
    counted = {
        user.username: (
            queries.candidates_visible_to(user, round_).count(),
            queries.entries_visible_to(user, decree).count(),
        )
        for user in (make_user(), make_user("village_operator", OTHER_VILLAGE), make_user("leader"))
    }
    assert counted == {
        "programme_officer-1275": (7, 3),
        f"village_operator-{OTHER_VILLAGE}": (3, 1),
        "leader-1275": (0, 0),
    }


def test_pages_follow_one_another_by_rank():
    programme = make_programme(places=60)
    make_list(programme.code, make_workers(120))
    drawn = run_round(programme, on=ON, by=make_user())
    user, after, ranks = make_user(), 0, []
    while after is not None:
        page = queries.page_of_candidates(user, drawn, after=after)
        ranks.append([one.rank for one in page.rows])
        after = page.next_after
    assert [len(one) for one in ranks] == [50, 50, 20]
    assert [rank for one in ranks for rank in one] == list(range(1, 121))
    assert len(queries.page_of_candidates(user, drawn, outcome="waiting", after=60).rows) == 50


def test_those_who_may_not_join_have_pages_of_their_own(round_):
    page = queries.page_of_candidates(make_user(), round_, outcome="ineligible")
    assert [one.outcome for one in page.rows] == ["ineligible"]
    assert page.next_after is None


def test_a_page_takes_one_query(round_, django_assert_num_queries):
    user = make_user()
    with django_assert_num_queries(1):
        assert [one.worker.name for one in queries.page_of_candidates(user, round_).rows]


def test_a_person_is_told_every_reason_with_its_law(round_):
    said = why(round_.people.get(outcome="ineligible"), make_user())
    assert said[:2] == ["Dinilai pada 15 Desember 2025 untuk program Pekerja rentan 2026.", "Tidak memenuhi syarat."]
    assert "Desil kesejahteraan di atas 4. Dasar: Perwal Contoh 1/2025 Pasal 3. Bukti yang diminta: DTSEN." in said
    assert "Anjuran belum terpenuhi: Diutamakan perempuan." in said


def test_a_person_is_told_what_made_the_order_and_the_lot(round_):
    first = round_.people.get(rank=1)
    said = why(first, make_user())
    assert "Terpilih, urutan 1. Iuran dibayar dari APBD." in said
    assert said[said.index("Urutan ditentukan oleh:") + 1 :][:2] == ["Desil: 1.", "Risiko pekerjaan: 3."]
    assert "angka 20260102 yang diumumkan" in said[-1]
    last = round_.people.get(rank=6)
    assert "Cadangan, urutan 6." in why(last, make_user())


def test_a_restricted_criterion_is_explained_to_few():
    programme = make_programme(criteria=[CRITERIA[1] | {"operator": "has"}])
    make_list(programme.code, make_workers(1))
    (candidate,) = run_round(programme, on=ON, by=make_user()).people.all()
    village = why(candidate, make_user("village_operator", "1275011001"))
    assert not any("rahasia" in sentence for sentence in village)
    assert "Tercatat rahasia." in why(candidate, make_user())


def test_the_distribution_stands_beside_the_quota():
    quota = {"key": "desa", "by": "village", "each": {"max": 2}, "groups": {OTHER_VILLAGE: {"min": 4, "max": 5}}}
    programme = make_programme(places=6, quotas=[quota])
    make_list(programme.code, [*make_workers(4), *make_workers(3, first=4, village=OTHER_VILLAGE)])
    one, other = queries.distribution(run_round(programme, on=ON, by=make_user()))
    assert (one.group, one.chosen, one.waiting, one.share.most) == ("1275011001", 2, 2, 2)
    assert (other.chosen, other.waiting, other.share.least, other.short) == (3, 0, 4, 1)


def test_places_by_occupation_are_counted_too(round_):
    (farmers,) = queries.distribution(round_, by=Dimension.OCCUPATION)
    assert (farmers.group, farmers.chosen, farmers.waiting) == ("petani", 3, 3)


def test_the_waiting_list_is_that_of_the_latest_decree(round_):
    assert not queries.waiting_list(make_user(), round_.programme).exists()
    approved(round_)
    assert [one.rank for one in queries.waiting_list(make_user(), round_.programme)] == [4, 5, 6]


# --- the paper -------------------------------------------------------------------------------------


def test_the_full_paper_has_every_nik_and_says_who_printed_it(round_):
    decree = approved(round_)
    paper = decree_paper(decree, make_user(), version="full")
    assert [row.ordinal for row in paper.rows] == [1, 2, 3]
    assert {row.nik for row in paper.rows} == {
        identity_of(Worker.objects.get(pk=entry.worker_id)).nik for entry in decree.entries.all()
    }
    assert (paper.total, paper.months, paper.package) == (3 * 201_600, 12, "JKK dan JKM")
    assert paper.total == round_.cost_rp
    assert Record.objects.get(action="decree.print_full").detail == {"people": 3}


def test_the_public_paper_opens_nothing(round_, monkeypatch):
    decree = approved(round_)
    monkeypatch.setattr("naung.selection.papers.vault", lambda: pytest.fail("opened"))
    paper = decree_paper(decree, make_user("leader"), version="public")
    assert {(row.nik, row.born_on, row.address) for row in paper.rows} == {("", None, "")}
    assert not Record.objects.filter(action="decree.print_full").exists()
    assert decree_xlsx(paper, version="public").startswith(b"PK")


def test_leaders_do_not_print_identities(round_):
    with pytest.raises(NotPermitted):
        decree_paper(approved(round_), make_user("leader"), version="full")


def test_a_death_is_told_in_words():
    programme = make_programme()
    workers = make_workers(1)
    make_list(programme.code, workers)
    make_reference("deaths", workers)
    (candidate,) = run_round(programme, on=ON, by=make_user()).people.all()
    said = why(candidate, make_user())
    assert any("meninggal" in sentence for sentence in said)
    assert "Sumber: Contoh, data per 1 Januari 2026." in said


def test_the_programme_that_pays_already_is_named(round_):
    decree = approved(round_)
    other = make_programme(code="LAIN-2026", first_month="2026-07", last_month="2027-06")
    make_list(other.code, [decree.entries.get(ordinal=1).worker])
    (candidate,) = run_round(other, on=date(2026, 6, 1), by=make_user()).people.all()
    assert "Bulan yang sama dibayar program Pekerja rentan 2026." in why(candidate, make_user())
