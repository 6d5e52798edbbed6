"""Writes: employers and their lists, letters and visits, pledges, givers and whom they are paired with."""

from naung.partners.actions.approaching import note_approach, settle_approach
from naung.partners.actions.employers import add_employer, record_report
from naung.partners.actions.taking_in import EmployersTaken, take_employers

__all__ = [
    "EmployersTaken",
    "add_employer",
    "note_approach",
    "record_report",
    "settle_approach",
    "take_employers",
]
