"""`naung intake`: lists as villages send them, one verdict for every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from naung.config.cli.references import KINDS
from naung.config.cli.running import (
    DAY,
    REFUSED,
    acting,
    answer,
    as_option,
    database,
    json_option,
    programme_of,
    stages,
    tell,
    today,
    write_whole,
)

if TYPE_CHECKING:
    from naung.registry.actions import FileResult, IntakeResult

_STAGES = {"read": "Membaca", "check": "Memeriksa", "store": "Menyimpan", "commit": "Menyelesaikan"}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("--programme", "code", required=True, metavar="KODE")
@click.option("--reference-date", type=DAY, help="Hari penghitungan usia (bawaan: hari ini).")
@click.option("--deaths", type=_FILE, help="Data kematian, untuk pemeriksaan ini saja.")
@click.option("--members", type=_FILE, help="Peserta lain, untuk pemeriksaan ini saja.")
@click.option("--moved", type=_FILE, help="Yang pindah, untuk pemeriksaan ini saja.")
@click.option("--deciles", type=_FILE, help="Desil, untuk pemeriksaan ini saja.")
@click.option("--verdicts", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.csv",
              help="Satu baris per baris daftar: file,sheet,row,verdict,reason,cluster_id.")  # fmt: skip
@click.option("--return-dir", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Tulis baris yang belum diterima sebagai XLSX, dengan alasannya, ke folder ini.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Periksa saja, jangan simpan.")
@as_option
@json_option
@click.pass_context
def intake(
    context: click.Context,
    paths: tuple[Path, ...],
    code: str,
    reference_date: date | None,
    verdicts: Path | None,
    return_dir: Path | None,
    dry_run: bool,
    username: str | None,
    as_json: bool,
    **references: Path | None,
) -> None:
    """Periksa daftar (CSV, XLSX, ODS) dan simpan. PATH boleh folder.

    Berkas yang sama sekali lagi tidak mengubah apa pun. Berkas yang tidak terbaca ditolak utuh; yang lain jalan
    terus. Kode keluar 1 bila tidak satu pun berkas terbaca.
    """
    handed = _named(paths)
    with database():
        from naung.programmes.intake_rules import intake_rules
        from naung.registry.actions import take_in
        from naung.registry.references import read_reference

        programme = programme_of(code)
        by = acting(username)
        day = reference_date or today()
        given = [
            (kind, read_reference(path, path.name, kind=kind, as_of=day))
            for kind in KINDS
            if (path := references[kind]) is not None
        ]
        with stages(_STAGES) as progress:
            result = take_in(
                handed,
                programme_code=programme.code,
                rules=intake_rules(programme, on=day),
                reference_date=day,
                references=given,
                dry_run=dry_run,
                by=by,
                progress=progress,
            )
        if verdicts is not None:
            write_whole(verdicts, result.verdicts().write_csv().encode())
        if return_dir is not None:
            _return(result, return_dir)
    if as_json:
        answer(result.to_json() | {"stored": any(one.stored for one in result.files)})
    else:
        _tell(result, dry_run=dry_run)
    if len(result.refused) == len(result.files):
        context.exit(REFUSED)


def _named(paths: tuple[Path, ...]) -> list[tuple[str, Path]]:
    """Every file with the name it goes by: relative to its folder, or its own; the path where two are named alike."""
    found = [pair for path in paths for pair in _files(path)]
    if not found:
        raise click.BadParameter("Tidak ada berkas di folder itu.", param_hint="PATH")
    names = Counter(name for name, _ in found)
    return [(path.as_posix() if names[name] > 1 else name, path) for name, path in found]


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    if not path.is_dir():
        yield path.name, path
        return
    for one in sorted(path.rglob("*")):
        # Hidden files and Excel's own lock files are nobody's list.
        name = one.relative_to(path)
        if one.is_file() and not any(part.startswith((".", "~$")) for part in name.parts):
            yield name.as_posix(), one


def _return(result: IntakeResult, folder: Path) -> None:
    """One workbook for each list with rows that were not simply taken."""
    for one in result.files:
        if one.refused is None and (one.counts["accepted"] < one.counts["received"] or one.reasons):
            name = one.name.strip("/").replace("/", "_")
            write_whole(folder / f"{name}-kembali.xlsx", one.workbook(), private=True)


def _tell(result: IntakeResult, *, dry_run: bool) -> None:
    for one in result.files:
        if one.refused is not None:
            tell(f"{one.name}: {one.refused}")
            continue
        click.echo(f"{one.name}: {_counts(one.counts)}{_note(one, dry_run=dry_run)}")
    if len(result.files) > 1:
        click.echo(f"Semua: {_counts(result.counts)}")
    if result.reasons:
        click.echo("Alasan: " + ", ".join(f"{code} {count}" for code, count in result.reasons.items()))


def _counts(counts: dict[str, int]) -> str:
    return (
        f"{counts['received']} baris, {counts['accepted']} diterima, {counts['rejected']} perlu diperbaiki, "
        f"{counts['review']} akan diperiksa petugas, {counts['duplicate']} sudah ada"
    )


def _note(one: FileResult, *, dry_run: bool) -> str:
    if one.repeated:
        return " (sudah pernah dikirim; tidak ada yang berubah)"
    return " (tidak disimpan)" if dry_run else ""
