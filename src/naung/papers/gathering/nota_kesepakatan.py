"""Nota Kesepakatan of a region with a branch, with its work plan."""

from __future__ import annotations

from datetime import date

from naung.accounts.models import User
from naung.agreements.models import Agreement
from naung.agreements.queries import notas_visible_to
from naung.papers.gathering import About, Gathered, Subject
from naung.papers.gathering import agreement_parts as parts


def subjects(user: User) -> list[Subject]:
    return [
        Subject(str(one.pk), one.title, one.region_number or str(one.get_stage_display()))
        for one in notas_visible_to(user)
    ]


def subject(user: User, key: str) -> Agreement | None:
    found = notas_visible_to(user).filter(pk=int(key)) if key.isdecimal() and len(key) < 18 else None
    return found.prefetch_related("parties").first() if found is not None else None


def people(thing: Agreement) -> int:
    return 0


def contents(thing: Agreement, *, on: date, by: User | None, names: bool) -> Gathered:
    return Gathered(
        contents={
            **parts.sides(thing, on=on),
            **parts.substance(thing),
            "rencana_kerja": parts.work_plan(thing),
        },
        about=About("agreement", thing.pk, thing.title, parts.url_of(thing)),
        area_code=thing.area_code,
        title=f"Nota Kesepakatan tentang {parts.matter_of(thing)}",
        number=thing.region_number,
        number_field="nomor_daerah",
        other_number_field="nomor_mitra",
        dated=thing.signed_on,
        suggested=parts.suggested(thing),
        code="NK",
    )
