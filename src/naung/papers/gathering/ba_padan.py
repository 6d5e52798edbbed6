"""Berita Acara padan data: what another body answered about our people, by code, with the digest of its file.

Two things are such an answer: a reference list (the dead, members, people who moved, deciles), and the branch's list
held against a bill. Counts only; nobody is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl
from django.db import connection
from django.utils.translation import gettext as _

from naung.accounts.models import Office, User
from naung.contributions.models import Comparison, Difference
from naung.contributions.reconciliation import comparisons_visible_to, tally_of
from naung.disclosure import LEAST
from naung.documents.dates import paper_date
from naung.papers.gathering import About, Gathered, Subject
from naung.papers.gathering import ba_parts as parts
from naung.papers.gathering import ba_verifikasi_rows as verified
from naung.programmes.models import Programme
from naung.registry.models import ReferenceList, SourceList
from naung.registry.queries import concerns, references_visible_to
from naung.registry.vault import vault
from naung.ui.formats import date_plain, number
from naung.ui.navigation import address

_WHAT = {
    ReferenceList.Kind.DEATHS: "data kematian",
    ReferenceList.Kind.MEMBERS: "data penerima upah dan peserta lain",
    ReferenceList.Kind.MOVED: "data pindah",
    ReferenceList.Kind.DECILES: "desil kesejahteraan",
}
#: Names of bodies, whose head signs; anything else is named by whoever issues the paper.
_BODIES = ("dinas", "disdukcapil", "bpjs", "kantor", "badan", "balai", "kementerian", "dukcapil")

#: How a paper is about a reference list or about the branch's list.
_LIST, _BRANCH = "d", "t"


@dataclass(frozen=True)
class Answer:
    """One line of the result: a code, what it means, how many."""

    code: str
    meaning: str
    count: int


def subjects(user: User) -> list[Subject]:
    tongue = parts.tongue()
    lists = [
        (
            one.as_of,
            Subject(
                key=f"{_LIST}{one.pk}",
                name=f"{one.get_kind_display()}: {one.source}",
                detail=_("keadaan %(day)s, %(rows)s baris")
                % {"day": date_plain(one.as_of, language=tongue), "rows": parts.told(one.rows)},
            ),
        )
        for one in references_visible_to(user)
    ]
    compared = [
        (
            one.as_of,
            Subject(
                key=f"{_BRANCH}{one.pk}",
                name=_("Daftar cabang untuk tagihan %(number)s") % {"number": one.bill.number},
                detail=_("keadaan %(day)s") % {"day": date_plain(one.as_of, language=tongue)},
            ),
        )
        for one in comparisons_visible_to(user).select_related("bill")
    ]
    return [told for _day, told in sorted([*lists, *compared], key=lambda one: one[0], reverse=True)]


def subject(user: User, key: str) -> ReferenceList | Comparison | None:
    kind, pk = key[:1], parts.id_of(key[1:])
    if kind == _LIST:
        return references_visible_to(user).filter(pk=pk).first()
    if kind == _BRANCH:
        return comparisons_visible_to(user).filter(pk=pk).select_related("bill__programme__owner").first()
    return None


def people(thing: ReferenceList | Comparison) -> int:
    return 0


def contents(thing: ReferenceList | Comparison, *, on: date, by: User | None, names: bool = True) -> Gathered:
    return _of_comparison(thing, on=on) if isinstance(thing, Comparison) else _of_list(thing, on=on, by=by)


# --- a reference list ------------------------------------------------------------------------------

# Each person of the list once, under one word for how the answer fits what is known here. Of a death or a move the
# question is whether the person is out already; of another member, what the answer calls the membership.
_ANSWERS = """
    WITH answered AS (
        SELECT DISTINCT ON (n.nik_index) n.nik_index, n.note, n.decile
          FROM registry_referenceentry n WHERE n.list_id = %(list)s ORDER BY n.nik_index, n.id DESC)
    SELECT CASE WHEN w.id IS NULL THEN 'unknown'
                WHEN %(kind)s = 'deciles' THEN 'decile:' || coalesce(a.decile::text, '')
                WHEN %(kind)s = 'members' THEN 'note:' || upper(btrim(a.note))
                WHEN EXISTS (SELECT FROM coverage_enrolment e JOIN coverage_departure d ON d.enrolment_id = e.id
                              WHERE e.worker_id = w.id
                                AND d.reason = CASE %(kind)s WHEN 'deaths' THEN 'death' ELSE 'moved' END) THEN 'left'
                WHEN EXISTS (SELECT FROM coverage_enrolment e
                              WHERE e.worker_id = w.id AND NOT isempty(e.period) AND upper(e.period) > %(on)s)
                     THEN 'enrolled'
                ELSE 'candidate' END AS answer,
           count(*)
      FROM answered a
      LEFT JOIN registry_worker w ON w.nik_index = a.nik_index AND starts_with(w.area_code, %(area)s)
                                 AND w.merged_into_id IS NULL
     GROUP BY 1
"""


def answers_of(thing: ReferenceList, *, on: date) -> list[Answer]:
    """The whole file by code: its lines are the sum of the counts. One query; the list comes from a visible one."""
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERS, {"list": thing.pk, "kind": thing.kind, "area": thing.area_code, "on": on})
        counts: dict[str, int] = dict(cursor.fetchall())
    unknown = counts.pop("unknown", 0)
    distinct = sum(counts.values()) + unknown
    answers = _known(counts)
    if refused := _refused(thing):
        answers.append(Answer("COCOK 4", "Cocok dengan usulan yang sudah ditolak", refused))
        unknown -= refused
    answers.append(Answer("TIDAK ADA", "NIK tidak ada dalam data pekerja di wilayah ini", unknown))
    answers.append(Answer("NIK SALAH", "Baris tanpa NIK 16 angka", thing.malformed))
    if thing.rows - distinct:
        answers.append(Answer("GANDA", "NIK yang sama lebih dari satu kali dalam berkas", thing.rows - distinct))
    return answers


def _refused(thing: ReferenceList) -> int:
    """People of the list whom nobody took in because a row of theirs was refused, for this answer or another reason.

    A refused row is no worker, so its NIK is only in the list that brought it.
    """
    if thing.kind == ReferenceList.Kind.DECILES:
        return 0
    near = [one for one in SourceList.objects.filter(rejected__gt=0) if concerns(one.area_code, thing.area_code)]
    if not near:
        return 0
    rows = verified.rows_of(near).filter(pl.col("became") == verified.REFUSED)
    keys = vault()
    niks = rows["nik"].filter(rows["nik"].str.contains(r"^\d{16}$")).unique().to_list()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(DISTINCT n.nik_index)
              FROM registry_referenceentry n
             WHERE n.list_id = %s AND n.nik_index = ANY(%s::uuid[])
               AND NOT EXISTS (SELECT FROM registry_worker w
                                WHERE w.nik_index = n.nik_index AND starts_with(w.area_code, %s)
                                  AND w.merged_into_id IS NULL)
            """,
            [thing.pk, keys.index_column("nik", niks), thing.area_code],
        )
        return int(cursor.fetchone()[0])


def _known(counts: dict[str, int]) -> list[Answer]:
    """What is told of those who are known here; remarks that few people share say too much about each."""
    words = {
        "left": Answer("COCOK 1", "Cocok, sudah dikeluarkan dari program", 0),
        "enrolled": Answer("COCOK 2", "Cocok, masih tercatat sebagai peserta", 0),
        "candidate": Answer("COCOK 3", "Cocok, tidak sedang menjadi peserta", 0),
    }
    answers = [Answer(one.code, one.meaning, counts[key]) for key, one in words.items() if key in counts]
    for key in sorted((key for key in counts if key.startswith("decile:")), key=lambda key: (len(key), key)):
        decile = key.removeprefix("decile:")
        answers.append(
            Answer(f"DESIL {decile}" if decile else "DESIL –", f"Cocok, desil {decile or 'tidak disebut'}", counts[key])
        )
    noted = {key.removeprefix("note:"): count for key, count in counts.items() if key.startswith("note:")}
    named = {note: count for note, count in noted.items() if note and count >= LEAST}
    answers += [Answer("COCOK", f"Cocok, keterangan: {note}", named[note]) for note in sorted(named)]
    if rest := sum(noted.values()) - sum(named.values()):
        answers.append(Answer("COCOK", "Cocok, tanpa keterangan atau keterangan lain", rest))
    return answers or [Answer("COCOK", "Cocok dengan data pekerja", 0)]


def _of_list(thing: ReferenceList, *, on: date, by: User | None) -> Gathered:
    answers = answers_of(thing, on=on)
    matched = sum(one.count for one in answers if one.code.startswith(("COCOK", "DESIL")))
    sent = thing.rows + thing.malformed
    office = (by.office if by else None) or (thing.received_by.office if thing.received_by else None)
    programmes = _running(thing)
    what = _WHAT[ReferenceList.Kind(thing.kind)]
    return _paper(
        answers,
        on=on,
        area_code=thing.area_code,
        office=office,
        second=_head(thing.source),
        said={
            "nama_program": parts.listed(programmes) or f"Data pekerja {parts.region_of(thing.area_code)}",
            "sumber": f"{what} dari {thing.source}",
            "periode_data": paper_date(thing.as_of),
        },
        counts=(sent, matched),
        file=(thing.filename, thing.as_of, thing.sha256),
        about=About("reference_list", thing.pk, thing.filename),
        title=f"Berita Acara padan data dengan {what}, keadaan {paper_date(thing.as_of)}",
    )


def _head(source: str) -> dict[str, str]:
    return {"pihak_kedua_jabatan": f"Kepala {source}"} if source.lower().startswith(_BODIES) else {}


def _running(thing: ReferenceList) -> list[str]:
    """Programmes that take people from the area of a list and run, or are prepared, when it speaks."""
    asked = Programme.objects.filter(ends_on__gt=thing.as_of).order_by("starts_on", "code")
    return [name for code, name in asked.values_list("area_code", "name") if concerns(code, thing.area_code)]


# --- the branch's list -----------------------------------------------------------------------------


def answers_of_comparison(thing: Comparison) -> list[Answer]:
    tallies = {one.kind: one for one in tally_of(thing)}
    words = {
        Difference.Kind.AMOUNT: ("BEDA", "Ada pada kedua daftar, iurannya berbeda"),
        Difference.Kind.ONLY_HERE: ("TAGIHAN", "Hanya ada pada tagihan"),
        Difference.Kind.ONLY_THERE: ("CABANG", "Hanya ada pada daftar cabang"),
    }
    answers = [Answer("COCOK", "Ada pada kedua daftar", thing.both)]
    for kind, (code, meaning) in words.items():
        one = tallies[kind]
        settled = f"; {number(one.open)} belum diselesaikan" if one.open else "; seluruhnya sudah diselesaikan"
        answers.append(Answer(code, meaning + (settled if one.total else ""), one.total))
    answers.append(Answer("NIK SALAH", "Baris daftar cabang tanpa NIK 16 angka", thing.unreadable))
    return answers


def _of_comparison(thing: Comparison, *, on: date) -> Gathered:
    answers = answers_of_comparison(thing)
    bill = thing.bill
    branch = parts.branch_for(bill.area_code)
    return _paper(
        answers,
        on=on,
        area_code=bill.area_code,
        office=bill.programme.owner_on(on),
        second=parts.head_of(branch),
        said={
            "nama_program": bill.programme.name,
            "sumber": f"daftar peserta cabang untuk tagihan {bill.number}, "
            f"iuran {parts.months_said(bill.first_month, bill.last_month)}",
            "periode_data": paper_date(thing.as_of),
        },
        counts=(sum(one.count for one in answers), thing.both),
        file=(thing.filename, thing.as_of, thing.sha256),
        about=About("bill", bill.pk, bill.number, address("contributions:reconcile", str(bill.pk)) or ""),
        title=f"Berita Acara padan data tagihan {bill.number} dengan daftar cabang",
    )


# --- both ------------------------------------------------------------------------------------------


def _paper(
    answers: Sequence[Answer],
    *,
    on: date,
    area_code: str,
    office: Office | None,
    second: dict[str, str],
    said: dict[str, Any],
    counts: tuple[int, int],
    file: tuple[str, date, str],
    about: About,
    title: str,
) -> Gathered:
    region = parts.region_of(area_code)
    sent, matched = counts
    name, day, digest = file
    head = parts.letterhead(office, region) if office else {"instansi": f"Pemerintah {region}"}
    return Gathered(
        contents={
            **head,
            **parts.opening(on, region),
            **said,
            "jumlah_dikirim": parts.counted(sent, "baris"),
            "jumlah_cocok": parts.counted(matched, "baris"),
            "jumlah_tidak": parts.counted(sent - matched, "baris"),
            "hasil": [{"kode": one.code, "arti": one.meaning, "jumlah": number(one.count)} for one in answers]
            + [{"kode": "", "arti": "Jumlah", "jumlah": number(sent)}],
            "berkas": [{"berkas": name, "tanggal": paper_date(day), "sidik": digest}],
        },
        about=about,
        area_code=area_code,
        title=title,
        earliest=day,
        suggested={**({"pihak_kesatu_jabatan": f"Kepala {office.name}"} if office else {}), **second},
    )
