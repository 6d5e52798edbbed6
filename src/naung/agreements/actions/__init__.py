"""Writes: agreements and their PKS, stages, addenda, renewals, attachments, meetings, the register of instruments.

Each is one transaction with its audit record.
"""

from naung.agreements.actions.amending import amend, end_agreement, renew
from naung.agreements.actions.attaching import attach, remove_attachment
from naung.agreements.actions.citing import Basis, change_instrument, cite, record_check, record_instrument
from naung.agreements.actions.drafting import (
    PartyFacts,
    edit_agreement,
    prepare_pks,
    record_agreement,
)
from naung.agreements.actions.meetings import edit_meeting, record_meeting
from naung.agreements.actions.staging import Moved, move, move_many
from naung.agreements.actions.tasking import Task, add_task, change_task, finish_follow_up, remove_task

__all__ = [
    "Basis",
    "Moved",
    "PartyFacts",
    "Task",
    "add_task",
    "amend",
    "attach",
    "change_instrument",
    "change_task",
    "cite",
    "edit_agreement",
    "edit_meeting",
    "end_agreement",
    "finish_follow_up",
    "move",
    "move_many",
    "prepare_pks",
    "record_agreement",
    "record_check",
    "record_instrument",
    "record_meeting",
    "remove_attachment",
    "remove_task",
    "renew",
]
