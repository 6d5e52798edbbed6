"""A region carried through the whole chain by the actions that people use, every name in it ending in one word.

Two of them side by side show whether anything of one is ever told to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from naung.accounts.actions import create_office
from naung.accounts.crests import set_crest
from naung.accounts.models import Office, User
from naung.accounts.permissions import Role
from naung.agreements.actions import (
    Basis,
    PartyFacts,
    Task,
    attach,
    prepare_pks,
    record_agreement,
    record_instrument,
    record_meeting,
)
from naung.agreements.models import Meeting
from naung.areas.models import Area
from naung.contributions import actions as contributions
from naung.contributions.models import Bill
from naung.contributions.reconciling import read_branch_list
from naung.coverage import actions as coverage
from naung.coverage.models import Enrolment
from naung.documents.letters.templates import shipped
from naung.jobs.running import run as run_job
from naung.outreach.actions import Person, add_photo, record_attendance
from naung.papers.actions import issue_paper, propose_template, set_template
from naung.partners import actions as partners
from naung.partners.models import Employer, Pairing
from naung.planning.actions import record_figure, set_target
from naung.programmes.models import Programme
from naung.registry.actions import IntakeRules, take_in, take_reference
from naung.registry.models import SourceList, SourceRow, Worker
from naung.rules.ucj import DenominatorKind, Segment
from naung.selection import actions as selection
from naung.selection.long_work import ask_round
from naung.selection.models import Decree, Round
from tests import factories as make
from tests.documents.test_pictures import png
from tests.outreach.test_pictures import picture

#: The day on which every page is opened.
TODAY = date(2026, 11, 21)
GIVEN = ("Adi", "Budi", "Citra", "Dewi", "Eko", "Fitri", "Gita", "Hadi")


@dataclass
class Region:
    """`things` are the primary keys that may stand in an address, by the name of the address's part."""

    word: str
    area: str
    village: str
    niks: list[str]
    people: dict[str, User]
    amount: int
    things: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def marks(self) -> list[str]:
        """What nobody of another territory may ever read: names, numbers of papers, NIKs, amounts, official figures."""
        return [self.word, self.word.upper(), f"{self.amount:,}".replace(",", "."), str(self.amount), *self.niks]


def people_of(area: str, village: str, word: str) -> dict[str, User]:
    """A person of each role; the province's is of the province above."""
    where = {Role.VILLAGE_OPERATOR: village, Role.PROVINCE: area[:2]}
    people = {}
    for role in Role:
        of = where.get(role, area)
        office = create_office(name=f"Kantor {role.label} {word}", kind="sector", area_code=of, by=None)
        people[role.value] = make.make_user(role, of, username=f"{role}.{word.lower()}", office=office)
    return people


def add_areas(*codes: tuple[str, str]) -> None:
    for code, name in codes:
        level = (2, 4, 6, 10).index(len(code)) + 1
        above = code[: (0, 2, 4, 6)[level - 1]] or None
        Area.objects.create(
            code=code,
            name=name,
            kind=("provinsi", "kota", "kecamatan", "kelurahan")[level - 1],
            level=level,
            parent_id=above,
            source="contoh",
            valid=(None, None),
        )


def build(area: str, village: str, word: str, *, first_number: int, amount: int) -> Region:
    """Programmes in every state of their life, with their lists, decrees, bills, payments, and papers."""
    add_areas(
        (area[:2], f"Provinsi {word}"),
        (area, f"Kota {word}"),
        (village[:6], f"Camat {word}"),
        (village, f"Desa {word}"),
    )
    niks = [make.nik_of(first_number + at, area=village[:6]) for at in range(len(GIVEN))]
    made = Region(word, area, village, niks, people_of(area, village, word), amount)
    officer = made.people[Role.PROGRAMME_OFFICER]
    paid = _programme(made, "apbd", "apbd_kab", places=4)
    _take_references(made, officer)
    handed = hand_in(made, paid, niks[:6], faulty=True)
    drawn, decree = _decided(made, paid, "SK-1")
    bills = _billed(made, paid)
    gift = _programme(
        made, "csr", "csr", places=2, donor={"name": f"Kantor {Role.DONOR.label} {word}", "kind": "donor"}
    )
    given = hand_in(made, gift, niks[6:])
    _drawn, gift_decree = _decided(made, gift, "SK-2")
    bills.append(contributions.issue_bill(_line(gift), **_month(1), by=officer))
    later = _programme(made, "nanti", "apbd_kab", places=3, year=2027)
    waiting = hand_in(made, later, niks[:4])
    submitted = selection.run_round(later, on=date(2026, 11, 1), by=officer)
    selection.submit_round(submitted, by=officer)
    far = _programme(made, "jauh", "apbd_kab", places=3, year=2028)
    hand_in(made, far, niks[:3])
    draft = selection.run_round(far, on=date(2026, 11, 2), by=officer)
    leaver = Enrolment.objects.filter(programme=paid).order_by("-ordinal")[0]
    contributions.end_cover(
        leaver, reason="moved", happened_on=date(2026, 5, 3), evidence=f"Surat {word}", by=officer
    )  # fmt: skip
    made.things |= {
        "programme_id": [paid.pk, gift.pk, far.pk],
        "line_id": [_line(one).pk for one in (paid, gift)],
        "list_id": [one.pk for one in (handed, given, waiting)],
        "ordinal": _a_row_of_each_verdict(handed),
        "round_id": [drawn.pk, submitted.pk, draft.pk],
        "decree_id": [decree.pk, gift_decree.pk],
        "bill_id": [bills[0].pk, bills[2].pk, bills[3].pk],
        "payment_id": [pk for one in bills for pk in one.payments.values_list("pk", flat=True)],
        "worker_id": [leaver.worker_id, Worker.objects.filter(source_rows__list=given)[0].pk],
    }
    # The branch's list names one stranger only: everybody on the bill is a difference.
    stranger = read_branch_list(b"NIK\n1201010101709999\n", f"{word}.csv", as_of=date(2026, 3, 1))
    compared = contributions.compare_with_branch(bills[2], stranger, as_of=date(2026, 3, 1), by=officer)
    made.things["difference_id"] = [compared.differences.order_by("pk")[0].pk]
    # Asked for again behind a page: the same draft.
    job = ask_round(far, on=date(2026, 11, 2), first_month=draft.first_month, seed=draft.seed, by=officer)
    run_job(job.pk)
    made.things["job_id"] = [job.pk]
    _papers(made, officer)
    _issued(made, decree, officer)
    _outreach(made, officer)
    # The settings: a person whose rights may change, the admin's own account, and an office.
    made.things |= {
        "user_id": [made.people[role].pk for role in (Role.FINANCE_OFFICER, Role.ADMIN)],
        "office_id": [made.people[Role.FINANCE_OFFICER].office_id, _line(gift).donor_id],
    }
    _partners(made, officer, Office.objects.get(pk=_line(gift).donor_id))
    crest = set_crest(made.area, content=png(20 + first_number % 7, 20), at=timezone.now(), by=None)
    made.things["digest"] = [crest.digest]
    return made


def _programme(made: Region, name: str, payer: str, *, places: int, year: int = 2026, **line: Any) -> Programme:
    funding = {"code": name, "name": f"Dana {made.word}", "payer": payer, "ceiling_rp": made.amount}
    return make.make_programme(
        by=made.people[Role.PROGRAMME_OFFICER],
        code=f"{made.word.lower()}-{name}-{year}",
        name=f"Program {name} {made.word}",
        owner={"name": f"Dinas {made.word}"},
        area=made.area,
        fiscal_year=year,
        first_month=f"{year}-01",
        last_month=f"{year}-12",
        places=places,
        funding_lines=[{**funding, "restriction": f"Hanya {made.word}", **line}],
    )


def hand_in(
    made: Region,
    programme: Programme,
    niks: Sequence[str],
    *,
    faulty: bool = False,
    by: User | None = None,
    word: str = "",
) -> SourceList:
    """A list from the village, as its operator hands it in; `faulty` adds a short NIK and two names under one NIK."""
    word, by = word or made.word, by or made.people[Role.VILLAGE_OPERATOR]
    rows = [f"{nik};{given} {word};01-01-1980;L;Petani" for nik, given in zip(niks, GIVEN, strict=False)]
    if faulty:
        rows += [f"12345;Pendek {word};01-01-1980;L;Petani", f"{niks[0]};Wahyuni {word};01-01-1980;L;Petani"]
    content = "\n".join(["NIK;Nama;Tanggal Lahir;L/P;Pekerjaan", *rows]).encode()
    taken = take_in(
        [(f"daftar {word}.csv", content)],
        programme_code=programme.code,
        rules=IntakeRules(area_code=programme.area_code),
        reference_date=date(2025, 12, 1),
        by=by,
        office=by.office,
    )
    kept = taken.files[0].source_list
    assert kept is not None, taken.files[0].refused
    return kept


def _decided(made: Region, programme: Programme, number: str) -> tuple[Round, Decree]:
    drawn = selection.run_round(programme, on=date(2025, 12, 20), by=made.people[Role.PROGRAMME_OFFICER])
    selection.submit_round(drawn, by=made.people[Role.PROGRAMME_OFFICER])
    decree = coverage.enact_round(
        drawn,
        number=f"{number}/{made.word.upper()}",
        decided_on=date(2025, 12, 22),
        signer=f"Pimpinan {made.word}",
        signer_title=f"Wali Kota {made.word}",
        by=made.people[Role.LEADER],
    )
    return drawn, decree


def _billed(made: Region, programme: Programme) -> list[Bill]:
    """January is paid, February's payment waits for its confirmation, March is only issued."""
    bills = [
        contributions.issue_bill(_line(programme), **_month(month), by=made.people[Role.PROGRAMME_OFFICER])
        for month in (1, 2, 3)
    ]
    for bill in bills[:2]:
        payment = contributions.record_payment(
            bill,
            sp2d_number=f"SP2D-{bill.first_month:%m}/{made.word.upper()}",
            paid_on=bill.due_on,
            amount_rp=bill.total_rp,
            by=made.people[Role.FINANCE_OFFICER],
        )
        if bill is bills[0]:
            contributions.confirm_payment(payment, by=made.people[Role.BRANCH_OFFICER])
    return bills


def _a_row_of_each_verdict(handed: SourceList) -> list[int]:
    rows = SourceRow.objects.filter(list=handed).order_by("verdict", "ordinal").distinct("verdict")
    found = {row.verdict: row.ordinal for row in rows}
    assert {"accept", "reject", "review"} <= found.keys()
    return list(found.values())


def _line(programme: Programme) -> Any:
    return programme.funding_lines.get()


def _month(number: int) -> dict[str, date]:
    month = date(2026, number, 1)
    return {"first_month": month, "last_month": month, "due_on": date(2026, number, 15)}


def _take_references(made: Region, officer: User) -> None:
    take_reference(
        file=f"nik,tanggal wafat\n{made.niks[5]},2025-11-30\n".encode(),
        filename=f"wafat {made.word}.csv",
        kind="deaths",
        source=f"Disdukcapil {made.word}",
        as_of=date(2025, 12, 1),
        area_code=made.area,
        by=officer,
    )


def _partners(made: Region, officer: User, donor: Office) -> None:
    """Employers from a list with a faulty row, a letter to one; a pledge, and givers with their pairs."""
    row = f"PT {made.word};N1;3;{made.amount % 1000};{made.word}"
    lines = ["Nama Perusahaan;NPP;Peserta;Jumlah pekerja (WLKP);PIC", row]
    taken = partners.take_employers(
        file="\n".join([*lines, ";N2;1;1;"]).encode(), filename=f"{made.word}.csv", source="branch",
        as_of=date(2026, 2, 1), area_code=made.area, by=officer,
    )  # fmt: skip
    employer = Employer.objects.get(region_code=made.area)
    letter = partners.note_approach(
        employer=employer, kind="letter", happened_on=date(2026, 2, 2), letter_number=f"1/{made.word}",
        due_on=date(2026, 11, 30), by=officer,
    )  # fmt: skip
    pledge = partners.record_pledge(
        area_code=made.area, kind="csr", donor=donor, pledged_on=date(2026, 2, 3), people=2, months=3,
        amount_rp=made.amount, source=f"Surat {made.word}", no_agreement_reason=f"belum {made.word}", by=officer,
    )  # fmt: skip
    partners.take_givers(
        donor=donor, file=f"Nama;Unit kerja\nPegawai {made.word};Dinas {made.word}".encode(), filename="asn.csv",
        area_code=made.area, by=officer,
    )  # fmt: skip
    partners.pair_all(donor=donor, area_code=made.area, by=officer)
    made.things |= {
        "employer_id": [employer.pk],
        "employer_list_id": [taken.list.pk],
        "approach_id": [letter.pk],
        "pledge_id": [pledge.pk],
        "pairing_id": list(Pairing.objects.filter(giver__donor=donor).values_list("pk", flat=True)),
    }


def _outreach(made: Region, officer: User) -> None:
    """Who came to the region's meeting, and a photograph of it."""
    meeting, now = Meeting.objects.get(pk=made.things["meeting_id"][0]), timezone.now()
    who = Person(f"Peserta {made.word}", f"Kelompok {made.word}")
    one = record_attendance(meeting, who, method="typed", at=now, on=TODAY, by=officer)
    photo = add_photo(meeting, picture(), caption=f"Rapat {made.word}", at=now, by=officer)
    content = f"%PDF-1.7 {made.word} %%EOF".encode()
    minutes = attach(meeting, filename=f"notulen-{made.word}.pdf", content=content, title=made.word, by=officer)
    made.things |= {"attendance_id": [one.pk], "photo_id": [photo.pk]}
    made.things["attachment_id"] = [*made.things["attachment_id"], minutes.pk]


def _issued(made: Region, decree: Decree, officer: User) -> None:
    """The SK as a paper, in words of the region's own template."""
    set_template(
        made.area, "sk", content=shipped("sk"), filename="sk.docx", at=timezone.now(), by=made.people[Role.ADMIN]
    )
    propose_template(
        made.area, "sk", content=shipped("sk"), filename="sk.docx", at=timezone.now(), by=made.people[Role.ADMIN]
    )
    paper = issue_paper("sk", str(decree.pk), on=TODAY, by=officer, site="https://naung.example.go.id")
    made.things |= {"paper_id": [paper.pk], "paper_code": [paper.code]}


def _papers(made: Region, officer: User) -> None:
    """An agreement with its PKS, a meeting with its follow-up, an official figure and a target."""
    agreement = record_agreement(
        area_code=made.area, title=f"Nota Kesepakatan {made.word}", programmes=["JKK", "JKM"], segments=["bpu"],
        parties=[PartyFacts("region", f"Pemko {made.word}"), PartyFacts("branch", f"Cabang {made.word}")],
        objects_text=f"Pekerja {made.word}", scope=["Iuran"], source=f"Berita {made.word}", by=officer,
        tasks=[Task(f"Susun aturan {made.word}"), Task(f"Melapor {made.word}", kind="obligation", side="region")],
        bases=[Basis(f"Perwali {made.word}")],
    )  # fmt: skip
    assert officer.office is not None
    prepared = prepare_pks(agreement, offices=[officer.office], due_on=date(2026, 12, 31), by=officer)
    file = attach(agreement, filename=f"{made.word}.pdf", content=b"%PDF-1.7 isi %%EOF", title=made.word, by=officer)
    instrument = record_instrument(area_code=made.area, name=f"Perda {made.word}", by=officer)
    meeting = record_meeting(
        area_code=made.area, kind="fgd", title=f"FGD {made.word}", held_on=date(2026, 2, 2), by=officer,
        agreement=agreement, follow_ups=[Task(f"Data {made.word}", officer.office)],
    )  # fmt: skip
    kind = DenominatorKind.LABOUR_FORCE
    record_figure(
        area_code=made.area, as_of=date(2026, 1, 1), numerators={Segment.ALL: made.amount // 3},
        denominator=made.amount, denominator_kind=kind, source=f"Paparan {made.word}", by=officer,
    )  # fmt: skip
    set_target(
        area_code=made.area, year=2026, percent=Decimal(45), denominator_kind=kind, instrument=f"RPJMD {made.word}",
        by=officer,
    )  # fmt: skip
    made.things |= {
        "agreement_id": [agreement.pk],
        "pks_id": [one.pk for one in prepared],
        "attachment_id": [file.pk],
        "instrument_id": [instrument.pk],
        "meeting_id": [meeting.pk],
        "task_id": [meeting.follow_ups.get().pk, *agreement.tasks.values_list("pk", flat=True)],
    }
