"""`naung select` and `naung decree`: who is chosen and why, and the decree that another person signs."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from naung.config.cli.running import (
    DAY,
    MONTH,
    acting,
    answer,
    as_option,
    database,
    json_option,
    programme_of,
    today,
    write_whole,
)

if TYPE_CHECKING:
    from naung.programmes.models import Programme
    from naung.selection.models import Decree, Round

_OPEN = ("draft", "submitted")
# One line per candidate. Nobody's NIK: file and row lead back to the list that the village has.
_CANDIDATES = """
COPY (
    SELECT c.rank, (c.outcome = 'chosen')::int AS chosen, c.outcome, array_to_string(c.reasons, ';') AS reasons,
           array_to_string(c.score, ';') AS score, f.code AS funding_line, c.worker_id, w.name, c.area_code,
           w.occupation, l.filename AS file, r.sheet, r.row
      FROM selection_candidate c
      JOIN registry_worker w ON w.id = c.worker_id
      LEFT JOIN programmes_fundingline f ON f.id = c.funding_line_id
      LEFT JOIN LATERAL (
          SELECT r.list_id, r.sheet, r.row FROM registry_sourcerow r JOIN registry_sourcelist l ON l.id = r.list_id
           WHERE r.worker_id = c.worker_id AND r.verdict = 'accept' AND l.programme_code = %(programme)s
           ORDER BY r.id LIMIT 1
      ) r ON true
      LEFT JOIN registry_sourcelist l ON l.id = r.list_id
     WHERE c.round_id = %(round)s
     ORDER BY c.rank NULLS LAST, c.worker_id
) TO STDOUT WITH (FORMAT csv, HEADER)
"""


@click.command()
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@click.option("--on", type=DAY, help="Hari penilaian (bawaan: hari ini).")
@click.option("--seed", type=click.IntRange(0), help="Angka pemutus seri yang diumumkan (bawaan: milik program).")
@click.option("--month", type=MONTH, help="Bulan pertama peserta baru (bawaan: awal program, atau bulan --on).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT.csv",
              help="Satu baris per calon: urutan, terpilih, alasan.")  # fmt: skip
@click.option("--submit", is_flag=True, help="Ajukan hasilnya untuk ditetapkan orang lain.")
@as_option
@json_option
def select(
    code: str | None,
    on: date | None,
    seed: int | None,
    month: date | None,
    out: Path | None,
    submit: bool,
    username: str | None,
    as_json: bool,
) -> None:
    """Saring, urutkan, isi tempat; sisanya daftar cadangan. Data sama, hasil sama."""
    with database():
        from naung.selection import actions

        by = acting(username)
        programme = programme_of(code)
        drawn = actions.run_round(programme, on=on or today(), seed=seed, first_month=month, by=by)
        if submit:
            drawn = actions.submit_round(drawn, by=by)
        if out is not None:
            _write_candidates(drawn, programme, out)
        if as_json:
            answer(
                {
                    "programme": programme.code,
                    "round": drawn.number,
                    "status": drawn.status,
                    "on": drawn.on,
                    "seed": drawn.seed,
                    "candidates": drawn.candidates,
                    "chosen": drawn.chosen,
                    "waiting": drawn.waiting,
                    "ineligible": drawn.ineligible,
                    "cost_rp": drawn.cost_rp,
                    "reasons": drawn.reasons,
                    "input_sha256": drawn.input_sha256,
                }
            )
            return
        from naung.rules.money import rupiah

        click.echo(
            f"Seleksi ke-{drawn.number}: {drawn.candidates} calon, {drawn.chosen} terpilih, {drawn.waiting} cadangan, "
            f"{drawn.ineligible} tidak memenuhi syarat; {rupiah(drawn.cost_rp)}; seed {drawn.seed}."
        )
        for reason, count in drawn.reasons.items():
            click.echo(f"    {reason}: {count}")


def _write_candidates(drawn: Round, programme: Programme, out: Path) -> None:
    """Streamed, so that a million candidates need no memory; whole or not at all."""
    from django.db import connection

    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        with connection.cursor() as cursor, fresh.open("wb") as file:
            statement = _CANDIDATES % {"programme": _literal(programme.code), "round": int(drawn.pk)}
            with cursor.copy(statement) as copy:
                for part in copy:
                    file.write(part)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def _literal(text: str) -> str:
    from psycopg import sql

    return sql.Literal(text).as_string(None)  # COPY takes no parameters


class EnactsByDefault(click.Group):
    """`naung decree --number ...` is what people come for: it enacts."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0].startswith("--") and args[0] != "--help":
            args = ["enact", *args]
        return super().parse_args(ctx, args)


@click.group(cls=EnactsByDefault)
def decree() -> None:
    """SK: ajukan, tetapkan oleh orang lain, cetak. Tanpa kata lain: tetapkan."""


@decree.command("submit")
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@as_option
def submit(code: str | None, username: str | None) -> None:
    """Ajukan seleksi yang terbuka; sejak itu isinya terkunci."""
    with database():
        from naung.selection.actions import submit_round

        sent = submit_round(_open_round(programme_of(code)), by=acting(username))
        click.echo(f"Seleksi ke-{sent.number} diajukan: {sent.chosen} orang.")


@decree.command("return")
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@click.option("--reason", required=True, help="Mengapa dikembalikan.")
@as_option
def return_(code: str | None, reason: str, username: str | None) -> None:
    """Kembalikan seleksi yang diajukan, dengan alasannya."""
    with database():
        from naung.selection.actions import return_round

        back = return_round(_open_round(programme_of(code)), reason=reason, by=acting(username))
        click.echo(f"Seleksi ke-{back.number} dikembalikan.")


@decree.command("enact")
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@click.option("--number", required=True, help="Nomor SK.")
@click.option("--on", "--date", "on", type=DAY, required=True, help="Tanggal SK.")
@click.option("--signer", help="Nama penanda tangan (bawaan: yang menetapkan).")
@click.option("--signer-title", help="Jabatannya, misalnya Wali Kota Binjai (bawaan: perannya).")
@click.option("--as", "username", metavar="PENGGUNA", required=True, help="Yang menetapkan; bukan yang menyiapkan.")
@json_option
def enact(
    code: str | None,
    number: str,
    on: date,
    signer: str | None,
    signer_title: str | None,
    username: str,
    as_json: bool,
) -> None:
    """Tetapkan seleksi yang terbuka: SK terbit dan orangnya terdaftar.

    Seleksi yang belum diajukan diajukan dahulu oleh sistem. Yang menyiapkannya tidak dapat menetapkannya.
    """
    with database():
        from django.db import transaction

        from naung.coverage.actions import enact_round
        from naung.selection.actions import submit_round

        by = acting(username)
        assert by is not None
        programme = programme_of(code)
        waiting = programme.rounds.filter(status__in=_OPEN).exists()
        made = None if waiting else programme.decrees.filter(number=number.strip()).first()
        if made is None:  # else it was enacted before, and nothing waits
            with transaction.atomic():  # refused, it is not left submitted either
                drawn = _open_round(programme)
                made = enact_round(
                    submit_round(drawn, by=None) if drawn.status == "draft" else drawn,
                    number=number,
                    decided_on=on,
                    signer=signer or by.full_name,
                    signer_title=signer_title or str(by.get_role_display()),
                    by=by,
                )
        if as_json:
            answer(_facts(made))
        else:
            click.echo(f"SK {made.number}: {made.enters} masuk, {made.leaves} keluar, {made.total} orang.")


@decree.command("list")
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@json_option
def list_(code: str | None, as_json: bool) -> None:
    """Daftar SK sebuah program."""
    with database():
        found = list(programme_of(code).decrees.order_by("decided_on", "id"))
        if as_json:
            answer({"decrees": [_facts(one) for one in found]})
            return
        for one in found:
            click.echo(f"{one.number}  {one.decided_on}  masuk {one.enters}, keluar {one.leaves}, jumlah {one.total}")


@decree.command("print")
@click.argument("number", metavar="NOMOR")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.pdf|FILE.docx|FILE.xlsx")
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@click.option("--full", is_flag=True, help="Lengkap dengan NIK, tercatat di jejak (bawaan: versi umum, tersamar).")
@click.option("--as", "username", metavar="PENGGUNA", required=True, help="Yang mencetak.")
def print_(number: str, out: Path, code: str | None, full: bool, username: str) -> None:
    """Cetak SK dengan lampirannya sebagai PDF, DOCX, atau XLSX; yang sudah terbit diberikan persis seperti terbit."""
    kind = out.suffix.lower().lstrip(".")
    if kind not in ("pdf", "docx", "xlsx"):
        raise click.BadParameter("Nama berkas berakhir dengan .pdf, .docx, atau .xlsx.", param_hint="FILE")
    with database():
        from naung.selection import issued, printing

        by = acting(username)
        assert by is not None
        programme = programme_of(code)
        found = programme.decrees.filter(number=number.strip()).first()
        if found is None:
            raise click.BadParameter(f"{programme.code} tidak punya SK «{number}».", param_hint="NOMOR")
        version = "lengkap" if full else "umum"
        official = issued.of(found) if kind in printing.ISSUED_AS else None
        if official is not None:
            content = official.open(printing.VERSIONS[version], kind, by)
        else:
            content = printing.draw(found, version=version, kind=kind, by=by)
        write_whole(out, content, private=full)
        click.echo(f"SK {found.number} tercetak di {out}.")


def _open_round(programme: Programme) -> Round:
    found = programme.rounds.filter(status__in=_OPEN).first()
    if found is None:
        raise click.UsageError(f"{programme.code} tidak punya seleksi yang terbuka. Mulai dengan: naung select.")
    return found


def _facts(one: Decree) -> dict[str, object]:
    return {
        "number": one.number, "decided_on": one.decided_on, "first_month": one.first_month, "ends_on": one.ends_on,
        "enters": one.enters, "leaves": one.leaves, "total": one.total, "list_sha256": one.list_sha256,
        "amends": one.amends.number if one.amends else None,
    }  # fmt: skip
