from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from naung.areas import actions


@pytest.fixture(scope="package")
def national_list(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The packaged list, loaded once for all tests of this folder and taken away after them."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        actions.load_areas()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]
        # Rows of areas cannot be deleted, and other tests expect an empty table.
        cursor.execute("TRUNCATE areas_area, areas_edition CASCADE")


@pytest.fixture
def areas(national_list: None, db: None) -> None:
    """Read tests: the whole list is there."""
