"""Every address of the product, found in the URL resolver, filled with the things of a region."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from python_calamine import CalamineWorkbook

from tests.chain.region import Region

#: Parts of addresses that name no row.
WORDS = {"version": ["umum", "lengkap"], "kind": ["xlsx", "pdf"], "token": ["tidak-pernah-dibuat"],
         "table": ["xlsx", "csv"], "key": ["jkm.death_grant"], "code": ["bpu.due_day"], "letter": ["sk"],
         "template_version": ["1"], "edition": ["umum", "lengkap"], "form": ["pdf", "docx"]}  # fmt: skip
#: What signs in, signs out or chooses a language, and the pages of people without an account: for everybody.
OPEN = {
    "accounts:sign-in",
    "accounts:sign-out",
    "accounts:invitation",
    "accounts:accept",
    "accounts:code",
    # A region's crest stands on the pages that are seen before signing in: no secret. Its address is the digest of
    # the picture, and the answer is that picture alone.
    "accounts:crest",
    "heirs-rights",
    # The service worker names files, and nobody.
    "offline-worker",
    # Somebody at a meeting writes themselves in: the code names nothing, and closed or unknown it has one answer.
    "outreach:attend",
    # What the law says, for everybody: no person is named there.
    *(
        f"api-v1:{page}"
        for page in ("openapi-json", "parameters", "questions", "parameter", "contribution", "benefit", "api-root")
    ),
    # Whether a paper is the one issued, for whoever holds it: its number and title, and nobody it names.
    "papers:ask",
    "papers:check",
    *(f"cards:{page}" for page in ("check", "result", "proof", "extend", "end", "nik", "message")),
}
#: Addresses that name nothing may ask for something in their query: these ask for another's.
_QUERIES = {
    "registry:workers": "?wilayah={area}",
    "planning:planner": "?wilayah={area}",
    "contributions:issue": "?jalur={line}",
    "agreements:record-meeting": "?kesepakatan={agreement}",
    "audit:log": "?sebelum=999999999",
    "papers:new": "?jenis=sk&hal={decree}",
}
# A form's hidden token is drawn anew for each answer, and a session ends a moment nearer.
_TOKEN = re.compile(
    r'[A-Za-z0-9]{64}|value="[0-9a-f]{8}-[0-9a-f-]{27}"|data-left="\d+"|<noscript>.*?</noscript>'
    r"|<p[^>]*>Sesi (ini )?berakhir pukul [^<]*</p>"
)


@dataclass(frozen=True)
class Address:
    """`parts` are the names of what stands in it, in order."""

    name: str
    parts: tuple[str, ...]

    @property
    def names_a_row(self) -> bool:
        """A row that somebody may read and another may not."""
        return self.name not in OPEN and self.names_something

    @property
    def names_something(self) -> bool:
        return any(part not in WORDS for part in self.parts)

    def of(self, region: Region) -> Iterator[str]:
        """The address for each of the region's things."""
        choices = [WORDS.get(part) or region.things[part] for part in self.parts]
        for values in product(*choices):
            # A row is named by its list and its number in it; only the first list has every kind of row.
            if "ordinal" in self.parts and values[0] != region.things["list_id"][0]:
                continue
            if values[1:] == ("lengkap", "pdf"):  # drawn from what the workbook says; what it says can be read there
                continue
            yield reverse(self.name, kwargs=dict(zip(self.parts, values, strict=True)))


def addresses(within: URLResolver | None = None, space: str = "") -> list[Address]:
    found: list[Address] = []
    for one in (within or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            found += addresses(one, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            assert isinstance(one, URLPattern)
            found.append(Address(f"{space}{one.name}", tuple(one.pattern.converters)))
    return found


def asking_for(address: Address, other: Region) -> str:
    """The address with a query that asks for something of `other`, or nothing."""
    asked = _QUERIES.get(address.name, "")
    return asked.format(
        area=other.area,
        line=other.things["line_id"][0],
        agreement=other.things["agreement_id"][0],
        decree=other.things["decree_id"][0],
    )


def text_of(answer: HttpResponse) -> str:
    """What somebody reads in an answer and its headers, whatever it is written in."""
    kind = answer.get("Content-Type", "")
    told = " ".join(answer.get(name, "") for name in ("Location", "Content-Disposition"))
    if "spreadsheetml" in kind:
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        return told + str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    if "wordprocessingml" in kind:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            return told + package.read("word/document.xml").decode()
    if kind == "application/pdf" or kind.startswith("image/"):
        return told
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return told + _TOKEN.sub("", content.decode())


def everything(area: str = "") -> dict[str, list[str]]:
    """Each table's rows as text; with `area`, only rows of that area in tables that name one."""
    found = {}
    for model in apps.get_models():
        table = model._meta.db_table
        if model.__name__ in ("Session", "Area", "Edition"):
            continue
        columns = {field.column for field in model._meta.concrete_fields}
        if area and "area_code" not in columns:
            continue
        with connection.cursor() as cursor:
            where = "WHERE area_code LIKE %s" if area else ""
            cursor.execute(f"SELECT t::text FROM {table} t {where} ORDER BY 1", [f"{area}%"] if area else None)
            found[table] = [row[0] for row in cursor.fetchall()]
    return found
