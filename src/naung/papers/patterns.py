"""How a region numbers each kind of paper. Decrees keep their own pattern, in the settings of the region."""

from __future__ import annotations

from datetime import date

from naung.accounts import paper_numbers
from naung.accounts.models import RegionSettings
from naung.accounts.paper_numbers import Numbering
from naung.papers.models import PaperPattern

#: The kind whose number is the decree's, given when it was decided.
DECREE = "sk"


def patterns_of(area_code: str) -> dict[str, str]:
    """Kind -> pattern, of a region; kinds without one are left out."""
    kept = dict(PaperPattern.objects.filter(area_code=area_code[:4]).values_list("kind", "pattern"))
    decree = RegionSettings.objects.filter(pk=area_code[:4]).values_list("decree_pattern", flat=True).first()
    return kept | ({DECREE: decree} if decree else {})


def hold(area_code: str, kind: str, *, on: date) -> Numbering | None:
    """The numbering of a kind, kept from others until this transaction ends; None without a pattern."""
    pattern = _own(area_code, kind)
    return paper_numbers.hold_by(pattern, area_code, kind, on=on) if pattern else None


def look(area_code: str, kind: str, *, on: date) -> Numbering | None:
    """The same to look at."""
    pattern = _own(area_code, kind)
    return paper_numbers.look_by(pattern, area_code, kind, on=on) if pattern else None


def _own(area_code: str, kind: str) -> str:
    found = PaperPattern.objects.filter(area_code=area_code[:4], kind=kind).values_list("pattern", flat=True).first()
    return str(found or "")
