"""`naung doctor`, `backup`, `restore`, `audit`: keeping the installation and looking back."""

from __future__ import annotations

from pathlib import Path

import click

from naung.config.cli.running import REFUSED, answer, database, json_option, tell


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Periksa instalasi dan semua aturan pokok di seluruh basis data."""
    with database(prepare=False):
        from naung.config.doctor import examine

        checks = []
        for check in examine():
            checks.append(check)
            if not as_json:
                click.echo(f"{'baik   ' if check.healthy else 'MASALAH'}  {check.name}")
                for problem in check.problems:
                    click.echo(f"         [{problem.rule}] {problem}")
    healthy = all(check.healthy for check in checks)
    if as_json:
        answer({"healthy": healthy, "checks": [check.to_json() for check in checks]})
    elif healthy:
        click.echo("Semua baik.")
    if not healthy:
        context.exit(REFUSED)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def backup(file: Path, as_json: bool) -> None:
    """Cadangkan basis data dan berkas ke FILE (tar). Kunci tidak ikut: naung keys export."""
    with database():
        from naung.config.backup import back_up

        manifest = back_up(file)
    if as_json:
        answer({"file": str(file), "bytes": file.stat().st_size, **manifest})
    else:
        tell(f"Cadangan tersimpan di {file}. Simpan kuncinya terpisah (naung keys export); tanpanya NIK tidak terbaca.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Ganti isi instalasi yang sudah ada.")
@json_option
def restore(file: Path, replace: bool, as_json: bool) -> None:
    """Pulihkan cadangan FILE. Menolak instalasi yang sudah berisi, kecuali dengan --replace."""
    with database(prepare=False):
        from naung.config.backup import restore as bring_back

        manifest = bring_back(file, replace=replace)
    if as_json:
        answer(manifest)
    else:
        tell(f"Cadangan dari {manifest['at']} sudah pulih. Periksa dengan: naung doctor.")


@click.group()
def audit() -> None:
    """Jejak: siapa berbuat apa, kapan, untuk siapa."""


@audit.command("tail")
@click.option("-n", "--lines", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--area", metavar="KODE", help="Hanya wilayah ini.")
@json_option
def tail(lines: int, area: str | None, as_json: bool) -> None:
    """Catatan terakhir, yang terbaru paling bawah."""
    with database():
        from django.utils import timezone

        from naung.accounts.territory import within_area
        from naung.areas.codes import parse_code
        from naung.audit.models import Record

        # Whoever has a shell on the server has the database: no person, so no territory, to ask.
        records = Record.objects.order_by("-id")
        if area is not None:
            records = within_area(records, parse_code(area))
        found = list(records[:lines])[::-1]
        if as_json:
            answer(
                {
                    "records": [
                        {
                            "at": one.at, "actor": one.actor, "role": one.actor_role, "action": one.action,
                            "target_type": one.target_type, "target_id": one.target_id,
                            "target_name": one.target_name, "area_code": one.area_code, "reason": one.reason,
                            "detail": one.detail,
                        }
                        for one in found
                    ]
                }
            )  # fmt: skip
            return
        for one in found:
            at = timezone.localtime(one.at).strftime("%Y-%m-%d %H:%M:%S")
            target = one.target_name or f"{one.target_type} {one.target_id}"
            click.echo("  ".join(filter(None, [at, one.area_code, one.actor, one.action, target, one.reason])))
