"""A small invented town with a programme, for tests of what comes after the decree.

The cast is one everywhere: the officer prepares, the leader approves, the treasurer pays, the branch confirms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from naung.accounts.models import Office, User
from naung.coverage.actions import enrol
from naung.coverage.models import Enrolment
from naung.programmes.models import FundingLine, Programme
from naung.registry.models import Worker
from naung.registry.vault import Identity, vault
from naung.rules.periods import add_months
from naung.selection.models import Decree, DecreeEntry, Round

TOWN = "1275"
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@dataclass
class Town:
    """Everything a test of billing needs; `people` are enrolled from `first` for `months`."""

    programme: Programme
    line: FundingLine
    decree: Decree
    officer: User
    leader: User
    treasurer: User
    branch: User
    workers: list[Worker] = field(default_factory=list)

    @property
    def enrolments(self) -> list[Enrolment]:
        return list(Enrolment.objects.filter(programme=self.programme).order_by("ordinal"))


def user(name: str, role: str, area: str = TOWN) -> User:
    return User.objects.get_or_create(
        username=name, defaults={"full_name": name, "role": role, "area_code": area, "password": "!"}
    )[0]


def worker(number: int, *, village: str = f"{TOWN}011001", **facts: object) -> Worker:
    """Worker `number`, always the same one."""
    nik = f"127501{number % 28 + 1:02d}0180{9001 + number:04d}"
    keys = vault()
    made = Worker(
        nik_index=keys.index("nik", nik),
        sealed=b"",
        name=f"Contoh Pekerja {number}",
        name_norm=f"CONTOH PEKERJA {number}",
        birth_date=date(1980, 1, number % 28 + 1),
        sex="L",
        area_code=village,
        occupation="petani",
        created_at=NOW,
        **facts,
    )
    made.save()
    made.sealed = keys.seal("worker", made.pk, Identity(nik).packed())
    made.save(update_fields=["sealed"])
    return made


def town(
    *,
    people: int = 3,
    first: date = date(2026, 1, 1),
    months: int = 12,
    payer: str = "apbd_kab",
    package: tuple[str, ...] = ("JKK", "JKM"),
    ceiling_rp: int = 10**12,
    code: str = "TOWN-2026",
    workers: list[Worker] | None = None,
    income_base: str = "lowest",
) -> Town:
    """A programme whose decree has just been signed."""
    officer, leader = user("petugas", "programme_officer"), user("pimpinan", "leader")
    treasurer, branch = user("bendahara", "finance_officer"), user("cabang", "branch_officer")
    office = Office.objects.get_or_create(name="Disnaker Contoh", area_code=TOWN, defaults={"kind": "owner"})[0]
    ends = add_months(first, months)
    programme = Programme.objects.create(
        code=code,
        name=f"Program {code}",
        owner=office,
        area_code=TOWN,
        fiscal_year=first.year,
        starts_on=first,
        ends_on=ends,
        package=list(package),
        places=max(people, 1),
        seed=1,
        spec={"income_base": income_base},
    )
    line = FundingLine.objects.create(
        programme=programme, code="APBD", name="APBD Contoh", payer=payer, ceiling_rp=ceiling_rp, order=1
    )
    round_ = Round.objects.create(
        programme=programme,
        number=1,
        on=first,
        first_month=first,
        seed=1,
        status="approved",
        spec={},
        input_sha256="",
        candidates=people,
        chosen=people,
        waiting=0,
        ineligible=0,
        cost_rp=0,
        prepared_by=officer,
        prepared_at=NOW,
    )
    decree = Decree.objects.create(
        programme=programme,
        round=round_,
        number=f"SK-1/{code}",
        decided_on=first,
        first_month=first,
        ends_on=ends,
        enters=people,
        leaves=0,
        total=people,
        list_sha256="",
        title="Penetapan",
        signer="Pimpinan",
        signer_title="Wali Kota",
        prepared_by=officer,
        approved_by=leader,
        approved_at=NOW,
    )
    workers = workers or [worker(number) for number in range(people)]
    DecreeEntry.objects.bulk_create(
        DecreeEntry(
            decree=decree,
            ordinal=ordinal,
            act="enter",
            worker=person,
            name=person.name,
            area_code=person.area_code,
            occupation=person.occupation,
            funding_line=line,
            from_month=first,
        )
        for ordinal, person in enumerate(workers, 1)
    )
    enrol(decree)
    return Town(programme, line, decree, officer, leader, treasurer, branch, workers)
