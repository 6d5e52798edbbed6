"""Whether a decree was issued as an official paper. A later stage knows that, and says so here.

Until it was issued its files are drawn anew each time; from then on they are the issued ones, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from naung.accounts.models import User
from naung.documents.decree import Version
from naung.selection.models import Decree


@dataclass(frozen=True)
class Issued:
    """Where the paper of a decree is, and how its files are opened: a recorded act, each time."""

    url: str
    #: Version, "pdf" or "docx", and who opens it.
    open: Callable[[Version, str, User], bytes]


Finder = Callable[[Decree], Issued | None]
#: Of a region by its code: the DOCX that its decrees are worded by, or None for the shipped one.
Wording = Callable[[str], bytes | None]
_finders: list[Finder] = []
_wordings: list[Wording] = []


def tell(finder: Finder, wording: Wording) -> None:
    """Called once by the stage that issues papers, when the product starts."""
    if finder not in _finders:
        _finders.append(finder)
        _wordings.append(wording)


def wording(area_code: str) -> bytes | None:
    """What decrees of a region are worded by."""
    return next((found for asked in _wordings if (found := asked(area_code))), None)


def of(decree: Decree) -> Issued | None:
    """The paper of a decree that still counts."""
    return next((found for finder in _finders if (found := finder(decree))), None)
