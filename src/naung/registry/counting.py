"""The counts of a list follow its rows: received is always accepted, refused, doubled and waiting together."""

from __future__ import annotations

from collections import Counter

from django.db.models import F

from naung.registry.models import SourceList, SourceRow

_COUNTS = {"accept": "accepted", "reject": "rejected", "review": "review", "duplicate": "duplicate"}


def count_again(row: SourceRow, verdict: str, reasons: list[str], *, correction: bool = False) -> None:
    """Move the row from where it was counted, by verdict and reasons, to where it stands now."""
    source_list = SourceList.objects.select_for_update().get(pk=row.list_id)
    tally = Counter(source_list.reasons)
    tally.subtract(reasons)
    tally.update(row.reasons)
    moved = {}
    if verdict != row.verdict:
        moved = {_COUNTS[verdict]: F(_COUNTS[verdict]) - 1, _COUNTS[row.verdict]: F(_COUNTS[row.verdict]) + 1}
    SourceList.objects.filter(pk=row.list_id).update(
        reasons={code: count for code, count in sorted(tally.items()) if count > 0},
        corrected=F("corrected") + (1 if correction else 0),
        **moved,
    )
