"""SK: the decree as it was decided, with its list in full and in the public version."""

from __future__ import annotations

from datetime import date

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.documents.decree import decree_contents, decree_list
from naung.papers.gathering import About, Gathered, Subject
from naung.selection.models import Decree
from naung.selection.papers import decree_paper
from naung.selection.queries import decrees_visible_to
from naung.ui.formats import number
from naung.ui.navigation import address

_WHY = (
    "bahwa untuk melindungi pekerja rentan dari risiko kecelakaan kerja dan kematian, perlu ditetapkan penerima bantuan"
    " iuran jaminan sosial ketenagakerjaan;"
)


def subjects(user: User) -> list[Subject]:
    """The decrees of the territory; only for who may see the people in them, because both versions are issued."""
    if not user.may(Permission.IDENTITY_REVEAL):
        return []
    rows = decrees_visible_to(user).select_related("programme").order_by("-decided_on", "-pk")
    return [Subject(str(one.pk), one.number, f"{one.programme.name}, {number(one.enters)} orang") for one in rows]


def subject(user: User, key: str) -> Decree | None:
    if not (key.isdecimal() and len(key) < 18 and user.may(Permission.IDENTITY_REVEAL)):
        return None
    found: Decree | None = decrees_visible_to(user).select_related("programme", "round").filter(pk=int(key)).first()
    return found


def people(thing: Decree) -> int:
    return thing.enters


def contents(thing: Decree, *, on: date, by: User | None, names: bool) -> Gathered:
    """The frozen snapshot, worded as the decree prints.

    Without `names` no NIK is opened; with them that is one recorded act.
    """
    assert by is not None, "a decree's list is opened in somebody's name"
    paper = decree_paper(thing, by, version="full" if names else "public")
    full, public = decree_contents(paper, "full"), decree_contents(paper, "public")
    return Gathered(
        contents={name: said for name, said in full.items() if said and name != "nomor"},
        about=About("decree", thing.pk, thing.title, address("selection:decree", str(thing.pk)) or ""),
        area_code=thing.programme.area_code,
        title=thing.title,
        lists=[decree_list(paper, "full")] if names else (),
        public_lists=[decree_list(paper, "public")] if names else None,
        suggested={"menimbang": [_WHY]},
        public_fields={name: said for name, said in public.items() if said != full[name]},
        number=thing.number,
        dated=thing.decided_on,
        code=thing.programme.code,
    )
