"""Pages of lists that may hold a million people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

if TYPE_CHECKING:  # Django's class knows no brackets
    _Paginator = Paginator[Any]
else:
    _Paginator = Paginator

PAGE_ROWS = 50
COUNTED = 10_000


class BoundedPaginator(_Paginator):
    """Counts at most ten thousand rows: nobody turns to page 12.000, and counting a province takes a second.

    `more` says that there are others; the page then asks for a filter.
    """

    @cached_property
    def _found(self) -> int:
        rows = self.object_list
        assert isinstance(rows, QuerySet)
        return rows.order_by()[: COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._found, COUNTED)

    @property
    def more(self) -> bool:
        return self._found > COUNTED


def page_of(rows: QuerySet[Any], number: str | None) -> Page[Any]:
    """The page of fifty rows that an address asks for; a wrong number gives the nearest there is."""
    return BoundedPaginator(rows, PAGE_ROWS).get_page(number)
