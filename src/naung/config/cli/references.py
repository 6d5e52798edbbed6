"""`naung reference`: what other bodies answered."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from naung.config.cli.running import DAY, acting, answer, as_option, database, json_option

KINDS = ("deaths", "members", "moved", "deciles")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Kematian, peserta lain, pindah, desil.")
@click.option("--area", required=True, metavar="KODE", help="Wilayah yang dibicarakan data ini.")
@click.option("--source", required=True, help="Siapa yang menjawab, misalnya Disdukcapil Kota Binjai.")
@click.option("--as-of", type=DAY, required=True, help="Keadaan per tanggal ini.")
@as_option
@json_option
def reference(file: Path, kind: str, area: str, source: str, as_of: date, username: str | None, as_json: bool) -> None:
    """Terima data acuan (CSV, XLSX, ODS): kematian, peserta lain, pindah, desil."""
    with database():
        from naung.areas import queries as areas
        from naung.contributions.actions import take_reference_list

        applied = take_reference_list(
            file=file,
            filename=file.name,
            kind=kind,
            source=source,
            as_of=as_of,
            area_code=areas.area(area).code,
            by=acting(username),
        )
        taken = applied.taken
        if as_json:
            answer(
                {
                    "kind": kind,
                    "rows": taken.list.rows,
                    "malformed": taken.list.malformed,
                    "repeated": taken.repeated,
                    "months_settled": applied.months_settled,
                }
            )
            return
        again = " (sudah pernah diterima)" if taken.repeated else ""
        click.echo(f"{taken.list.rows} orang diterima, {taken.list.malformed} baris tanpa NIK yang terbaca{again}.")
        if applied.months_settled:
            click.echo(f"{applied.months_settled} bulan iuran sesudah kematian dibatalkan atau dikreditkan.")
        if applied.waits_for_officer:
            click.echo("Petugas program yang mencatat peserta keluar dari daftar ini.")
