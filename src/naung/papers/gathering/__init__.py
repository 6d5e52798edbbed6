"""What a paper says, gathered from the things of the platform: one module for each kind of paper.

A module here is named after its kind in `documents.letters.kinds` and has these functions:

    subjects(user) -> list[Subject]              the things such a paper can be about, newest first, as far as seen
    subject(user, key) -> thing | None           one of them; None where the person does not see it
    people(thing) -> int                         how many names its lists hold: many are drawn by a job
    contents(thing, *, on, by, names) -> Gathered
        the fields and lists, on a day, for a person; with `names` false the lists stay empty and no name is read:
        so the page before issuing is quick, and opens nobody's data

What the figures say stands in `contents` and nobody changes it; what people know better is `suggested`.
`contents` leaves `number` empty where the thing has no number of its own: issuing gives it one, in `number_field`. A
field that is not known yet is left out too; the page before issuing says which are missing.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from naung.accounts.models import User
    from naung.documents.letters.lists import NameList


#: Stands in the head or the note of a list where the number of the paper belongs.
NUMBER_HERE = "[[nomor]]"


@dataclass(frozen=True)
class Subject:
    """A thing that a paper can be about, to choose from.

    `key` stands in an address and tells apart the papers of one kind: an id, an id and a month; at most twenty signs,
    never a name.
    """

    key: str
    name: str
    detail: str = ""


@dataclass(frozen=True)
class About:
    """The thing itself: `type` and `id` as the audit trail names it, and where its page is."""

    type: str
    id: int
    name: str
    url: str = ""


@dataclass(frozen=True)
class Gathered:
    """Everything one paper is drawn from.

    A paper whose lists name people has two copies where `public_lists` is given: the full one, and one that anybody
    may read who sees the thing. Without `public_lists` only those who may see workers get it. `title` stands on the
    public page of the check, so it names nobody.
    """

    contents: Mapping[str, Any]
    about: About
    area_code: str
    title: str
    lists: Sequence[NameList] = ()
    public_lists: Sequence[NameList] | None = None
    number: str = ""
    #: The field that the number stands in; a paper of two parties has another for the second party.
    number_field: str = "nomor"
    other_number_field: str = ""
    #: The day of the thing itself, which the paper then bears; None where whoever issues it says the day.
    dated: date | None = None
    #: The first day that the paper can bear: before it there was nothing to write about.
    earliest: date | None = None
    #: Fields that say something else in the public copy.
    public_fields: Mapping[str, Any] = field(default_factory=dict)
    #: The fields themselves name workers (not only the lists): there is no public copy.
    names_people: bool = False
    #: The code that the token {kode} of a pattern stands for.
    code: str = ""
    #: What stands in a field at first, for people to keep, mend or add to: a position, a sentence about the method.
    suggested: Mapping[str, Any] = field(default_factory=dict)
    #: What must be settled before this can be issued, as sentences; a field that is empty is told apart from these.
    wanting: Sequence[str] = field(default=())

    @property
    def editions(self) -> dict[str, Sequence[NameList]]:
        """The copies of the paper and the lists in each: `public`, `full`, or both."""
        if not self.lists and not self.names_people:
            # Attachments that name nobody need no second copy.
            return {"public": self.public_lists or ()}
        if self.public_lists is None or self.names_people:
            return {"full": self.lists}
        return {"public": self.public_lists, "full": self.lists}

    @property
    def other_number(self) -> str:
        return str(self.contents.get(self.other_number_field, ""))

    def contents_of(self, edition: str) -> dict[str, Any]:
        """The fields of one copy."""
        return {**self.contents, **(self.public_fields if edition == "public" else {})}

    def numbered(self, number: str) -> Gathered:
        """With its number in the field, and in the heads of the lists where `NUMBER_HERE` stands."""
        return replace(
            self,
            number=number,
            contents={**self.contents, self.number_field: number},
            lists=[_headed(one, number) for one in self.lists],
            public_lists=None if self.public_lists is None else [_headed(one, number) for one in self.public_lists],
        )

    def completed(self, typed: Mapping[str, Any]) -> Gathered:
        """With what people typed where nothing was known; what is known stays as it is."""
        added = {name: value for name, value in typed.items() if value and not self.contents.get(name)}
        return replace(self, contents={**self.contents, **added})

    def digest(self) -> str:
        """SHA-256 of fields and lists, as canonical JSON: 64 hexadecimal digits."""
        public = {"fields": self.public_fields, "lists": self.public_lists}
        return _sha256({"contents": self.contents, "lists": self.lists, "public": public})

    def fields_digest(self) -> str:
        """The same of the fields alone, the number left out: what somebody saw before issuing."""
        return _sha256({name: value for name, value in self.contents.items() if name != self.number_field})


class Gatherer(Protocol):
    """A module of this package."""

    def subjects(self, user: User) -> Sequence[Subject]: ...
    def subject(self, user: User, key: str) -> Any | None: ...
    def people(self, thing: Any) -> int: ...
    def contents(self, thing: Any, *, on: date, by: User | None, names: bool) -> Gathered: ...


def gatherer_of(kind: str) -> Gatherer | None:
    """The module of a kind of paper, or None where nothing gathers it."""
    name = f"{__name__}.{kind}"
    if not kind.isidentifier() or importlib.util.find_spec(name) is None:
        return None
    return cast(Gatherer, importlib.import_module(name))


def part_of(key: str, gathered: Gathered) -> str:
    """What tells this paper apart from others of its kind about the same thing; nothing where there is one."""
    return "" if key == str(gathered.about.id) else key


def gather(kind: str, thing: Any, *, on: date, by: User | None, names: bool = True) -> Gathered:
    """What a paper of `kind` about `thing` says. Raises what its module raises."""
    gatherer = gatherer_of(kind)
    assert gatherer is not None, "a kind that nothing gathers is not offered"
    return gatherer.contents(thing, on=on, by=by, names=names)


def _headed(one: NameList, number: str) -> NameList:
    intro = [(label, said.replace(NUMBER_HERE, number)) for label, said in one.intro]
    return replace(one, intro=intro, note=one.note.replace(NUMBER_HERE, number))


def _sha256(said: Mapping[str, Any]) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return list(value)
    return str(value)
