"""`naung leave`, `replace`, `protect`: who goes out, who takes the place, who is covered on a day."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from naung.config.cli.running import DAY, MONTH, acting, answer, as_option, database, json_option, programme_of, today

if TYPE_CHECKING:
    from naung.coverage.models import Enrolment
    from naung.registry.models import Worker

_REASONS = ("death", "moved", "wage_job", "other_funder", "refused")


@click.command()
@click.argument("nik", metavar="NIK|-")
@click.option("--reason", type=click.Choice(_REASONS), required=True)
@click.option("--on", type=DAY, required=True, help="Tanggal kejadian; bulan itu masih terlindungi.")
@click.option("--evidence", required=True, help="Surat atau daftar yang menunjukkannya.")
@as_option
@json_option
def leave(nik: str, reason: str, on: date, evidence: str, username: str | None, as_json: bool) -> None:
    """Catat peserta keluar: tagihan berhenti sejak bulan sesudah kejadian."""
    digits = _nik(nik)
    with database():
        from naung.contributions.actions import end_cover
        from naung.coverage.refusals import NotEnrolledThen

        by = acting(username)
        worker = _worker(digits)
        stretch = _stretch(worker, on) if worker else None
        if stretch is None:
            raise NotEnrolledThen(on)
        out = end_cover(stretch, reason=reason, happened_on=on, evidence=evidence, by=by)
        if as_json:
            answer({"programme": stretch.programme.code, "reason": out.reason, "first_month_out": out.first_month_out})
        else:
            click.echo(f"Keluar dari {stretch.programme.name} sejak {out.first_month_out:%Y-%m}.")


@click.command()
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@click.option("--month", type=MONTH, required=True, help="Bulan pertama pengganti.")
@click.option("--on", type=DAY, help="Tanggal penilaian (bawaan: hari ini).")
@as_option
@json_option
def replace(code: str | None, month: date, on: date | None, username: str | None, as_json: bool) -> None:
    """Isi tempat yang kosong dari daftar cadangan: rancangan SK perubahan."""
    with database():
        from naung.coverage.actions import draft_replacements

        programme = programme_of(code)
        drafted = draft_replacements(programme, first_month=month, on=on or today(), by=acting(username))
        if as_json:
            answer({"programme": programme.code, "round": drafted.number, "chosen": drafted.chosen})
        else:
            click.echo(f"Seleksi ke-{drafted.number}: {drafted.chosen} pengganti. Ajukan dengan: naung decree submit.")


@click.command()
@click.argument("nik", metavar="NIK|-")
@click.option("--on", type=DAY, help="Pada tanggal ini (bawaan: hari ini).")
@json_option
def protect(nik: str, on: date | None, as_json: bool) -> None:
    """Apakah orang ini terlindungi pada suatu tanggal, oleh siapa, sampai kapan, JKM penuh sejak kapan.

    «-» membaca NIK dari masukan, sehingga tidak tertinggal di riwayat perintah.
    """
    digits = _nik(nik)
    with database():
        from naung.contributions.queries import protection

        day = on or today()
        worker = _worker(digits)
        if worker is None:
            if as_json:
                answer({"on": day, "known": False, "covered": False})
            else:
                click.echo("Tidak terlindungi: orang ini tidak dikenal di sini.")
            return
        state = protection(worker.pk, day, died_on=worker.died_on)
        payer = state.funding_line
        if as_json:
            answer(
                {
                    "on": day,
                    "known": True,
                    "covered": state.covered,
                    "since": state.since,
                    "until": state.until,
                    "months": state.months,
                    "full_jkm_from": state.full_jkm_from,
                    "programme": state.programme.code if state.programme else None,
                    "funding_line": payer.code if payer else None,
                    "payer": payer.payer if payer else None,
                    "died_on": state.died_on,
                }
            )
            return
        if not state.covered:
            click.echo(f"Tidak terlindungi pada {day}.")
        else:
            click.echo(f"Terlindungi pada {day}, sejak {state.since} sampai {state.until}.")
            if state.programme and payer:
                click.echo(f"Dibayar oleh {payer.name}, {state.programme.name}.")
            click.echo(f"JKM penuh sejak {state.full_jkm_from}." if state.full_jkm_from else
                       "JKM penuh belum tercapai dengan bulan yang sudah dibayar.")  # fmt: skip
        if state.died_on:
            click.echo(f"Tercatat meninggal pada {state.died_on}.")


def _nik(text: str) -> str:
    """Sixteen digits, from the argument or from the input; the refusal does not repeat them."""
    if text == "-":
        text = sys.stdin.readline()
    digits = "".join(one for one in text if one not in " .-'\r\n")
    if len(digits) != 16 or not (digits.isascii() and digits.isdigit()):
        raise click.BadParameter("NIK harus 16 angka.", param_hint="NIK")
    return digits


def _worker(digits: str) -> Worker | None:
    from naung.registry.models import Worker
    from naung.registry.vault import vault

    worker = Worker.objects.filter(nik_index=vault().index("nik", digits)).first()
    while worker is not None and worker.merged_into_id is not None:
        worker = worker.merged_into
    return worker


def _stretch(worker: Worker, on: date) -> Enrolment | None:
    """The stretch that an event concerns: the one that holds the day, else the next to begin."""
    from naung.coverage.queries import enrolments_of

    known = list(enrolments_of(worker.pk))
    planned = sorted((one for one in known if not one.period.isempty), key=lambda one: one.period.lower)
    for one in planned:
        if on < one.period.upper:
            return one
    # Nothing fits: the action itself says why for the last one.
    return known[-1] if known else None
