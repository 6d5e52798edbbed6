"""Writes: employers and their lists, letters and visits, pledges, givers and whom they are paired with."""

from naung.partners.actions.approaching import note_approach, settle_approach
from naung.partners.actions.employers import add_employer, record_report
from naung.partners.actions.giving import GiversTaken, end_pairing, pair, pair_all, take_givers
from naung.partners.actions.pledging import cancel_pledge, link_pledge, record_pledge
from naung.partners.actions.taking_in import EmployersTaken, take_employers

__all__ = [
    "EmployersTaken",
    "GiversTaken",
    "add_employer",
    "cancel_pledge",
    "end_pairing",
    "link_pledge",
    "note_approach",
    "pair",
    "pair_all",
    "record_pledge",
    "record_report",
    "settle_approach",
    "take_employers",
    "take_givers",
]
