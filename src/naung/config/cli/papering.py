"""`naung paper`: official papers, issued, saved to a file, and held against what was issued."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from naung.config.cli.running import DAY, acting, answer, as_option, database, json_option, today
from naung.gateways.failure import GatewayError

if TYPE_CHECKING:
    from naung.papers.models import Paper

_EDITIONS = {"public": "publik", "full": "lengkap"}


@click.group()
def paper() -> None:
    """Naskah resmi: terbitkan, simpan sebagai berkas, periksa keasliannya."""


@paper.command("kinds")
@json_option
def kinds(as_json: bool) -> None:
    """Jenis naskah dan isian templatnya."""
    with database(prepare=False):
        from naung.documents.letters.kinds import KINDS

        if as_json:
            answer(
                {
                    "kinds": [
                        {
                            "kind": kind.code,
                            "name": kind.name,
                            "fields": [
                                {"name": one.name, "sort": one.sort, "needed": one.needed, "words": one.words}
                                for one in kind.fields
                            ],
                        }
                        for kind in KINDS.values()
                    ]
                }
            )
            return
        for kind in KINDS.values():
            click.echo(f"{kind.code:<22} {kind.name}")


@paper.command("about")
@click.argument("kind", metavar="JENIS")
@as_option
@json_option
def about(kind: str, username: str | None, as_json: bool) -> None:
    """Tentang apa naskah JENIS dapat diterbitkan: kunci dan namanya."""
    with database():
        from naung.papers.gathering import gatherer_of
        from naung.papers.refusals import KindUnknown

        gatherer = gatherer_of(kind)
        if gatherer is None:
            raise KindUnknown(kind)
        found = gatherer.subjects(_person(username))
        if as_json:
            answer({"kind": kind, "subjects": [{"key": one.key, "name": one.name} for one in found]})
            return
        for one in found:
            click.echo(f"{one.key:<22} {one.name}")


@paper.command("issue")
@click.argument("kind", metavar="JENIS")
@click.argument("key", metavar="KUNCI")
@click.option("--on", type=DAY, help="Tanggal naskah (bawaan: hari ini).")
@click.option("--number", default="", help="Nomor; tanpa ini nomor berikut menurut pola daerah.")
@click.option("--field", "fields", multiple=True, metavar="NAMA=ISI",
              help="Isian yang hanya diketahui orang; boleh berulang.")  # fmt: skip
@click.option("--replaces", metavar="KODE", help="Kode naskah yang digantikan.")
@as_option
@json_option
def issue(
    kind: str,
    key: str,
    on: date | None,
    number: str,
    fields: tuple[str, ...],
    replaces: str | None,
    username: str | None,
    as_json: bool,
) -> None:
    """Terbitkan naskah JENIS tentang KUNCI. Sekali terbit isinya tidak berubah lagi."""
    typed = dict(_field(one) for one in fields)
    with database():
        from django.conf import settings

        from naung.papers.actions import issue_paper

        if not settings.PUBLIC_URL:
            raise click.UsageError("Tetapkan NAUNG_PUBLIC_URL: alamat yang dibuka kode QR pada naskah.")
        by = _person(username)
        old = _found(replaces, username) if replaces else None
        site = settings.PUBLIC_URL
        made = issue_paper(kind, key, on=on or today(), by=by, site=site, number=number, replaces=old, typed=typed,
                           suggested=True)  # fmt: skip
        _told(made, as_json)


@paper.command("list")
@as_option
@json_option
def list_(username: str | None, as_json: bool) -> None:
    """Naskah yang sudah terbit, terbaru dahulu."""
    with database():
        from naung.papers.queries import papers_visible_to

        found = list(papers_visible_to(_person(username)))
        if as_json:
            answer({"papers": [_facts(one) for one in found]})
            return
        for one in found:
            facts = _facts(one)
            click.echo(f"{facts['code']}  {facts['dated']}  {facts['state']:<11} {facts['kind']:<20} {one.number}")


@paper.command("save")
@click.argument("code", metavar="KODE")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--full", is_flag=True, help="Salinan lengkap dengan nama; tercatat di jejak audit.")
@as_option
@json_option
def save(code: str, file: Path, full: bool, username: str | None, as_json: bool) -> None:
    """Simpan naskah yang sudah terbit sebagai FILE.pdf atau FILE.docx, persis seperti diterbitkan."""
    with database():
        from naung.papers.actions import opened
        from naung.papers.queries import files_visible_to
        from naung.papers.refusals import SubjectUnknown

        by, one = _person(username), _found(code, username)
        edition = "full" if full else "public"
        held = files_visible_to(by, one).filter(form=file.suffix.lstrip(".").lower(), edition=edition).first()
        if held is None:
            raise SubjectUnknown()
        content = opened(held, by=by)
        try:
            file.write_bytes(content)
        except OSError as fault:
            raise GatewayError(f"{file} tidak dapat ditulis: {fault.strerror}.") from fault
        if as_json:
            answer({"file": str(file), "sha256": held.sha256, "edition": edition, "size": held.size})
        else:
            click.echo(f"{file}: {held.size} byte, salinan {_EDITIONS[edition]}, SHA-256 {held.sha256}")


@paper.command("check")
@click.argument("code", metavar="KODE")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@json_option
def check(code: str, file: Path | None, as_json: bool) -> None:
    """Cocokkan KODE, dan bila ada FILE, dengan naskah yang diterbitkan. Tidak menyebut orang."""
    with database():
        from naung.papers.queries import confirmed, is_one_of
        from naung.papers.refusals import PaperUnknown

        seen = confirmed(code)
        if seen is None:
            raise PaperUnknown()
        facts: dict[str, Any] = {
            "code": seen.code,
            "kind": seen.kind,
            "number": seen.number,
            "dated": seen.dated,
            "region": seen.region,
            "state": seen.state,
            "newer_number": seen.newer_number,
        }
        if file is not None:
            facts["same_file"] = is_one_of(code, hashlib.sha256(file.read_bytes()).hexdigest()) is not None
        if as_json:
            answer(facts)
            return
        click.echo(f"{seen.kind} {seen.number}, {seen.dated}, {seen.region}: {seen.state}")
        if file is not None:
            same = facts["same_file"]
            click.echo("Berkas ini persis yang diterbitkan." if same else "Berkas ini BUKAN yang diterbitkan.")


def _person(username: str | None) -> Any:
    """Papers are issued and opened in somebody's name."""
    person = acting(username)
    if person is None:
        raise click.UsageError("Sebutkan siapa yang bertindak: --as PENGGUNA.")
    return person


def _found(code: str, username: str | None) -> Paper:
    from naung.papers import codes
    from naung.papers.queries import papers_visible_to
    from naung.papers.refusals import PaperUnknown

    found = papers_visible_to(_person(username)).filter(code=codes.normalised(code)).first()
    if found is None:
        raise PaperUnknown()
    return found


def _field(text: str) -> tuple[str, Any]:
    """`nama=isi`; a value that is a JSON list stands for lines or rows."""
    name, given, value = text.partition("=")
    if not given or not name.strip():
        raise click.BadParameter(f"«{text}»: tulis seperti nama=isi.", param_hint="--field")
    if value.lstrip().startswith("["):
        try:
            return name.strip(), json.loads(value)
        except ValueError:
            raise click.BadParameter(f"«{name}»: daftar JSON tidak dapat dibaca.", param_hint="--field") from None
    return name.strip(), value


def _facts(one: Paper) -> dict[str, Any]:
    from naung.papers import codes
    from naung.papers.queries import state_of

    return {
        "code": codes.written(one.code),
        "kind": one.kind,
        "number": one.number,
        "dated": one.dated,
        "title": one.title,
        "state": state_of(one),
        "contents_sha256": one.contents_sha256,
        "version": one.version,
    }


def _told(one: Paper, as_json: bool) -> None:
    facts = _facts(one)
    if as_json:
        answer(facts)
    else:
        click.echo(f"Terbit: {facts['number']}, kode {facts['code']}.")
