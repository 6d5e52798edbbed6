"""One register of numbers: what a paper is given, the agreement it is about bears too.

The agreement remains the record: its number is written by its own action, in the transaction that keeps the paper.
"""

from __future__ import annotations

from typing import Any

from naung.accounts.models import User
from naung.agreements.actions import edit_agreement
from naung.agreements.actions.common import hold_numbers, parties_of
from naung.agreements.models import Agreement, Side
from naung.papers.models import Paper
from naung.papers.queries import AGREEMENT_KINDS
from naung.papers.refusals import ContentsChanged

#: What an agreement is called in `About`.
AGREEMENT = "agreement"
_POWER = "surat_kuasa"


def hold(agreement_id: int, *, kind: str, number: str) -> None:
    """Keep the agreement and the numbers of its region from others until this transaction ends.

    Its row comes first and the numbers after it, as where an agreement is edited: so no two wait for each other.
    Raises ContentsChanged where it was given a number since it was read.
    """
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement_id)
    if kind in AGREEMENT_KINDS:
        hold_numbers(agreement.area_code)
        if agreement.region_number != number:
            raise ContentsChanged()


def write_back(paper: Paper, *, by: User | None) -> None:
    """The number of a Nota Kesepakatan or PKS where it has none; number and day of the power where it is signed under.

    What is signed stays as it is, but for a number that is still missing.
    Raises NotPermitted, NotYours, NumberUsed.
    """
    agreement = Agreement.objects.get(pk=paper.about_id)
    wanted: dict[str, Any] = {}
    if paper.kind in AGREEMENT_KINDS and not agreement.region_number:
        if agreement.stage in (*Agreement.OPEN, Agreement.Stage.SIGNED):
            wanted = {"region_number": paper.number}
    elif paper.kind == _POWER and agreement.stage in Agreement.OPEN:
        wanted = _with_the_power(agreement, paper)
    if wanted:
        edit_agreement(agreement, wanted, revision=agreement.revision, by=by)


def _with_the_power(agreement: Agreement, paper: Paper) -> dict[str, Any]:
    """The parties, with the power of whoever signs first for the region."""
    parties = parties_of(agreement)
    signs = next((one for one in parties if one["side"] == Side.REGION), None)
    if signs is None:
        return {}
    signs["power_number"] = signs["power_number"] or paper.number
    signs["power_on"] = signs["power_on"] or paper.dated.isoformat()
    return {"parties": parties}
