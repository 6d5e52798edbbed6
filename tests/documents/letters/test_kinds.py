"""The kinds of papers: their fields can be named in a template, and every shipped template names them."""

from __future__ import annotations

import pytest

from naung.documents.letters.kinds import KINDS
from naung.documents.letters.templates import fault_of, shipped


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_shipped_template_of_a_kind_is_without_fault(kind):
    assert fault_of(kind.code, shipped(kind.code)) is None


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_fields_of_a_kind_have_each_their_own_name_and_an_example_of_their_sort(kind):
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    for field in kind.fields:
        assert field.name.isidentifier()
        assert field.words
        if field.sort == "text":
            assert isinstance(field.example, str)
        elif field.sort == "lines":
            assert all(isinstance(line, str) for line in field.example)
        else:
            assert field.columns
            assert all(set(row) == set(field.columns) for row in field.example)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_column_is_not_called_as_something_a_dict_can_do(kind):
    """Jinja looks at the abilities of a value before it looks at its keys."""
    for field in kind.fields:
        assert not [column for column in field.columns if hasattr(dict, column)]


def test_two_party_papers_carry_two_numbers():
    for code in ("nota_kesepakatan", "pks"):
        assert KINDS[code].field("nomor_daerah").needed
        assert KINDS[code].field("nomor_mitra").needed
