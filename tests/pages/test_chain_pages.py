"""Every page of the chain, for every role and for somebody of another territory."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.urls import reverse

from naung.accounts.permissions import PERMISSIONS, Permission, Role
from tests.pages import chain

pytestmark = pytest.mark.django_db

P = Permission
SEES_PROGRAMMES = {P.PROGRAMMES_VIEW}

# Page -> permissions of which one opens it, and what stands in its address.
PAGES = {
    "registry:workers": ({P.WORKERS_VIEW}, ""),
    "registry:upload": ({P.LIST_UPLOAD}, ""),
    "registry:lists": ({P.WORKERS_VIEW}, ""),
    "registry:list": ({P.WORKERS_VIEW}, "list"),
    "registry:references": ({P.REFERENCE_UPLOAD}, ""),
    "registry:worker": ({P.WORKERS_VIEW}, "worker"),
    "programmes:list": ({P.PROGRAMMES_VIEW, P.BILLS_VIEW}, ""),
    "programmes:create": ({P.PROGRAMME_EDIT}, ""),
    "programmes:detail": ({P.PROGRAMMES_VIEW, P.BILLS_VIEW}, "programme"),
    "programmes:basis": ({P.PROGRAMME_EDIT}, "programme"),
    "programmes:hand-over": ({P.PROGRAMME_EDIT}, "programme"),
    "selection:programme": (SEES_PROGRAMMES, "programme"),
    "selection:round": (SEES_PROGRAMMES, "round"),
    "selection:decree": (SEES_PROGRAMMES, "decree"),
    "selection:approve": ({P.DECREE_APPROVE}, "round"),
    "selection:replace": ({P.SELECTION_RUN}, "programme"),
    "contributions:bills": ({P.BILLS_VIEW}, ""),
    "contributions:issue": ({P.BILL_ISSUE}, ""),
    "contributions:bill": ({P.BILLS_VIEW}, "bill"),
    "contributions:lines": ({P.WORKERS_VIEW}, "bill"),
    "contributions:reconcile": ({P.PAYMENT_CONFIRM, P.BILL_ISSUE}, "bill"),
    "contributions:undo": ({P.PAYMENT_RECORD, P.PAYMENT_CONFIRM}, "payment"),
    "contributions:cancel": ({P.BILL_ISSUE}, "bill"),
    "contributions:reconciliations": ({P.PAYMENT_CONFIRM, P.BILL_ISSUE}, ""),
    "contributions:confirm": ({P.PAYMENT_CONFIRM}, "payment"),
    "planning:csr": ({P.BILLS_VIEW}, ""),
}
# A village operator's territory is below the programme's; a donor's money is another's here.
NOTHING_OF_THEIRS = {
    Role.VILLAGE_OPERATOR: {"registry:worker", "registry:list", "contributions:lines"},
    Role.DONOR: {"programmes:detail", "contributions:bill"},
}


def address(name: str, built: chain.Chain) -> str:
    _permissions, what = PAGES[name]
    things = {
        "list": built.list,
        "worker": built.workers[0],
        "programme": built.programme,
        "round": built.round,
        "decree": built.decree,
        "bill": built.bill,
        "payment": built.payment,
    }
    return reverse(name, args=[things[what].pk] if what else [])


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Built once and only read: one transaction around this module, undone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield chain.build()
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", Role.values)
def test_a_page_opens_for_the_roles_that_may_and_no_other(client, built, role):
    client.force_login(chain.user(role))

    for name, (permissions, _what) in PAGES.items():
        answer = client.get(address(name, built))
        if not permissions & PERMISSIONS[role]:
            assert answer.status_code == 403, f"{role} opened {name}"
        elif role == Role.DONOR and name in NOTHING_OF_THEIRS[role]:
            assert answer.status_code == 404, f"a donor saw {name} of another's money"
        else:
            assert answer.status_code == 200 or (role == Role.VILLAGE_OPERATOR and answer.status_code == 404), (
                f"{role} could not open {name}: {answer.status_code}"
            )


@pytest.mark.parametrize("role", Role.values)
def test_nothing_of_another_territory_is_there(client, built, role):
    client.force_login(chain.user(role, area=chain.ELSEWHERE))

    for name, (permissions, what) in PAGES.items():
        if permissions & PERMISSIONS[role]:
            answer = client.get(address(name, built))
            assert answer.status_code == (404 if what else 200), f"{role} of elsewhere got {name}"
            assert "Contoh Pekerja" not in answer.content.decode(), f"{role} of elsewhere read a name on {name}"


@pytest.mark.parametrize("role", Role.values)
def test_no_page_or_address_carries_a_whole_nik(client, built, role):
    client.force_login(chain.user(role))

    for name in PAGES:
        url = address(name, built)
        text = client.get(url).content.decode()
        assert not re.search(r"\d{16}", url)
        for nik in chain.NIKS:
            assert nik not in text, f"{role} read a NIK on {name}"


@pytest.mark.parametrize("role", [Role.LEADER, Role.FINANCE_OFFICER, Role.PROVINCE, Role.ADMIN])
def test_who_sees_counts_sees_no_person(client, built, role):
    client.force_login(chain.user(role))

    for name in ("selection:round", "selection:decree", "programmes:detail", "contributions:bill"):
        answer = client.get(address(name, built))
        assert "Contoh Pekerja" not in answer.content.decode(), f"{role} read a name on {name}"


def test_a_donor_sees_counts_of_its_own_line_and_nothing_else(client, built):
    line = built.programme.funding_lines.get()
    donor = chain.user(Role.DONOR)
    line.donor = donor.office
    line.save()
    client.force_login(donor)

    bills = client.get(reverse("contributions:bills")).content.decode()
    bill = client.get(reverse("contributions:bill", args=[built.bill.pk]))

    assert built.bill.number in bills
    assert bill.status_code == 200
    assert "Contoh Pekerja" not in bill.content.decode()
    assert client.get(reverse("contributions:lines", args=[built.bill.pk])).status_code == 403


def test_pages_with_people_are_kept_by_no_cache(client, built):
    client.force_login(chain.user(Role.PROGRAMME_OFFICER))

    for name in ("registry:workers", "registry:list", "registry:worker", "selection:round", "contributions:lines"):
        assert "no-store" in client.get(address(name, built))["Cache-Control"], name


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("registry:workers", 10),
        ("registry:lists", 8),
        ("programmes:list", 11),
        ("contributions:bills", 10),
        ("contributions:lines", 10),
        ("selection:decree", 12),
    ],
)
def test_a_list_page_asks_no_more_questions_than_this(client, built, django_assert_max_num_queries, name, most):
    client.force_login(chain.user(Role.PROGRAMME_OFFICER))

    with django_assert_max_num_queries(most):
        assert client.get(address(name, built)).status_code == 200
