"""Each gathered paper, filled into its shipped template: what it says is in the file, and no name where none may be."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest

from naung.cards.actions import issue_cards
from naung.contributions import actions
from naung.documents.letters.filling import fill
from naung.documents.letters.kinds import KINDS
from naung.papers.drawing import missing_of
from naung.papers.gathering import Gathered, gather, gatherer_of
from tests.factories import make_reference
from tests.papers.gathering.reading import NIK, TODAY
from tests.registry.lists import a_list, hand_in, line
from tests.town import Town, town

JAN, FEB = date(2026, 1, 1), date(2026, 2, 1)
NUMBER = "500.15/77/BA/2026"

#: Of each kind, something that only the gathered figures can have put there.
SAYS = {
    "ba_verifikasi": "2 (dua) orang dinyatakan memenuhi",
    "ba_padan": "1 (satu) baris",
    "ba_pemutakhiran": "5 (lima) orang",
    "bast_kartu": "5 (lima) kartu",
    "permohonan_pembayaran": "Rp84.000,00",
    "laporan_monev": "Klaim belum dicatat di sistem ini",
}
#: Those whose full copy names the people of the town.
NAMES = ("ba_pemutakhiran", "bast_kartu", "permohonan_pembayaran")


@pytest.fixture
def place(areas) -> Town:
    made = town(people=6)
    actions.end_cover(
        made.enrolments[0], reason="moved", happened_on=date(2026, 1, 20), evidence="Surat", by=made.officer
    )
    actions.issue_bill(made.line, first_month=FEB, last_month=FEB, due_on=FEB, payment_code="KI-1", by=made.officer)
    issue_cards(made.programme, on=TODAY, by=made.officer)
    make_reference("deaths", made.workers[:1])
    return made


def gathered(place: Town, kind: str) -> Gathered:
    gatherer = gatherer_of(kind)
    assert gatherer is not None
    if kind == "ba_verifikasi":
        hand_in(a_list(11, 12, line(13, nik="12345")), programme_code=place.programme.code)
    keys = [one.key for one in gatherer.subjects(place.officer)]
    key = f"{place.programme.pk}-2026-02" if kind == "ba_pemutakhiran" else keys[0]
    assert key in keys
    found = gather(kind, gatherer.subject(place.officer, key), on=TODAY, by=place.officer)
    found = found.completed(found.suggested)
    typed = {field.name: KINDS[kind].example[field.name] for field in missing_of(kind, found)}
    return found.completed(typed).numbered(NUMBER)


def text_of(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        xml = parts.read("word/document.xml").decode()
    paragraphs = re.findall(r"<w:p[ >].*?</w:p>", xml, re.DOTALL)
    return "\n".join("".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", one)) for one in paragraphs)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SAYS)
def test_the_shipped_template_holds_what_was_gathered(place, kind):
    paper = gathered(place, kind)
    known = {name: value for name, value in paper.contents.items() if value}
    for edition, lists in paper.editions.items():
        text = text_of(fill(kind, known, lists=lists, title=paper.title))
        assert NUMBER in text
        assert SAYS[kind] in text
        assert not NIK.search(re.sub(r"[0-9a-f]{64}", "", text)), "a digest is no NIK"
        if edition == "public":
            assert "Contoh Pekerja" not in text
        elif kind in NAMES:
            assert "Contoh Pekerja" in text


@pytest.mark.django_db
def test_the_number_stands_in_the_head_of_every_attachment(place):
    for kind in NAMES:
        for one in gathered(place, kind).lists:
            assert ("NOMOR", NUMBER) in one.intro
