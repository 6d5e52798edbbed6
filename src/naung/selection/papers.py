"""A decree as a paper: the frozen snapshot with the names of areas and work, for `documents.decree` to draw."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from naung import progress
from naung.accounts.acting import require
from naung.accounts.crests import crest_picture
from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.areas.models import Area
from naung.audit import actions as audit
from naung.bulk.occupations import occupations
from naung.documents.decree import DecreePaper, DecreeRow, Version
from naung.lawbook.queries import decisions_for, law_now
from naung.programmes.spec import rules_of, stored_spec
from naung.registry.models import Worker
from naung.registry.vault import Identity, vault
from naung.rules.conditions import Candidate as Person
from naung.rules.contributions import Programme as Insurance
from naung.rules.filling import cost_rp
from naung.rules.money import Rupiah
from naung.rules.periods import MonthSpan
from naung.selection.models import Decree, DecreeEntry

_SAY_EVERY = 500


@transaction.atomic
def decree_paper(decree: Decree, user: User, *, version: Version) -> DecreePaper:
    """The paper of a decree with the people who enter by it, in the order of its list.

    The full version opens every NIK on the list: that is one recorded act. The public one opens none.
    Raises NotPermitted, OutsideTerritory, SealBroken.
    """
    programme = decree.programme
    full = version == "full"
    require(user, Permission.IDENTITY_REVEAL if full else Permission.PROGRAMMES_VIEW, programme.area_code)
    spec = stored_spec(decree.round.spec)
    entries = list(decree.entries.filter(act=DecreeEntry.Act.ENTER).order_by("ordinal"))
    if full:
        record_full_print(decree, user)
    region = _names({programme.area_code}).get(programme.area_code, programme.area_code)
    return DecreePaper(
        region_name=region,
        authority=decree.signer_title,
        signer_name=decree.signer,
        place=region.removeprefix("Kota ").removeprefix("Kabupaten "),
        number=decree.number,
        decided_on=decree.decided_on,
        title=decree.title,
        programme=programme.name,
        package=_listed(sorted(programme.package)),
        first_month=decree.first_month,
        months=len(MonthSpan(decree.first_month, decree.ends_on)),
        funding=tuple(line.name for line in programme.funding_lines.order_by("order")),
        legal_bases=tuple(spec.legal_basis),
        rows=_rows(decree, entries, full=full),
        noting=_noting(decree),
        crest=crest_picture(programme.area_code),
    )


def record_full_print(decree: Decree, user: User) -> None:
    """Somebody was given every NIK of a decree's list."""
    audit.record(
        "decree.print_full",
        by=user,
        target_type="decree",
        target_id=decree.pk,
        target_name=decree.number,
        area_code=decree.programme.area_code,
        people=decree.enters,
    )


def _listed(names: list[str]) -> str:
    return " dan ".join([", ".join(names[:-1]), names[-1]])


def _rows(decree: Decree, entries: list[DecreeEntry], *, full: bool) -> tuple[DecreeRow, ...]:
    workers: dict[int, dict[str, Any]] = {
        row["pk"]: row
        for row in Worker.objects.filter(pk__in=[entry.worker_id for entry in entries]).values(
            "pk", "sex", "birth_place", "birth_date", "address", "sector", "income_rp", *(["sealed"] if full else [])
        )
    }
    names = _names({code for entry in entries for code in (entry.area_code, entry.area_code[:6])})
    works = occupations()
    price = _Prices(decree)
    keys = vault() if full else None
    rows = []
    for at, entry in enumerate(entries):
        if at % _SAY_EVERY == 0:
            progress.at("names", at, len(entries))
        worker = workers[entry.worker_id]
        # What the public version must not show is not even read.
        nik = Identity.unpacked(keys.open("worker", entry.worker_id, worker["sealed"])).nik if keys else ""
        village, district = entry.area_code, entry.area_code[:6]
        work = works.get(entry.occupation)
        rows.append(
            DecreeRow(
                ordinal=entry.ordinal,
                name=entry.name,
                nik=nik,
                sex=worker["sex"] if full else "",
                birth_place=worker["birth_place"] if full else "",
                born_on=worker["birth_date"] if full else None,
                address=worker["address"] if full else "",
                rt="",
                rw="",
                village=names.get(village, village) if len(village) == 10 else "",
                district=names.get(district, district) if len(district) == 6 else "",
                occupation=work.label if work else entry.occupation,
                total=price.of(entry, worker["sector"], worker["income_rp"]),
            )
        )
    return tuple(rows)


class _Prices:
    """What a person of a decree costs to its end; people of one kind are priced once."""

    def __init__(self, decree: Decree) -> None:
        programme = decree.programme
        self.ends_on = decree.ends_on
        lines = {line.code: line for line in rules_of(stored_spec(decree.round.spec)).lines}
        self.lines = {line.pk: lines[line.code] for line in programme.funding_lines.all()}
        self.package = frozenset(Insurance(name) for name in programme.package)
        self.decisions = decisions_for(programme.area_code)
        self.known: dict[tuple[object, ...], Rupiah] = {}

    def of(self, entry: DecreeEntry, sector: str, income_rp: int | None) -> Rupiah:
        kind = (entry.funding_line_id, entry.from_month, sector, income_rp)
        if kind not in self.known:
            self.known[kind] = cost_rp(
                Person(key="", sector=sector, income_rp=income_rp),
                self.lines[entry.funding_line_id],
                months=list(MonthSpan(entry.from_month, self.ends_on)),
                package=self.package,
                law=law_now(),
                decisions=self.decisions,
            )
        return self.known[kind]


def _names(codes: set[str]) -> dict[str, str]:
    return dict(Area.objects.filter(pk__in=codes).values_list("code", "name"))


def _noting(decree: Decree) -> tuple[str, ...]:
    """What an amendment says about the decree it changes, and about who goes."""
    if decree.amends is None:
        return ()
    said = [f"Keputusan Nomor {decree.amends.number} diubah dengan keputusan ini"]
    if decree.leaves:
        said.append(f"{decree.leaves} orang keluar dari daftar; jumlah penerima sesudah perubahan {decree.total} orang")
    return tuple(said)
