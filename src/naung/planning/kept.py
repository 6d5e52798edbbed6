"""Pages kept in memory until the database changes.

`pg_current_snapshot()` names the transactions whose work a reader can see, so an equal snapshot means equal data,
whoever wrote it and whether or not they left an audit record. Asking for it reads no table. A page is computed after
its snapshot was taken: what it shows is at least as new as the name it is kept under, so it is never stale.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

T = TypeVar("T")


def snapshot() -> str:
    """What can be seen now: changes with every transaction that writes anything. One query, no table.

    Empty inside a transaction, which sees its own writes while its snapshot keeps its name.
    """
    if connection.in_atomic_block:
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        row = cursor.fetchone()
    return str(row[0])


class Kept(Generic[T]):
    """The newest value of each key, the `most` last asked for; one value a key, whatever the number of changes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: OrderedDict[Hashable, tuple[str, T]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of `key`, made anew if anything was written since it was made."""
        now = snapshot()
        with self._lock:
            if now and (held := self._values.get(key)) and held[0] == now:
                self._values.move_to_end(key)
                return held[1]
        value = make()
        if now:
            with self._lock:
                self._values[key] = (now, value)
                self._values.move_to_end(key)
                if len(self._values) > self.most:
                    self._values.popitem(last=False)
        return value
