"""Surat kuasa: the head of the region lets the head of an office sign its PKS."""

from __future__ import annotations

from datetime import date

from naung.accounts.models import User
from naung.agreements.models import Agreement, Party, Side
from naung.documents.dates import paper_date
from naung.papers.gathering import About, Gathered, Subject, pks
from naung.papers.gathering import agreement_parts as parts
from naung.papers.gathering.ba_parts import seat_of


def subjects(user: User) -> list[Subject]:
    """Every PKS: whoever signs it for the office needs the power to."""
    return pks.subjects(user)


def subject(user: User, key: str) -> Agreement | None:
    return pks.subject(user, key)


def people(thing: Agreement) -> int:
    return 0


def contents(thing: Agreement, *, on: date, by: User | None, names: bool) -> Gathered:
    region = parts.region_name(thing)
    signs, partner = parts.party(thing, Side.REGION), parts.party(thing, Side.BRANCH)
    dated = signs.power_on if signs and signs.power_on else None
    giver = parts.party(thing.parent, Side.REGION) if thing.parent else None
    return Gathered(
        contents={
            "instansi": f"Pemerintah {region}",
            **_powers(signs, giver),
            "keperluan": f"Perjanjian Kerja Sama tentang {parts.matter_of(thing)}",
            "mitra": partner.organisation if partner else (thing.branch.name if thing.branch else ""),
            "dasar": [parts.cited(thing.parent)] if thing.parent else [],
            "tempat": seat_of(region),
            "tanggal": paper_date(dated or on),
        },
        about=About("agreement", thing.pk, thing.title, parts.url_of(thing)),
        area_code=thing.area_code,
        title=f"Surat Kuasa penandatanganan Perjanjian Kerja Sama {thing.office.name if thing.office else ''}".strip(),
        number=signs.power_number if signs else "",
        dated=dated,
        earliest=thing.parent.signed_on if thing.parent else None,
        code="SKU",
    )


def _powers(signs: Party | None, giver: Party | None) -> dict[str, str]:
    """Who gives the power and who receives it; the giver's name is that of whoever signed the Nota Kesepakatan."""
    said: dict[str, str] = {}
    position = (signs.power_giver if signs else "") or (giver.signer_position if giver else "")
    if position:
        said["pemberi_jabatan"] = position
    if giver and giver.signer_position == position:
        said |= {"pemberi_nama": giver.signer_name, "pemberi_alamat": giver.address}
    if signs:
        said |= {
            "penerima_nama": signs.signer_name,
            "penerima_jabatan": signs.signer_position,
            "penerima_alamat": signs.address,
        }
    return said
