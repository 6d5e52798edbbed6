"""Berita Acara pemutakhiran: who goes out of a programme and who comes in with a month, signed by office and branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from naung.accounts.models import User
from naung.accounts.permissions import Permission
from naung.accounts.territory import within_area
from naung.documents.dates import paper_date
from naung.documents.letters.lists import Heading, NameList
from naung.papers.gathering import Gathered, Subject
from naung.papers.gathering import ba_parts as parts
from naung.papers.gathering import ba_pemutakhiran_moves as moves
from naung.papers.gathering.ba_parts import Places
from naung.papers.gathering.ba_pemutakhiran_moves import Month, Move
from naung.programmes.models import Programme
from naung.programmes.queries import programmes_visible_to
from naung.rules.periods import add_months, first_of_month, format_month, month_name_id, parse_month
from naung.ui.formats import month, number

#: Why people go out, as the paper says it; codes of `coverage.models.Departure.Reason`.
_OUT = {
    "death": "Meninggal dunia",
    "moved": "Pindah ke luar daerah",
    "wage_job": "Menjadi penerima upah",
    "other_funder": "Iurannya dibayar sumber lain",
    "refused": "Mengundurkan diri",
    moves.TERM: "Masa penetapannya berakhir",
}


def subjects(user: User) -> list[Subject]:
    """The months of programmes in which somebody went out or came in, newest first; the month to come is among them."""
    programmes = {one.pk: one for one in _programmes(user)}
    until = add_months(first_of_month(timezone.localdate()), 1)
    return [
        Subject(
            key=f"{programme}-{format_month(when)}",
            name=f"{programmes[programme].name}: {month(when, language=parts.tongue())}",
            detail=_("%(out)s keluar, %(came)s masuk") % {"out": parts.told(went), "came": parts.told(came)},
        )
        for programme, when, went, came in moves.months_with_moves(list(programmes), until=until)
    ]


def subject(user: User, key: str) -> Month | None:
    programme_id, _dash, when = key.partition("-")
    try:
        asked = parse_month(when)
    except ValueError:
        return None
    programme = _programmes(user).filter(pk=parts.id_of(programme_id)).first()
    if programme is None or not programme.starts_on <= asked <= programme.ends_on:
        return None
    return moves.month_of(programme, asked)


def _programmes(user: User) -> QuerySet[Programme]:
    """Programmes that lie in the territory of somebody who may see people: of a part, the counts would not agree."""
    if not (user.may(Permission.WORKERS_VIEW) and user.area_code):
        return Programme.objects.none()
    return within_area(programmes_visible_to(user), user.area_code)


def people(thing: Month) -> int:
    return len(thing.out) + len(thing.came) + len(thing.late)


def contents(thing: Month, *, on: date, by: User | None, names: bool = True) -> Gathered:
    programme, region = thing.programme, parts.region_of(thing.programme.area_code)
    branch = parts.branch_for(programme.area_code)
    said: dict[str, Any] = {
        **parts.letterhead(programme.owner_on(on), region),
        **parts.opening(on, region),
        "nama_program": programme.name,
        "bulan_berlaku": month_name_id(thing.month),
        "jumlah_awal": parts.counted(thing.opening),
        "jumlah_keluar": parts.counted(len(thing.out)),
        "jumlah_masuk": parts.counted(len(thing.came)),
        "jumlah_akhir": parts.counted(thing.closing),
        "keluar": [
            {"alasan": _OUT[reason], "jumlah": number(count)} for reason, count in thing.out_by_reason().items()
        ],
        "masuk": _came_lines(thing.came),
        "catatan": _notes(thing),
    }
    return Gathered(
        contents=said,
        about=parts.about(programme),
        area_code=programme.area_code,
        title=f"Berita Acara pemutakhiran data peserta {programme.name}, {month_name_id(thing.month)}",
        lists=_attachments(thing, on) if names else (),
        public_lists=(),
        code=programme.code,
        suggested={"pihak_kesatu_jabatan": f"Kepala {programme.owner_on(on).name}", **parts.head_of(branch)},
    )


def _came_lines(came: Sequence[Move]) -> list[dict[str, str]]:
    replacing = sum(bool(one.replaces) for one in came)
    counts = {
        "Pengganti dari daftar tunggu": replacing,
        "Penetapan tanpa menggantikan orang lain": len(came) - replacing,
    }
    return [{"alasan": words, "jumlah": number(count)} for words, count in counts.items() if count or not came]


def _notes(thing: Month) -> list[str]:
    before = month_name_id(add_months(thing.month, -1))
    notes = [
        f"Jumlah sebelum perubahan adalah peserta bulan {before} menurut pencatatan pada tanggal berita acara ini."
    ]
    if not thing.out and not thing.came:
        notes.append("Tidak ada peserta yang masuk atau keluar pada bulan ini.")
    if thing.late:
        notes.append(
            f"Keluarnya {parts.counted(len(thing.late))} berlaku sejak bulan sebelumnya dan baru dicatat pada bulan"
            " ini; jumlah sebelum perubahan sudah tanpa mereka."
        )
    return notes


def _attachments(thing: Month, on: date) -> list[NameList]:
    everybody = [*thing.out, *thing.came, *thing.late]
    if not everybody:
        return []
    places = Places(one.area_code for one in everybody)
    niks = parts.masked_niks({one.worker_id for one in everybody})
    names = parts.names_of_workers({pk for one in everybody for pk in (one.worker_id, one.replaces) if pk})
    since = month_name_id(thing.month)
    told = (
        (thing.out, f"Peserta yang keluar sejak {since}", ("Alasan", "Bukti"), _out_cells),
        (thing.came, f"Peserta yang masuk sejak {since}", ("Penetapan", "Menggantikan"), _came_cells),
        (thing.late, "Peserta yang keluar sebelumnya dan baru dicatat", ("Alasan", "Sejak bulan"), _late_cells),
    )
    lists: list[NameList] = []
    for people_of, title, last_two, cells in told:
        if not people_of:
            continue
        lists.append(
            NameList(
                title=title,
                headings=[
                    Heading("No.", 0.7, "right"),
                    Heading("Nama", 3),
                    Heading("NIK (disamarkan)", 2.4, "center"),
                    Heading(last_two[0], 3),
                    Heading(last_two[1], 3),
                ],
                groups=parts.by_village(
                    [
                        (one.area_code, (names[one.worker_id], niks[one.worker_id], *cells(one, names)))
                        for one in people_of
                    ],
                    places,
                ),
                intro=parts.intro(f"LAMPIRAN {'I' * (len(lists) + 1)}", "BERITA ACARA PEMUTAKHIRAN DATA", on),
                ending="Jumlah seluruhnya",
                ending_total=f"{number(len(people_of))} orang",
            )
        )
    return lists


def _out_cells(one: Move, _names: Mapping[int, str]) -> tuple[str, str]:
    when = f", {paper_date(one.happened_on)}" if one.happened_on else ""
    return _OUT[one.reason] + when, one.paper


def _came_cells(one: Move, names: Mapping[int, str]) -> tuple[str, str]:
    return one.paper, names[one.replaces] if one.replaces else "—"


def _late_cells(one: Move, names: Mapping[int, str]) -> tuple[str, str]:
    return _out_cells(one, names)[0], month_name_id(one.from_month)
