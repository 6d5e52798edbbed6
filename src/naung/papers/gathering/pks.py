"""The PKS of one office with a branch, under its Nota Kesepakatan."""

from __future__ import annotations

from datetime import date
from typing import Any

from naung.accounts.models import Office, User
from naung.agreements.models import Agreement, Segment, Side
from naung.agreements.queries import pks_visible_to
from naung.lawbook.queries import decisions_for, law_now
from naung.papers.gathering import About, Gathered, Subject
from naung.papers.gathering import agreement_parts as parts
from naung.papers.gathering.ba_parts import amount
from naung.rules.contributions import Payer, Programme, Sector, bpu_contribution
from naung.rules.law import NeedsDecision
from naung.rules.money import terbilang
from naung.rules.periods import first_of_month


def subjects(user: User) -> list[Subject]:
    return [
        Subject(str(one.pk), _named(one), one.region_number or str(one.get_stage_display()))
        for one in pks_visible_to(user)
    ]


def subject(user: User, key: str) -> Agreement | None:
    found = pks_visible_to(user).filter(pk=int(key)) if key.isdecimal() and len(key) < 18 else None
    return found.select_related("parent").prefetch_related("parties").first() if found is not None else None


def people(thing: Agreement) -> int:
    return 0


def contents(thing: Agreement, *, on: date, by: User | None, names: bool) -> Gathered:
    return Gathered(
        contents={**parts.sides(thing, on=on), **parts.substance(thing), **_of_the_office(thing)},
        about=About("agreement", thing.pk, _named(thing), parts.url_of(thing)),
        area_code=thing.area_code,
        title=_titled(thing),
        number=thing.region_number,
        number_field="nomor_daerah",
        other_number_field="nomor_mitra",
        dated=thing.signed_on,
        earliest=thing.parent.signed_on if thing.parent else None,
        suggested={**parts.suggested(thing), **_tariff(thing)},
        code="PKS",
    )


def _of_the_office(thing: Agreement) -> dict[str, Any]:
    signs = parts.party(thing, Side.REGION)
    return {
        "nota_kesepakatan": parts.cited(thing.parent, named=False) if thing.parent else "",
        "surat_kuasa": parts.authority_of(signs) if signs and signs.power_number else "",
        "kewajiban_kesatu": parts.obligations(thing, Side.REGION),
        "kewajiban_kedua": parts.obligations(thing, Side.BRANCH),
    }


def _tariff(thing: Agreement) -> dict[str, str]:
    """What one worker costs a month by the law of the first month: lowest band, outside transport, paid by this office.

    A proposal and no fact: who issues the paper looks at it. Nothing where the law leaves it open, or is not asked.
    """
    wanted = [Programme(one) for one in thing.programmes if one in set(Programme)]
    if thing.starts_on is None or Segment.BPU not in thing.segments or not wanted:
        return {}
    donor = thing.office is not None and thing.office.kind == Office.Kind.DONOR
    try:
        month = bpu_contribution(
            first_of_month(thing.starts_on), income=None, programmes=wanted, sector=Sector.OTHER,
            payer=Payer.CSR if donor else Payer.APBD_KAB, law=law_now(), decisions=decisions_for(thing.area_code),
        )  # fmt: skip
    except NeedsDecision:
        return {}
    return {"iuran_per_orang": f"{amount(month.total)} ({terbilang(month.total)} rupiah)"}


def _titled(thing: Agreement) -> str:
    """As the public page says it: what it is about, and the office that is a party to it."""
    office = f" ({thing.office.name})" if thing.office else ""
    return f"Perjanjian Kerja Sama tentang {parts.matter_of(thing)}{office}"


def _named(thing: Agreement) -> str:
    return f"{thing.title} ({thing.office.name})" if thing.office else thing.title
