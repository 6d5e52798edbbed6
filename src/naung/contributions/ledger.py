"""The ledger of each funding line: what was spent, what is owed to the agency, what left the treasury.

    a bill        debit EXPENSE     credit PAYABLE
    a payment     debit PAYABLE     credit CASH
    cancelled     debit PAYABLE     credit EXPENSE   (names the bill's transfer when it undoes all of it)
    undone        debit CASH        credit PAYABLE   (names the payment's transfer)
    overpaid      debit RECEIVABLE  credit EXPENSE   (months after a worker left)

Every transfer debits and credits the same amount, so the books balance by construction.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from naung.contributions.models import Account, Transfer
from naung.programmes.models import FundingLine
from naung.rules.money import Rupiah

K = Account.Kind


def account(line: FundingLine, kind: str) -> Account:
    return Account.objects.get_or_create(funding_line=line, kind=kind)[0]


def move(
    amount: Rupiah, *, line: FundingLine, debit: str, credit: str, on: date, memo: str, reverses: Transfer | None = None
) -> Transfer:
    """Move whole rupiah between two accounts of a funding line."""
    return Transfer.objects.create(
        debit=account(line, debit),
        credit=account(line, credit),
        amount_rp=amount,
        effective_on=on,
        memo=memo[:120],
        reverses=reverses,
    )


def balance(line: FundingLine, kind: str) -> Rupiah:
    """Debits less credits of one account, in whole rupiah."""
    debits = Transfer.objects.filter(debit__funding_line=line, debit__kind=kind).aggregate(
        s=Sum("amount_rp", default=0)
    )
    credits = Transfer.objects.filter(credit__funding_line=line, credit__kind=kind).aggregate(
        s=Sum("amount_rp", default=0)
    )
    return int(debits["s"] - credits["s"])


def owed(line: FundingLine) -> Rupiah:
    """What the line still owes to the agency."""
    return -balance(line, K.PAYABLE)
