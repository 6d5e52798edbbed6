"""Writes of the registry: one verb, one transaction, its audit record inside."""

from naung.registry.actions.correcting import MadeOffline as MadeOffline
from naung.registry.actions.correcting import correct_row
from naung.registry.actions.deciding import decide_row, decide_same
from naung.registry.actions.referring import ReferenceTaken, take_reference
from naung.registry.actions.revealing import RevealReason, reveal_identity
from naung.registry.actions.rotating import Rotated, rotate_keys
from naung.registry.actions.sending import ready_to_send, return_list, return_rows, send_list, verify_list
from naung.registry.actions.taking_in import take_in
from naung.registry.checking import IntakeRules
from naung.registry.intake_results import FileResult, IntakeResult

__all__ = [
    "FileResult",
    "IntakeResult",
    "IntakeRules",
    "ReferenceTaken",
    "RevealReason",
    "Rotated",
    "correct_row",
    "decide_row",
    "decide_same",
    "ready_to_send",
    "return_list",
    "return_rows",
    "reveal_identity",
    "rotate_keys",
    "send_list",
    "take_in",
    "take_reference",
    "verify_list",
]
