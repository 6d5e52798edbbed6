"""`naung programme`: programmes as files."""

from __future__ import annotations

from pathlib import Path

import click

from naung.config.cli.running import acting, answer, as_option, database, json_option, programme_of, tell


@click.group()
def programme() -> None:
    """Program: siapa, berapa tempat, bulan mana, uang dari mana."""


@programme.command("create")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Ganti isi program, selama belum ada seleksi.")
@as_option
@json_option
def create(file: Path, replace: bool, username: str | None, as_json: bool) -> None:
    """Buat program dari FILE.json. Berkas yang sama sekali lagi tidak mengubah apa pun."""
    with database():
        from naung.programmes.actions import create_programme
        from naung.programmes.spec import read_spec

        spec = read_spec(file)
        if not {"agreements", "without_agreement"} & spec.model_fields_set:
            # Files from before 0.4 say nothing of it. They go on working, and the page of the programme shows why.
            tell("Berkas tidak menyebut perjanjian; itu dicatat sebagai alasan. Isi agreements atau without_agreement.")
            spec = spec.model_copy(update={"without_agreement": "Berkas program tidak menyebut perjanjian."})
        made = create_programme(spec, replace=replace, by=acting(username))
        if as_json:
            answer({"code": made.code, "area_code": made.area_code, "places": made.places})
        else:
            click.echo(f"Program {made.code} siap: {made.name}, {made.places} tempat.")


@programme.command("schema")
def schema() -> None:
    """Cetak JSON Schema berkas program."""
    from naung.programmes.spec import json_schema

    answer(json_schema())


@programme.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Daftar program."""
    with database():
        from django.utils import timezone

        from naung.programmes.models import Programme

        today = timezone.localdate()
        found = (
            Programme.objects.select_related("owner")
            .prefetch_related("owner_changes__now")
            .order_by("area_code", "-starts_on", "code")
        )
        if as_json:
            answer(
                {
                    "programmes": [
                        {
                            "code": one.code, "name": one.name, "area_code": one.area_code,
                            "owner": one.owner_on(today).name,
                            "first_month": one.starts_on, "ends_on": one.ends_on, "places": one.places,
                            "status": one.status,
                        }
                        for one in found
                    ]
                }
            )  # fmt: skip
            return
        for one in found:
            click.echo(f"{one.code:<28}  {one.area_code:<6}  {one.places:>9}  {one.name}")


@programme.command("show")
@click.argument("code", metavar="KODE")
def show(code: str) -> None:
    """Cetak isi program sebagai JSON, seperti berkasnya."""
    with database():
        answer(programme_of(code).spec)
