"""`naung bill` and `naung pay`: what is owed, and the money that makes months active."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from naung.config.cli.running import DAY, MONTH, acting, answer, as_option, database, json_option, programme_of, tell

if TYPE_CHECKING:
    from naung.accounts.models import User
    from naung.contributions.models import Bill, Payment


@click.command()
@click.option("--programme", "code", metavar="KODE", help="Program (boleh kosong bila hanya satu).")
@click.option("--line", metavar="KODE", help="Sumber dana (bawaan: semua, masing-masing satu tagihan).")
@click.option("--month", type=MONTH, required=True, help="Bulan iuran pertama.")
@click.option(
    "--until", "--to", "until", type=MONTH, help="Bulan iuran terakhir, ikut ditagih (bawaan: bulan pertama)."
)
@click.option("--due", type=DAY, help="Jatuh tempo (bawaan: hari terakhir bulan pertama).")
@click.option("--payment-code", "--code", "payment_code", default="", metavar="KODE", help="Kode iuran dari cabang.")
@as_option
@json_option
def bill(
    code: str | None,
    line: str | None,
    month: date,
    until: date | None,
    due: date | None,
    payment_code: str,
    username: str | None,
    as_json: bool,
) -> None:
    """Terbitkan tagihan iuran. Diulang, tidak ada yang ditagih dua kali."""
    if line is None and payment_code:
        raise click.UsageError("--payment-code berlaku untuk satu sumber dana: tambahkan --line.")
    with database():
        from django.db import transaction

        from naung.contributions.actions import issue_bill
        from naung.contributions.refusals import NothingToBill
        from naung.rules.periods import last_of_month

        by = acting(username)
        programme = programme_of(code)
        lines = list(programme.funding_lines.all())
        if line is not None:
            lines = [one for one in lines if one.code == line]
            if not lines:
                raise click.BadParameter(f"{programme.code} tidak punya sumber dana «{line}».", param_hint="--line")
        bills: list[Bill] = []
        nothing: NothingToBill | None = None
        with transaction.atomic():  # all lines of the month, or none
            for one in lines:
                try:
                    bills.append(
                        issue_bill(
                            one,
                            first_month=month,
                            last_month=until or month,
                            due_on=due or last_of_month(month),
                            payment_code=payment_code,
                            by=by,
                        )
                    )
                except NothingToBill as refusal:
                    nothing = refusal
        if nothing is not None and not bills:
            raise nothing
        if as_json:
            answer({"bills": [_bill_facts(one) for one in bills]})
            return
        for issued in bills:
            click.echo(
                f"{issued.number}  {issued.people} orang, {issued.line_count} bulan-orang, {_rp(issued.total_rp)}"
            )


@click.command()
@click.argument("number", metavar="TAGIHAN", required=False)
@click.option("--bill", "by_option", metavar="TAGIHAN", help="Nomor tagihan, bila tidak ditulis di depan.")
@click.option("--sp2d", required=True, metavar="NOMOR", help="Nomor SP2D.")
@click.option("--on", "--date", "on", type=DAY, help="Tanggal SP2D.")
@click.option("--amount", type=click.IntRange(1), metavar="RUPIAH", help="Jumlah (bawaan: seluruh sisa tagihan).")
@click.option("--confirm", is_flag=True, help="Konfirmasi pembayaran yang sudah dicatat orang lain.")
@click.option("--reverse", metavar="ALASAN", help="Batalkan pembayaran ini.")
@as_option
@json_option
def pay(
    number: str | None,
    by_option: str | None,
    sp2d: str,
    on: date | None,
    amount: int | None,
    confirm: bool,
    reverse: str | None,
    username: str | None,
    as_json: bool,
) -> None:
    """Catat pembayaran SP2D, lalu orang lain mengonfirmasi; sejak itu bulannya aktif.

    \b
    naung pay TAG/... --sp2d 0042/SP2D/2026 --on 2026-03-10 --as bendahara
    naung pay TAG/... --sp2d 0042/SP2D/2026 --confirm --as cabang

    --confirm bersama tanggalnya mencatat (sebagai sistem) dan mengonfirmasi sekaligus.
    """
    number = number or by_option
    if number is None:
        raise click.UsageError("Sebutkan nomor tagihan.")
    if confirm and reverse is not None:
        raise click.UsageError("--confirm dan --reverse tidak dapat bersama.")
    if (confirm or reverse is not None) and username is None:
        raise click.UsageError("Sebutkan siapa yang bertindak: --as PENGGUNA.")
    if not confirm and reverse is None and on is None:
        raise click.UsageError("Sebutkan tanggal SP2D: --on YYYY-MM-DD.")
    with database():
        from django.db import transaction

        from naung.contributions import actions
        from naung.contributions.models import Bill

        by = acting(username)
        owed = Bill.objects.filter(number=number).first()
        if owed is None:
            raise click.BadParameter(f"Tidak ada tagihan «{number}».", param_hint="TAGIHAN")
        with transaction.atomic():
            if reverse is not None:
                assert by is not None
                payment = actions.reverse_payment(_payment(owed, sp2d), reason=reverse, by=by)
            elif not confirm:
                assert on is not None
                payment = _record(owed, sp2d, on, amount, by=by)
            else:
                assert by is not None
                # Named whole, a payment that nobody has recorded yet is recorded by the system, as a script does.
                found = _payment(owed, sp2d) if on is None else _record(owed, sp2d, on, amount, by=None)
                payment = actions.confirm_payment(found, by=by)
        owed.refresh_from_db()
        if as_json:
            answer({"payment": _payment_facts(payment), "bill": _bill_facts(owed)})
            return
        click.echo(
            f"SP2D {payment.sp2d_number}: {_rp(payment.amount_rp)}, {payment.line_count} bulan-orang,"
            f" {payment.get_status_display().lower()}. Tagihan {owed.get_status_display().lower()}."
        )
        if payment.status == "recorded":
            tell("Bulan menjadi aktif setelah orang lain mengonfirmasi: naung pay ... --confirm --as PENGGUNA.")


def _record(owed: Bill, sp2d: str, on: date, amount: int | None, *, by: User | None) -> Payment:
    """The payment of this receipt; without an amount all that is owed, or what the same receipt had before."""
    from naung.contributions.actions import record_payment

    earlier = owed.payments.filter(sp2d_number=sp2d.strip()).exclude(status="reversed").first()
    left = owed.total_rp - owed.paid_rp - owed.reversed_rp
    meant = amount or (earlier.amount_rp if earlier else left)
    return record_payment(owed, sp2d_number=sp2d, paid_on=on, amount_rp=meant, by=by)


def _payment(owed: Bill, sp2d: str) -> Payment:
    found = owed.payments.filter(sp2d_number=sp2d.strip()).order_by("-id").first()
    if found is None:
        raise click.BadParameter(f"Tagihan ini tidak punya pembayaran «{sp2d}».", param_hint="--sp2d")
    return found


def _bill_facts(one: Bill) -> dict[str, Any]:
    return {
        "number": one.number, "funding_line": one.funding_line.code, "first_month": one.first_month,
        "last_month": one.last_month, "due_on": one.due_on, "status": one.status, "people": one.people,
        "lines": one.line_count, "jkk_rp": one.jkk_rp, "jkm_rp": one.jkm_rp, "jht_rp": one.jht_rp,
        "total_rp": one.total_rp, "paid_rp": one.paid_rp,
    }  # fmt: skip


def _payment_facts(one: Payment) -> dict[str, Any]:
    return {
        "sp2d": one.sp2d_number, "paid_on": one.paid_on, "amount_rp": one.amount_rp, "lines": one.line_count,
        "status": one.status,
    }  # fmt: skip


def _rp(amount: int) -> str:
    from naung.rules.money import rupiah

    return rupiah(amount)
