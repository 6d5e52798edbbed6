"""How the domain says no.

A refusal is a rule of the law or of a programme answering *no* to a person: it has a stable code for
machines, the facts that led to it, and one sentence for people, told in the language of the reader. Pages show
the sentence, the API and the command line answer it in one handler. Failures of the outside world and mistakes of
our own are not refusals.
"""

import dataclasses
from typing import Any, ClassVar

from naung.saying import Sentence


class Refusal(Exception):
    """A rule says no.

    Subclasses are `@dataclass(eq=False)` (exceptions must stay hashable), name their `code`, and
    answer `said` with a whole sentence (`naung.saying`). They never hold a NIK, KK or phone number in full:
    refusals end up in logs and pages.
    """

    code: ClassVar[str]

    def said(self) -> Sentence:
        raise NotImplementedError(f"{type(self).__name__} must say no in words")

    def __str__(self) -> str:
        return str(self.said())

    def facts(self) -> dict[str, Any]:
        """The fields of the refusal by name, for the API and the audit record."""
        if not dataclasses.is_dataclass(self):
            return {}
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions are rebuilt from their positional arguments, which a keyword-built dataclass does
        # not have; without this a refusal could not come back from the process that parses a file.
        return (_rebuilt, (type(self), self.facts()))


def _rebuilt(kind: type[Refusal], facts: dict[str, Any]) -> Refusal:
    return kind(**facts)
