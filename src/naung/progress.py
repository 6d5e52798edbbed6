"""How long work says how far it is, without knowing who listens.

An action says `at("check")` when a stage begins, and `at("check", done, of)` while it counts. Nobody hears it, unless
whoever called it has put a listener around it: a job shows it on its page. What is said is never part of a
transaction, and never holds anything about a person.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar

#: Stage, how many of what it counts are done, and of how many. Both are None where a stage counts nothing.
Listener = Callable[[str, int | None, int | None], None]

_listener: ContextVar[Listener | None] = ContextVar("progress_listener", default=None)


def at(stage: str, done: int | None = None, of: int | None = None) -> None:
    """Say that `stage` has begun, or how far it is."""
    if (listener := _listener.get()) is not None:
        listener(stage, done, of)


@contextlib.contextmanager
def heard_by(listener: Listener) -> Iterator[None]:
    """Whatever is said inside goes to `listener`; what it raises stops the work."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
