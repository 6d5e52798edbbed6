"""What the page Periksa usulan shows, for the whole page and for the part of it that a script swaps: the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.areas import queries as areas
from naung.bulk.occupations import occupations
from naung.programmes import queries
from naung.programmes.equations import equation
from naung.programmes.opened_row import OpenedRow
from naung.programmes.verifying import due_on
from naung.registry import row_queries
from naung.registry.models import SourceList, SourceRow
from naung.registry.paging import PAGE_ROWS
from naung.registry.reason_words import short
from naung.ui.terms import term

STEPS = (_("Unggah daftar"), _("Cocokkan kolom"), _("Periksa baris"), _("Kirim ke pemilik program"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks at: a filter, a reason, a page of it. It stands in the address and in every form."""

    part: str = ""
    reason: str = ""
    page: str = ""

    @classmethod
    def by(cls, said: Mapping[str, Any]) -> Asked:
        part = str(said.get("lihat", ""))
        page = str(said.get("page", ""))
        return cls(
            part if part in row_queries.PARTS else "",
            str(said.get("alasan", ""))[:30],
            page if page.isdigit() else "",
        )

    def address(self, source_list: SourceList, **more: object) -> str:
        """The list as it is looked at, with more of a query: a row opened in place, for one."""
        query = self.query(**more)
        return reverse("registry:list", args=[source_list.pk]) + (f"?{query}" if query else "")

    def query(self, **more: object) -> str:
        asked = {"lihat": self.part, "alasan": self.reason, "page": self.page} | more
        return urlencode({name: value for name, value in asked.items() if value != ""})


@dataclass(frozen=True, slots=True)
class Counter:
    """One counter of the page, which is a filter too."""

    part: str
    words: object
    count: int
    edge: str
    note: object = ""


def checking_page(
    user: User, source_list: SourceList, asked: Asked, *, opened: OpenedRow | None = None
) -> dict[str, Any]:
    """Everything on the page; `opened` is the row whose form stands open in its place."""
    programme = queries.programmes_visible_to(user).filter(code=source_list.programme_code).first()
    tally = row_queries.tally(source_list)
    part = asked.part or first_to_look_at(tally)
    reason = asked.reason if asked.reason in source_list.reasons else ""
    found = Paginator(row_queries.rows_of_part(source_list, part, reason=reason), PAGE_ROWS).get_page(asked.page)
    rows = list(found)
    explained = row_queries.explained(source_list, rows)
    names = areas.names_of([source_list.area_code, *(one.shown.area_code for one in explained)])
    sent = source_list.status == SourceList.Status.SENT
    may_send = user.may(Permission.LIST_UPLOAD) and programme is not None
    here = Asked(part, reason, asked.page)
    return {
        "list": source_list,
        "programme": programme,
        "tally": tally,
        "part": part,
        "asked": here,
        "reason": reason,
        "reason_words": short(reason) if reason else "",
        "counters": _counters(tally),
        "page": found,
        "rows": [_line(user, source_list, one, here, names) for one in explained],
        "opened": opened,
        "faults": sorted(
            ((code, short(code), count) for code, count in source_list.reasons.items()), key=lambda one: -one[2]
        ),
        "columns": columns_read(source_list),
        "skipped": len(source_list.skipped),
        "steps": STEPS,
        "step": 5 if sent and not tally.ready else 3,
        "office": source_list.office_name or names.get(source_list.area_code, ""),
        "cost": equation(programme, people=tally.ready or tally.sent) if programme else None,
        "due_on": due_on(source_list) if sent else None,
        "may_send": may_send,
        "may_pick": may_pick(user, source_list, part),
        "may_verify": sent and user.may(Permission.LIST_DECIDE),
        "may_correct": user.may(Permission.LIST_UPLOAD),
    }


def row_part(user: User, row: SourceRow, asked: Asked, *, opened: OpenedRow | None) -> dict[str, Any]:
    """One row in its place in the table, for a script that opens or closes it."""
    (explained,) = row_queries.explained(row.list, [row])
    names = areas.names_of([explained.shown.area_code])
    return {
        "list": row.list,
        "asked": asked,
        "opened": opened,
        "may_pick": may_pick(user, row.list, asked.part),
        "each": _line(user, row.list, explained, asked, names),
    }


def may_pick(user: User, source_list: SourceList, part: str) -> bool:
    """Whether rows of the table can be picked for giving back."""
    sent = source_list.status == SourceList.Status.SENT
    return sent and user.may(Permission.LIST_DECIDE) and part in ("terkirim", "semua")


def _line(
    user: User, source_list: SourceList, one: row_queries.RowExplained, asked: Asked, names: Mapping[str, str]
) -> dict[str, Any]:
    row, work = one.shown.row, occupations().get(one.shown.occupation)
    return {
        "line": one,
        "row": row,
        "occupation": term(work.label) if work else "",
        "place": names.get(one.shown.area_code, ""),
        "act": act_on(user, row),
        "address": asked.address(source_list, baris=row.ordinal),
        "closed": asked.address(source_list),
        "pick": row.verdict == SourceRow.Verdict.ACCEPT and not row.held,
    }


def first_to_look_at(tally: row_queries.Tally) -> str:
    """What needs a hand comes first; then what is ready, what was sent, and what is left out."""
    for part, count in (
        ("perbaiki", tally.fix),
        ("periksa", tally.review),
        ("siap", tally.ready),
        ("terkirim", tally.sent),
        ("tidak", tally.left_out),
    ):
        if count:
            return part
    return "semua"


def act_on(user: User, row: SourceRow) -> str:
    """What the reader can do with a row: correct, compare, decide or look."""
    if row.verdict == SourceRow.Verdict.REVIEW:
        if "nik_conflict" in row.reasons and (user.may(Permission.LIST_UPLOAD) or user.may(Permission.LIST_DECIDE)):
            return "compare"
        if user.may(Permission.LIST_DECIDE):
            return "decide"
    return "correct" if row.is_open and user.may(Permission.LIST_UPLOAD) else "look"


def _counters(tally: row_queries.Tally) -> list[Counter]:
    shown = [
        Counter("siap", _("Siap dikirim"), tally.ready, "tepi-ok", _("bisa dikirim sekarang") if tally.ready else ""),
        Counter("perbaiki", _("Perlu diperbaiki"), tally.fix, "tepi-bad", _("tetap draf")),
        Counter("periksa", _("Perlu diputuskan"), tally.review, "tepi-warn", _("mungkin ganda, tetap draf")),
        Counter("tidak", _("Tidak dikirim"), tally.left_out, "", _("di luar syarat atau sudah ada")),
    ]
    if tally.sent:
        shown.append(Counter("terkirim", _("Terkirim"), tally.sent, "tepi-info", _("di pengelola program")))
    return shown


FIELD_WORDS: dict[str, str | Promise] = {
    "name": _("Nama"),
    "nik": "NIK",
    "kk": _("Nomor KK"),
    "birth_date": _("Tanggal lahir"),
    "birth_both": _("Tempat dan tanggal lahir"),
    "sex": _("Jenis kelamin"),
    "occupation": _("Pekerjaan"),
    "village": _("Desa/kelurahan"),
    "district": _("Kecamatan"),
    "phone": _("Telepon"),
}


def columns_read(source_list: SourceList) -> list[tuple[object, str]]:
    """Which of the sender's columns was read as what, of the first sheet."""
    for layout in source_list.columns.values():
        titles = layout.get("titles", {})
        return [
            (FIELD_WORDS[name], titles.get(column) or column)
            for name, column in layout.get("fields", {}).items()
            if name in FIELD_WORDS
        ]
    return []
