"""Kerja sama, to read: the matrix of offices, one paper and its past, the offices, the list; who sees which."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from django.urls import reverse

from naung.accounts.models import Office
from naung.accounts.permissions import Role
from naung.accounts.profiles import profile_of, write_profile
from naung.agreements import actions
from naung.agreements.actions import Basis, PartyFacts, Task
from naung.agreements.models import Agreement
from tests.pages.people import BESIDE, HERE

WARNING = "Kemungkinan salah cetak: pedoman APBD 2025 adalah Permendagri 15/2024."
LATE = 'lewat <span class="nw">31 Des 2025</span>'
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def nota(areas):
    made = actions.record_agreement(
        area_code=HERE, title="Nota Kesepakatan contoh", programmes=["JKK", "JKM"], segments=["bpu"], by=None,
        parties=[
            PartyFacts("branch", "Cabang Contoh", signer_position="Kepala Cabang"),
            PartyFacts("region", "Pemko", "Contoh Wali", "Wali Kota", authority="Pelantikan"),
        ],
        objects_text="Pekerja rentan", scope=["Iuran BPU"], source="Berita", signed_on=date(2025, 8, 12),
        bases=[Basis("Permendagri 15/2014", warning=WARNING)],
        tasks=[
            Task("Susun peraturan", None, date(2026, 6, 30)),
            Task("Melaporkan realisasi", None, date(2026, 9, 30), kind="obligation", side="region"),
        ],
    )  # fmt: skip
    offices = [
        Office.objects.create(name=f"Dinas {n:02d} Kota Binjai", kind="sector", area_code=HERE) for n in range(16)
    ]
    actions.prepare_pks(made, offices=offices, due_on=date(2025, 12, 31), by=None)
    return made


@pytest.fixture
def pks(nota):
    return nota.pks.order_by("id").first()


def text(client, name, *args, **query):
    answer = client.get(reverse(f"agreements:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def in_force(pks, ends_on=date(2027, 1, 1)):
    return actions.move(
        pks, stage="in_force", on=date(2025, 11, 1), by=None, region_number="1/PKS", branch_number="PER/1",
        signed_on=date(2025, 11, 1), starts_on=date(2025, 11, 1), ends_on=ends_on,
    )  # fmt: skip


# --- the matrix ------------------------------------------------------------------------------------


def test_the_matrix_shows_ten_offices_and_all_sixteen_on_a_link_without_scripts(as_role, nota):
    client = as_role(Role.LEADER)
    page = text(client, "detail", nota.pk)
    assert "PKS) 16 perangkat daerah" in page
    assert "16 PKS lewat tenggat" in page
    assert page.count(LATE) == 10
    assert "Tampilkan 6 perangkat daerah lain" in page
    assert text(client, "detail", nota.pk, semua="1").count(LATE) == 16
    assert "Dinas 00 Kota Binjai</a>" not in page  # of this region, so its name is left off


def test_filters_stand_in_the_address_and_htmx_gets_the_matrix_alone(as_role, nota, pks):
    actions.move(pks, stage="legal_review", on=date(2026, 11, 9), by=None)
    client, address = as_role(Role.LEADER), reverse("agreements:detail", args=[nota.pk])
    page = text(client, "detail", nota.pk, tahap="legal_review")
    assert "menunggu Bagian Hukum 12 hari" in page
    assert page.count('lihat/"') == 1
    part = client.get(address, {"tahap": "legal_review"}, **HTMX).content.decode()
    assert part.lstrip().startswith("<section")
    assert "<html" not in part
    assert "Tidak ada PKS yang cocok" in text(client, "detail", nota.pk, tahap="ended")


def test_boxes_to_tick_are_there_for_those_who_may_move_many(as_role, nota):
    assert 'name="pks"' in text(as_role(Role.LEGAL_OFFICER), "detail", nota.pk)
    assert 'name="pks"' not in text(as_role(Role.LEADER), "detail", nota.pk)


def test_what_is_missing_is_said_with_the_way_to_complete_it(as_role, nota):
    page = text(as_role(Role.LEGAL_OFFICER), "detail", nota.pk)
    assert "3 data naskah belum diisi" in page
    assert reverse("agreements:edit", args=[nota.pk]) in page
    assert reverse("agreements:edit", args=[nota.pk]) not in text(as_role(Role.LEADER), "detail", nota.pk)


def test_the_region_is_party_one_with_its_signatory_and_the_doubtful_instrument_is_warned_of(as_role, nota):
    page = text(as_role(Role.LEADER), "detail", nota.pk)
    assert page.index("Wali Kota") < page.index("Kepala Cabang")
    for words in ("Contoh Wali", "Dasar: Pelantikan", WARNING, "Belum diverifikasi", "Melaporkan realisasi"):
        assert words in page


# --- one PKS ---------------------------------------------------------------------------------------


def test_a_pks_says_what_comes_next_and_what_that_asks_for(as_role, pks):
    actions.move(pks, stage="agreed", on=date(2026, 1, 5), by=None, evidence="Nota dinas 7")
    page = text(as_role(Role.LEGAL_OFFICER), "pks", pks.pk)
    assert "Berikutnya: <b>Ditandatangani</b>" in page
    assert "Harus diisi dulu: tanggal tanda tangan" in page
    assert "Nota dinas 7" in page
    assert "Lanjutkan PKS" in page
    assert "Lanjutkan PKS" not in text(as_role(Role.LEADER), "pks", pks.pk)


def test_an_address_of_a_nota_that_is_a_pks_leads_to_its_page(as_role, pks):
    answer = as_role(Role.LEADER).get(reverse("agreements:detail", args=[pks.pk]))
    assert answer["Location"] == reverse("agreements:pks", args=[pks.pk])


def test_a_past_day_shows_the_terms_of_that_day(as_role, pks):
    pks = in_force(pks)
    actions.amend(
        pks, {"funding": "APBD dan CSR"}, since=date(2026, 7, 1), signed_on=date(2026, 6, 20), region_number="A/1",
        branch_number="B/1", why="CSR ikut membayar", by=None,
    )  # fmt: skip
    client = as_role(Role.LEADER)
    now, past = text(client, "pks", pks.pk), text(client, "pks", pks.pk, pada="2026-06-30")
    assert "APBD dan CSR" in now
    assert "CSR ikut membayar" in now
    assert "Isi pada 30 Juni 2026" in past
    assert ">APBD dan CSR</dd>" in now
    assert ">APBD dan CSR</dd>" not in past  # only the history has it
    assert "Isi yang lain berlaku sejak 1 Jul 2026" in past
    assert text(client, "pks", pks.pk, pada="kemarin")


def test_a_renewal_marks_what_it_changes_and_the_old_one_leads_to_it(as_role, pks):
    old = in_force(pks)
    new = actions.renew(old, by=None)
    actions.edit_agreement(new, {"objects_text": "pedagang dan nelayan"}, revision=new.revision, by=None)
    client = as_role(Role.LEADER)
    assert "<ins>pedagang dan nelayan</ins>" in text(client, "pks", new.pk)
    assert reverse("agreements:pks", args=[new.pk]) in text(client, "pks", old.pk)


def test_the_history_says_who_changed_what(as_role, everyone, pks):
    actions.edit_agreement(pks, {"funding": "APBD"}, revision=1, by=everyone[Role.LEGAL_OFFICER])
    page = text(as_role(Role.LEADER), "pks", pks.pk)
    assert "Contoh legal_officer-here" in page
    assert "<ins>APBD</ins>" in page


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [(date(2027, 6, 1), "Berlaku"), (date(2027, 1, 1), "Akan berakhir"), (date(2026, 11, 1), "Masa berlaku habis")],
)
def test_a_pks_in_force_is_so_only_inside_its_term(as_role, nota, pks, ends_on, words):
    in_force(pks, ends_on)
    assert f"</svg>{words}</span>" in text(as_role(Role.LEADER), "detail", nota.pk)


# --- offices ---------------------------------------------------------------------------------------


def test_the_page_of_offices_names_whom_each_reaches_and_hides_phones_from_mere_readers(as_role, pks):
    write_profile(
        pks.office, sector="Perhubungan", groups=["becak"], contact_name="Narahubung Contoh", phone="0812 3456 7890",
        note="", by=None,
    )  # fmt: skip
    page = text(as_role(Role.LEGAL_OFFICER), "offices", cari="Dinas 00")
    for words in ("Penarik becak", "Narahubung Contoh", "0812 3456 7890", "menunggu perangkat daerah"):
        assert words in page
    assert "Dinas 01" not in page
    assert "0812" not in text(as_role(Role.LEADER), "offices")
    for name, key in (("office-profile", pks.office_id), ("pks", pks.pk)):
        assert "0812" not in text(as_role(Role.LEADER), name, key)
        assert "0812 3456 7890" in text(as_role(Role.LEGAL_OFFICER), name, key)


def test_a_profile_is_edited_by_those_who_may_and_a_faulty_phone_is_told(as_role, pks):
    address = reverse("agreements:office-profile", args=[pks.office_id])
    client = as_role(Role.LEGAL_OFFICER)
    facts = {"sector": "Pertanian", "groups": ["petani"], "contact_name": "A", "phone": "081234567890", "note": ""}
    assert client.post(address, facts | {"phone": "12"}).status_code == 422
    assert client.post(address, facts)["Location"] == address
    assert (profile_of(pks.office).sector, profile_of(pks.office).groups) == ("Pertanian", ("petani",))
    for role in (Role.LEADER, Role.OFFICE_PIC):  # the second is of another office
        assert as_role(role).post(address, facts).status_code == 403


# --- the list --------------------------------------------------------------------------------------


def test_the_list_counts_states_and_is_searched_by_title_and_number(as_role, nota, pks):
    in_force(pks)
    client = as_role(Role.LEADER)
    assert "1 dari 16" in text(client, "list")
    assert "Nota Kesepakatan contoh" in text(client, "list", keadaan="belum-lengkap")
    assert "Tidak ada kesepakatan yang cocok" in text(client, "list", keadaan="habis")
    assert "Nota Kesepakatan contoh" in text(client, "list", cari="1/PKS")
    part = client.get(reverse("agreements:list"), {"cari": "tiada"}, **HTMX).content.decode()
    assert part.startswith('<div id="daftar-kesepakatan"')


def test_five_hundred_agreements_cost_no_more_queries_than_one(as_role, nota, django_assert_max_num_queries):
    Agreement.objects.bulk_create(
        Agreement(kind="nota", area_code=HERE, title=f"Nota {n}", stage="draft", programmes=["JKK"]) for n in range(500)
    )
    client = as_role(Role.LEGAL_OFFICER)
    client.get(reverse("agreements:list"))
    with django_assert_max_num_queries(12):
        client.get(reverse("agreements:list"))
    with django_assert_max_num_queries(12):
        client.get(reverse("agreements:offices"))
    with django_assert_max_num_queries(20):
        client.get(reverse("agreements:detail", args=[nota.pk]))


def test_pages_are_light_enough_for_a_weak_line(as_role, nota, pks):
    client = as_role(Role.LEGAL_OFFICER)
    for name, *args in (("list",), ("detail", nota.pk), ("pks", pks.pk), ("offices",)):
        assert len(gzip.compress(text(client, name, *args, semua="1").encode())) < 14_000


# --- who -------------------------------------------------------------------------------------------


def test_the_region_beside_finds_nothing(beside, nota, pks):
    for name, key in (("detail", nota.pk), ("pks", pks.pk), ("office-profile", pks.office_id)):
        address = reverse(f"agreements:{name}", args=[key])
        assert beside.get(address).status_code == 404
        assert beside.post(address, {"sector": "x"}).status_code == 404
    for name in ("list", "offices"):
        page = text(beside, name)
        assert nota.title not in page
        assert "Dinas 00" not in page
    assert Office.objects.filter(area_code=BESIDE).exists()


@pytest.mark.parametrize("role", [Role.LEADER, Role.BRANCH_OFFICER, Role.AUDITOR, Role.PROVINCE, Role.ADMIN])
def test_who_only_reads_is_offered_no_change_of_a_paper(as_role, nota, pks, role):
    client = as_role(role)
    for name, key in (("detail", nota.pk), ("pks", pks.pk)):
        page = text(client, name, key)
        assert "Tindakan lain" not in page
        assert "Buat PKS" not in page
