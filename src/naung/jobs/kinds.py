"""The kinds of long work. An app that has some names them in its `long_work.py`; this app knows none of them.

    KIND = kinds.register(Kind(code="bill", perform=_perform, ...))

`long_work.py` is imported when a kind is first asked for, so it imports what is heavy inside its functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from naung.jobs.models import Job

Words = str | Promise


def _nothing(job: Job) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of long work.

    `perform` does it and answers the path of the page of its result. It may be called again for the same job after
    its worker was killed, so it leads to the same result. With `one_transaction` the work and the news that it is done
    are one commit; otherwise `perform` keeps what it made where a second run finds it.
    """

    code: str
    title: Words
    #: What it goes through, in order: code -> words.
    stages: Mapping[str, Words]
    #: What `done` and `total` count, per stage.
    units: Mapping[str, Words]
    perform: Callable[[Job], str]
    #: What the link to the result says.
    opens: Words
    finished: Words
    #: What to do when a rule said no, and where.
    when_refused: Words
    again: Callable[[Job], str]
    again_words: Words
    one_transaction: bool = True
    #: Whether the person who waits is brought to the result.
    leads_there: bool = True
    #: What was kept for the job is removed: after it ended well or was refused, and when its row goes.
    clean: Callable[[Job], None] = _nothing
    #: What it made is removed: when its row goes.
    forget: Callable[[Job], None] = _nothing


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    assert kind.code not in _kinds or _kinds[kind.code].perform is kind.perform, f"two kinds of job are {kind.code!r}"
    _kinds[kind.code] = kind
    return kind


def kind_of(code: str) -> Kind | None:
    """The kind, or None where a newer or older version of the product knew it."""
    return all_kinds().get(code)


def all_kinds() -> dict[str, Kind]:
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("long_work")
    return _kinds


Arguments = dict[str, Any]
