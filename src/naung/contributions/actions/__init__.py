"""Writes: bills, payments, reversals, leaving. Each is one transaction with its ledger transfer and audit record."""

from naung.contributions.actions.billing import issue_bill, reverse_bill
from naung.contributions.actions.leaving import (
    ReferenceApplied,
    end_cover,
    end_cover_of_dead,
    settle_departures,
    take_reference_list,
)
from naung.contributions.actions.paying import confirm_payment, record_payment, reverse_payment
from naung.contributions.actions.reconciling import compare_with_branch, settle_difference

__all__ = [
    "ReferenceApplied",
    "compare_with_branch",
    "confirm_payment",
    "end_cover",
    "end_cover_of_dead",
    "issue_bill",
    "record_payment",
    "reverse_bill",
    "reverse_payment",
    "settle_departures",
    "settle_difference",
    "take_reference_list",
]
