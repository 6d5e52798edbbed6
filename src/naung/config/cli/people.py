"""`naung users` and `naung keys`: who signs in, and the keys that seal NIK, KK and phone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from naung.config.cli.running import acting, answer, as_option, counting, database, json_option, tell


@click.group()
def users() -> None:
    """Orang yang masuk: nama pengguna, peran, wilayah."""


@users.command("add")
@click.argument("name", metavar="PENGGUNA")
@click.option("--full-name", required=True, help="Nama lengkap.")
@click.option("--role", required=True, help="Peran; daftar peran: naung users roles.")
@click.option("--area", required=True, metavar="KODE", help="Wilayah kerja: 2, 4, 6, atau 10 angka.")
@click.option("--office", metavar="NAMA", help="Nama kantor.")
@click.option("--office-kind", default="owner", show_default=True, help="Jenis kantor bila kantornya baru.")
@click.option("--email", default="")
@click.option("--password-stdin", is_flag=True, help="Baca kata sandi dari masukan, satu baris.")
@as_option
@json_option
def add(
    name: str,
    full_name: str,
    role: str,
    area: str,
    office: str | None,
    office_kind: str,
    email: str,
    password_stdin: bool,
    username: str | None,
    as_json: bool,
) -> None:
    """Tambah orang yang dapat masuk. Kata sandi ditanyakan, tidak pernah ditulis di baris perintah."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Kata sandi", hide_input=True, confirmation_prompt="Ulangi kata sandi", err=True)
    with database():
        from naung.accounts import actions
        from naung.accounts.models import Office
        from naung.areas import queries as areas

        area_code = areas.area(area).code
        if office is not None and office_kind not in Office.Kind.values:
            raise click.BadParameter(f"Pilih dari: {', '.join(Office.Kind.values)}.", param_hint="--office-kind")
        by = acting(username)
        body = None
        if office is not None:
            body = actions.create_office(name=office, kind=office_kind, area_code=area_code, by=by)
        user = actions.create_user(
            username=name,
            full_name=full_name,
            role=role,
            area_code=area_code,
            office=body,
            password=password,
            email=email,
            by=by,
        )
        if as_json:
            answer({"username": user.username, "role": user.role, "area_code": user.area_code})
        else:
            click.echo(f"{user.username} dapat masuk sebagai {user.get_role_display()}, {user.territory_name}.")


@users.command("roles")
@json_option
def roles(as_json: bool) -> None:
    """Daftar peran."""
    with database(prepare=False):
        from naung.accounts.permissions import Role

        if as_json:
            answer({"roles": {role.value: str(role.label) for role in Role}})
            return
        for role in Role:
            click.echo(f"{role.value:<20}  {role.label}")


@click.group()
def keys() -> None:
    """Kunci yang menyegel NIK, KK, dan telepon."""


@keys.command("rotate")
@click.option("--index", is_flag=True, help="Ganti juga kunci pencarian (penerimaan daftar menunggu sampai selesai).")
@as_option
@json_option
def rotate(index: bool, username: str | None, as_json: bool) -> None:
    """Ganti kunci. Dapat dihentikan kapan saja dan dijalankan lagi."""
    with database(), counting("disegel ulang") as progress:
        from naung.registry.actions import rotate_keys

        done = rotate_keys(by=acting(username), index=index, progress=progress)
    if as_json:
        answer({"resealed": done.resealed, "reindexed": done.reindexed, "resumed": done.resumed})
    else:
        click.echo(f"Kunci sudah diganti: {done.resealed} segel baru. Simpan salinan kunci baru: naung keys export.")


@keys.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@as_option
def export(file: Path, username: str | None) -> None:
    """Salin kunci ke FILE (hanya pemiliknya dapat membaca). Simpan terpisah dari cadangan."""
    with database():
        from django.db import transaction

        from naung.audit import actions as audit
        from naung.registry.vault import vault

        by = acting(username)
        text = vault().keys.to_json()
        with transaction.atomic():
            audit.record("keys.export", by=by, target_type="keys", target_id=vault().keys.active)
            try:
                handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                raise click.BadParameter(f"{file} sudah ada. Pilih nama lain.", param_hint="FILE") from None
            with os.fdopen(handle, "w") as written:
                written.write(text)
    tell(f"Kunci tersalin ke {file}. Siapa pun yang memegangnya dapat membaca NIK dari cadangan: simpan di brankas.")
