"""Questions read, answered and refused as plain values: the one shape that REST, command line and scripts get."""

import dataclasses
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from naung.refusal import Refusal
from naung.rules.decisions import Decisions
from naung.rules.explaining import Account, account_data
from naung.rules.inquiries.base import Inquiry
from naung.rules.law import Law


def answer_data(inquiry: Inquiry, law: Law, decisions: Decisions) -> dict[str, Any]:
    """Total, named parts, how sure, and the explanation with both ways of every open question it met.

    Raises Refusal; of those NeedsDecision too: `refusal_data` then tells both ways.
    """
    known = inquiry.decided(decisions)
    result = inquiry.compute(law, known)
    account = inquiry.account(law, decisions)
    explanation = result.explanation
    said = account_data(account)
    return {
        inquiry.kind: getattr(inquiry, inquiry.kind),
        "total": explanation.total,
        **{name: as_plain(value) for name, value in inquiry.parts(result).items()},
        "recalled": explanation.recalled,
        "inferred": explanation.inferred,
        "explanation": said["explanation"],
        "both_ways": said["both_ways"],
    }


def refusal_data(refusal: Refusal, account: Account | None = None) -> dict[str, Any]:
    """`code` never changes, `message` is a sentence for people, `facts` led to it.

    An open question comes with its words, the answers sources give and what each of them would bring; a no
    that rests on a region's answer comes with what the other answers would bring.
    """
    said: dict[str, Any] = {"code": refusal.code, "message": str(refusal), "facts": as_plain(refusal.facts())}
    if account is not None and account.unanswered is not None:
        told = account_data(account)
        said |= {"needs_decision": told["needs_decision"], "both_ways": told["both_ways"]}
    elif account is not None and account.ways:
        said["both_ways"] = account_data(account)["both_ways"]
    return said


def rests_on_answers(refusal: Refusal) -> bool:
    """Is it an open question, or a no that follows from the answer to one? Then both ways can be told."""
    return bool(getattr(refusal, "answers", ()))


def as_plain(value: Any) -> Any:
    """A value with only text, whole numbers, truth, lists and objects in it. A rate becomes text."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(as_plain(name)): as_plain(part) for name, part in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(as_plain(part) for part in value)
    if isinstance(value, tuple | list):
        return [as_plain(part) for part in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no plain form.")
