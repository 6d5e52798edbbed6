"""`naung agreement`: Nota Kesepakatan and PKS, from a file to their end."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from naung.config.cli.running import DAY, SystemViewer, acting, answer, as_option, database, json_option, today

if TYPE_CHECKING:
    from naung.agreements.models import Agreement

_STAGES = ("draft", "legal_review", "agreed", "signed", "in_force")


@click.group()
def agreement() -> None:
    """Kesepakatan: Nota Kesepakatan, PKS tiap kantor, tahap, masa berlaku."""


@agreement.command("create")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_option
@json_option
def create(file: Path, username: str | None, as_json: bool) -> None:
    """Catat Nota Kesepakatan dari FILE.json. Berkas yang sama sekali lagi tidak mengubah apa pun."""
    with database():
        from naung.agreements.files import read, record_file

        _told(record_file(read(file), by=acting(username)), as_json)


@agreement.command("schema")
def schema() -> None:
    """Cetak JSON Schema berkas kesepakatan."""
    with database(prepare=False):
        from naung.agreements.files import AgreementFile

        answer(AgreementFile.model_json_schema())


@agreement.command("list")
@click.option("--area", default="", help="Hanya wilayah ini dan di bawahnya.")
@click.option("--ending", type=click.IntRange(1), help="Hanya yang berakhir dalam sekian hari dan belum diperpanjang.")
@click.option("--on", type=DAY, help="Pada tanggal ini (bawaan: hari ini).")
@as_option
@json_option
def list_(area: str, ending: int | None, on: date | None, username: str | None, as_json: bool) -> None:
    """Daftar kesepakatan dengan tahap, nomor, dan masa berlakunya."""
    with database():
        from naung.agreements import queries
        from naung.agreements.models import Agreement

        day, person = on or today(), acting(username)
        viewer = person or (SystemViewer(area) if area else None)
        if viewer is None:
            found = Agreement.objects.select_related("office").order_by("area_code", "kind", "id")
            found = queries.ending_among(found, on=day, days=ending) if ending else found
        else:
            found = (
                queries.ending_within(viewer, on=day, days=ending) if ending else queries.agreements_visible_to(viewer)
            )
            found = found.filter(area_code__startswith=area) if area else found
        if as_json:
            answer({"on": day, "agreements": [_facts(one, day) for one in found]})
            return
        for one in found:
            facts = _facts(one, day)
            term = f"{facts['starts_on'] or '…'} s.d. sebelum {facts['ends_on'] or '…'}"
            click.echo(f"{one.pk:>5}  {facts['state']:<14} {term:<36} {one.title}")


@agreement.command("show")
@click.argument("agreement_id", type=int, metavar="ID")
@click.option("--on", type=DAY, help="Isi yang berlaku pada tanggal ini (bawaan: hari ini).")
@as_option
@json_option
def show(agreement_id: int, on: date | None, username: str | None, as_json: bool) -> None:
    """Satu kesepakatan dengan isi yang berlaku pada suatu hari; adendum sesudahnya tidak ikut."""
    with database():
        from naung.agreements.terms import terms_on

        one, day = _one(agreement_id, username), on or today()
        terms = terms_on(one, day)
        facts = _facts(one, day) | {
            "terms_since": terms.since,
            "ends_on": terms.ends_on,
            "programmes": terms.programmes,
            "segments": terms.segments,
            "objects": terms.objects_text,
            "scope": terms.scope,
            "funding": terms.funding,
            "pks": [_facts(pks, day) for pks in one.pks.select_related("office").order_by("id")],
        }
        if as_json:
            answer(facts)
            return
        for name, value in facts.items():
            if name != "pks" and value not in (None, "", (), []):
                said = ", ".join(value) if isinstance(value, (list, tuple)) else value
                click.echo(f"{name:<16} {said}")
        for pks in facts["pks"]:
            click.echo(f"  PKS {pks['id']:>5}  {pks['state']:<14} {pks['office']}")


@agreement.command("pks")
@click.argument("nota_id", type=int, metavar="NOTA")
@click.option("--office", "offices", multiple=True, required=True, help="Nama kantor; boleh berulang.")
@click.option("--due", type=DAY, help="Tenggat tanda tangan.")
@as_option
@json_option
def pks(nota_id: int, offices: tuple[str, ...], due: date | None, username: str | None, as_json: bool) -> None:
    """Siapkan PKS untuk kantor-kantor di bawah satu Nota Kesepakatan; yang sudah punya tidak disentuh."""
    with database():
        from naung.accounts.actions import create_office
        from naung.agreements.actions import prepare_pks

        nota, by = _one(nota_id, username), acting(username)
        asked = [create_office(name=name, kind="sector", area_code=nota.area_code[:4], by=by) for name in offices]
        made = prepare_pks(nota, offices=asked, due_on=due, by=by)
        if as_json:
            answer({"made": [_facts(one, today()) for one in made], "asked": len(asked)})
        else:
            click.echo(f"{len(made)} dari {len(asked)} PKS disiapkan; sisanya sudah ada.")


@agreement.command("move")
@click.argument("agreement_id", type=int, metavar="ID")
@click.argument("stage", type=click.Choice(_STAGES))
@click.option("--on", type=DAY, help="Hari terjadinya (bawaan: hari ini).")
@click.option("--evidence", default="", help="Bukti atau alasan.")
@click.option("--region-number", default="", help="Nomor pemerintah daerah.")
@click.option("--branch-number", default="", help="Nomor BPJS Ketenagakerjaan.")
@click.option("--signed-on", type=DAY)
@click.option("--starts-on", type=DAY)
@click.option("--ends-on", type=DAY, help="Hari pertama sesudah masa berlaku.")
@as_option
@json_option
def move_(
    agreement_id: int, stage: str, on: date | None, evidence: str, username: str | None, as_json: bool, **facts: Any
) -> None:
    """Pindahkan satu kesepakatan ke tahap lain, dengan data yang diminta tahap itu."""
    with database():
        from naung.agreements.actions import move

        one = _one(agreement_id, username)
        _told(move(one, stage=stage, on=on or today(), evidence=evidence, by=acting(username), **facts), as_json)


@agreement.command("renew")
@click.argument("agreement_id", type=int, metavar="ID")
@as_option
@json_option
def renew_(agreement_id: int, username: str | None, as_json: bool) -> None:
    """Buat draf perpanjangan dari kesepakatan yang ada; draf yang sudah ada diberikan lagi."""
    with database():
        from naung.agreements.actions import renew

        _told(renew(_one(agreement_id, username), by=acting(username)), as_json)


def _one(agreement_id: int, username: str | None) -> Agreement:
    from naung.agreements import queries
    from naung.agreements.models import Agreement
    from naung.agreements.refusals import AgreementUnknown

    person = acting(username)
    rows = queries.agreements_visible_to(person) if person else Agreement.objects.select_related("office")
    found = rows.filter(pk=agreement_id).first()
    if found is None:
        raise AgreementUnknown(agreement_id)
    return found


def _facts(one: Agreement, day: date) -> dict[str, Any]:
    from naung.agreements.queries import is_in_force

    expired = one.stage == "in_force" and one.ends_on is not None and one.ends_on <= day
    return {
        "id": one.pk,
        "kind": one.kind,
        "title": one.title,
        "area_code": one.area_code,
        "office": one.office.name if one.office else "",
        "stage": one.stage,
        "state": "expired" if expired else one.stage,
        "in_force": is_in_force(one, day),
        "due_on": one.due_on,
        "region_number": one.region_number,
        "branch_number": one.branch_number,
        "signed_on": one.signed_on,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
    }


def _told(one: Agreement, as_json: bool) -> None:
    if as_json:
        answer(_facts(one, today()))
    else:
        click.echo(f"{one.pk}: {one.title}: {one.get_stage_display()}.")
