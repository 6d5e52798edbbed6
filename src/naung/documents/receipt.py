"""The receipt of one payment, as PDF: for a company that paid, counts and rupiah, no person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from naung.documents.typeset import typeset
from naung.rules.money import Rupiah, rupiah, terbilang


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """Everything the receipt says, in the order of the paper."""

    region: str
    title: str
    number: str
    facts: Sequence[tuple[str, str]]
    amount_rp: Rupiah
    sentences: Sequence[str]
    foot: str


def receipt_pdf(paper: ReceiptPaper) -> bytes:
    """Raises TypesettingFailed."""
    contents = {
        "region": paper.region,
        "title": paper.title,
        "number": paper.number,
        "facts": [list(fact) for fact in paper.facts],
        "amount": f"{rupiah(paper.amount_rp)},00",
        "amount_words": f"({terbilang(paper.amount_rp)} rupiah)",
        "sentences": list(paper.sentences),
        "foot": paper.foot,
    }
    return typeset("receipt.typ", contents)
