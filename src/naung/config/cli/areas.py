"""`naung areas`: the list of provinces, regencies, districts and villages."""

from __future__ import annotations

import click

from naung.config.cli.running import answer, database, json_option


@click.group()
def areas() -> None:
    """Kode wilayah: cari nama atau kode."""


@areas.command("search")
@click.argument("text", metavar="NAMA|KODE")
@click.option("--within", metavar="KODE", help="Hanya di dalam wilayah ini.")
@click.option("--former", is_flag=True, help="Sertakan kode yang tidak berlaku lagi.")
@click.option("--limit", type=click.IntRange(1, 100), default=20, show_default=True)
@json_option
def search(text: str, within: str | None, former: bool, limit: int, as_json: bool) -> None:
    """Cari wilayah menurut nama atau kode, misalnya «kec. binjai» atau 12.75."""
    with database():
        from naung.areas.queries import search_areas

        found = [
            {"code": area.code, "name": area.name, "kind": area.kind, "path": _path(area)}
            for area in search_areas(text, within=within, former=former, limit=limit)
        ]
    if as_json:
        answer({"areas": found})
    elif not found:
        click.echo("Tidak ada wilayah yang cocok.", err=True)
    for area in [] if as_json else found:
        click.echo(f"{area['code']:<10}  {area['path']}")


def _path(area: object) -> str:
    names: list[str] = []
    one = area
    while one is not None:
        names.append(one.name)  # type: ignore[attr-defined]
        one = one.parent  # type: ignore[attr-defined]
    return ", ".join(names)
