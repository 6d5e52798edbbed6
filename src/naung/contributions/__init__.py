"""Bills, payments, the ledger; from them, who is protected on a given day."""
