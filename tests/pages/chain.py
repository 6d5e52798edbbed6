"""One small programme carried through the whole chain, for the tests of its pages: all by the actions people use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from naung.accounts.models import Office, User
from naung.accounts.permissions import Role
from naung.contributions import actions as contributions
from naung.contributions.models import Bill, Payment
from naung.coverage import actions as coverage
from naung.programmes.models import Programme
from naung.registry.actions import IntakeRules, take_in
from naung.registry.models import SourceList, Worker
from naung.selection import actions as selection
from naung.selection.models import Decree, Round
from tests import factories as make

ELSEWHERE = "1222"
PEOPLE = 6
PLACES = 4
NIKS = [make.nik_of(number) for number in range(PEOPLE)]


@dataclass
class Chain:
    """`round` is approved and `bill` half paid; `draft` of another programme waits to be submitted."""

    programme: Programme
    workers: list[Worker]
    list: SourceList
    round: Round
    decree: Decree
    bill: Bill
    payment: Payment
    draft: Round


def user(role: str, *, area: str = make.TOWN, username: str = "") -> User:
    found = make.make_user(role, area, username=username)
    if role == Role.DONOR and found.office is None:
        found.office = Office.objects.get_or_create(
            name="Perusahaan Contoh", area_code=area, defaults={"kind": "donor"}
        )[0]
        found.save()
    return found


def build() -> Chain:
    officer, leader = user(Role.PROGRAMME_OFFICER), user(Role.LEADER)
    programme = make.make_programme(by=officer, places=PLACES, last_month="2026-12")
    handed = hand_in(programme, officer, village_list(NIKS))
    workers = list(Worker.objects.filter(source_rows__list=handed).order_by("name_norm"))
    drawn = selection.run_round(programme, on=date(2025, 12, 20), by=officer)
    selection.submit_round(drawn, by=officer)
    decree = enact(drawn, leader, number="1/2025")
    bill = issue(programme, officer)
    payment = contributions.record_payment(
        bill, sp2d_number="SP2D-1", paid_on=date(2026, 1, 10), amount_rp=2 * 16_800, by=user(Role.FINANCE_OFFICER)
    )
    contributions.confirm_payment(payment, by=user(Role.BRANCH_OFFICER))
    other = make.make_programme(by=officer, code="contoh-2027", first_month="2027-01", last_month="2027-12")
    hand_in(other, officer, village_list(NIKS[:2]), name="lain.csv")
    draft = selection.run_round(other, on=date(2026, 12, 1), by=officer)
    bill.refresh_from_db()
    payment.refresh_from_db()
    drawn.refresh_from_db()
    return Chain(programme, workers, handed, drawn, decree, bill, payment, draft)


GIVEN = ("Adi", "Budi", "Citra", "Dewi", "Eko", "Fitri")


def village_list(niks: list[str], *, name: str = "Contoh Pekerja {given}") -> bytes:
    """A list as a village types it, for people born on 1 January 1980."""
    lines = ["NIK;Nama;Tanggal Lahir;L/P;Pekerjaan;Desa;Kecamatan"]
    lines += [
        f"{nik};{name.format(given=GIVEN[number])};01-01-1980;L;Petani;Pahlawan;Binjai Utara"
        for number, nik in enumerate(niks)
    ]
    return "\n".join(lines).encode()


def hand_in(
    programme: Programme, by: User, content: bytes, *, name: str = "daftar.csv", send: bool = True
) -> SourceList:
    taken = take_in(
        [(name, content)],
        programme_code=programme.code,
        rules=IntakeRules(area_code=programme.area_code),
        reference_date=date(2025, 12, 1),
        by=by,
        send=send,
    )
    source_list = taken.files[0].source_list
    assert source_list is not None
    return source_list


def enact(drawn: Round, leader: User, *, number: str, on: date = date(2025, 12, 22)) -> Decree:
    return coverage.enact_round(
        drawn, number=number, decided_on=on, signer="Pimpinan Contoh", signer_title="Wali Kota", by=leader
    )


def issue(programme: Programme, by: User, month: date = date(2026, 1, 1)) -> Bill:
    line = programme.funding_lines.get()
    return contributions.issue_bill(line, first_month=month, last_month=month, due_on=date(2026, 1, 15), by=by)
