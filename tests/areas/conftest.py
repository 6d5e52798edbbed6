from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from naung.areas import actions


@pytest.fixture(scope="module")
def national_list(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The packaged list, loaded once for the tests of a module and taken away after them."""
    with django_db_blocker.unblock():
        actions.load_areas()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        # Rows of areas cannot be deleted, and tests elsewhere expect an empty table.
        cursor.execute("TRUNCATE areas_area, areas_edition CASCADE")


@pytest.fixture
def areas(national_list: None, db: None) -> None:
    """Tests that read: the whole list is there."""
