"""A question from JSON, or from the options of a command."""

import json
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from naung.rules.inquiries.base import Inquiry
from naung.rules.inquiries.benefit import BENEFITS, BenefitInquiry
from naung.rules.inquiries.contribution import CONTRIBUTIONS, ContributionInquiry
from naung.rules.inquiries.mistakes import InquiryNotUnderstood, Mistake, not_understood

__all__ = [
    "BENEFITS", "CONTRIBUTIONS", "KINDS", "BenefitInquiry", "ContributionInquiry", "Family", "read_inquiries",
    "read_inquiry",
]  # fmt: skip

Family = Literal["contribution", "benefit"]

KINDS: Mapping[Family, Mapping[str, type[Inquiry]]] = {"contribution": CONTRIBUTIONS, "benefit": BENEFITS}
_ADAPTERS: Mapping[Family, TypeAdapter[Any]] = {
    "contribution": TypeAdapter(ContributionInquiry),
    "benefit": TypeAdapter(BenefitInquiry),
}


def read_inquiry(family: Family, facts: object) -> Inquiry:
    """The question that these facts ask. Raises InquiryNotUnderstood with every mistake and its field."""
    try:
        read: Inquiry = _ADAPTERS[family].validate_python(facts)
    except ValidationError as failure:
        raise not_understood(failure, tags=frozenset(KINDS[family])) from None
    return read


def read_inquiries(family: Family, text: str) -> tuple[list[Inquiry | InquiryNotUnderstood], bool]:
    """The questions of a JSON text, and whether it was a list.

    In a list one that cannot be read does not keep the others from being answered: what is wrong with it
    stands in its place. Raises InquiryNotUnderstood where nothing can be read.
    """
    try:
        # A number with a point is no amount: pydantic refuses it, and a float never comes to be money.
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise InquiryNotUnderstood((Mistake("", "isinya bukan JSON"),)) from None
    if not isinstance(said, list):
        return [read_inquiry(family, said)], False
    return [_read_one(family, number, one) for number, one in enumerate(said, 1)], True


def _read_one(family: Family, number: int, facts: object) -> Inquiry | InquiryNotUnderstood:
    try:
        return read_inquiry(family, facts)
    except InquiryNotUnderstood as wrong:
        return InquiryNotUnderstood(
            tuple(Mistake(f"[{number}].{its.field}".rstrip("."), its.words) for its in wrong.mistakes)
        )
