"""From a sheet as it came to one line per person, and a record of every line that is no person.

Village lists have titles above, sub-totals between, signatures below, headers again on each page. A row is a person
where it carries a NIK, or a name with something else about that person; everything else is kept as skipped, with
its kind.
"""

from dataclasses import dataclass

import polars as pl

from naung.bulk.intake.grids import Grid, column
from naung.bulk.intake.headers import Header, find_header, looks_like_header, telling_keys
from naung.bulk.intake.inference import infer_fields
from naung.bulk.intake.matching import Columns

#: Fields that every laid out row carries, as received.
FIELDS = (
    "name", "nik", "kk", "birth_date", "birth_both", "birth_place", "sex", "sex_l", "sex_p", "address", "rt_rw",
    "rt", "rw", "hamlet", "village", "district", "regency", "occupation", "phone", "income", "mother", "number",
    "age", "decile", "note",
)  # fmt: skip

#: Where "sda" or a ditto mark means: as in the row above.
DITTO_FIELDS = ("address", "rt_rw", "rt", "rw", "hamlet", "village", "district", "regency", "occupation", "birth_place")
_DITTO = r"""(?i)^\s*(?:s\.?\s?d\.?\s?a\.?|idem|ditto|sama|["”“〃]|''|,,|-?\s*["”“]\s*-?|-\s*''\s*-|=)\s*$"""
_DASH = r"^\s*[-–—]+\s*$"

_NIK_LIKE = r"[0-9](?:[^0-9]{0,2}[0-9]){6}|[0-9][.,]?[0-9]*[eE]\+?[0-9]{2}"
_NO_NAME = r"(?i)^\W*(?:nihil|kosong|tidak ada|n/a)?\W*$"
_SUBTOTAL = r"(?i)^\W*(?:sub\s*-?\s*(?:total|jumlah)|grand\s*total|total|jumlah|jml|rekap(?:itulasi)?)\b"
_SIGNATURE = (
    r"(?i)^\W*(?:mengetahui|menyetujui|disetujui|diketahui|dibuat|petugas|kepala\s|kades|lurah\b|camat\b|ttd\b|"
    r"tanda tangan|nip\b|nrp\b|sekretaris|ketua|penjabat|pj\b|a\.?n\.?\s+|plt\b|demikian|catatan|keterangan|"
    r"ket\b|pangkat|"
    r"[a-z .]+,\s*(?:tanggal|\d{1,2})\s)"
)
_SECTION = (
    r"(?i)^\W*(?:dusun|dsn|lingkungan|lingk|rt\b|rw\b|desa|kelurahan|kel\b|kecamatan|kec\b|kelompok|blok|kampung|"
    r"daftar|lampiran|halaman|hal\b|tabel|sumber)"
)
_ROW_NUMBERS = r"^\W*[0-9]{1,2}\W*$"


@dataclass(frozen=True)
class Laid:
    """People and skipped lines of one sheet."""

    rows: pl.DataFrame
    skipped: pl.DataFrame
    header: Header | None


def lay_out(grid: Grid, previous: Header | None, told: Columns | None = None) -> Laid:
    """Find the header and the people of `grid`; `previous` is the header of the sheet before, for continued lists.

    `told` is what a person said about the columns: where the sheet has them, nothing is guessed.
    """
    columns = grid.columns
    body = grid.cells.filter(pl.any_horizontal(pl.col(c).is_not_null() for c in columns) | pl.col("malformed"))
    skipped = [_blank_rows(grid, body)]
    header = told.header_of(grid) if told else None
    if header is None:
        header = find_header(body.head(80).select(columns).to_dicts())
    if header is None:
        header = _header_without_titles(body, columns, previous)
        if header is None:
            return Laid(_empty_rows(body), pl.concat([*skipped, _skip(body, "not_a_list")]), None)

    first = (max(header.rows) + 1) if header.rows else 0
    kinds = pl.int_range(pl.len())
    above = body.head(first).select(
        "row", kind=pl.when(kinds.is_in(list(header.rows))).then(pl.lit("header")).otherwise(pl.lit("title"))
    )
    skipped.append(above)
    parts = []
    for segment, its_header in _segments(body.slice(first), columns, header):
        people, rest = _people(_with_fields(segment, its_header, grid), its_header, columns)
        parts.append(people)
        skipped.append(rest)
    rows = pl.concat(parts, how="diagonal") if parts else _empty_rows(body)
    repeated = body.slice(first).join(rows.select("row"), on="row", how="anti")
    lines = pl.concat(skipped)
    lines = pl.concat([lines, _skip(repeated.join(lines, on="row", how="anti"), "header")])
    return Laid(_fill_ditto(rows, grid, header), lines.sort("row"), header)


def _skip(rows: pl.DataFrame, kind: str) -> pl.DataFrame:
    return rows.select("row", kind=pl.lit(kind))


def _blank_rows(grid: Grid, body: pl.DataFrame) -> pl.DataFrame:
    last = int(grid.cells["row"].max() or 0)  # type: ignore[arg-type]
    if last == body.height:
        return _skip(body.head(0), "blank")
    numbers = pl.DataFrame({"row": pl.int_range(1, last + 1, dtype=pl.UInt32, eager=True)})
    return _skip(numbers.join(body.select("row"), on="row", how="anti"), "blank")


def _empty_rows(body: pl.DataFrame) -> pl.DataFrame:
    return body.head(0).with_columns(
        *(pl.lit(None, dtype=pl.String).alias(f) for f in FIELDS), nik_was_number=pl.lit(False)
    )


def _header_without_titles(body: pl.DataFrame, columns: list[str], previous: Header | None) -> Header | None:
    """A sheet that goes on where the one before ended, or one that never had titles."""
    if previous and set(previous.fields.values()) <= set(columns) and "nik" in previous.fields:
        sample = body.head(200)[previous.fields["nik"]].drop_nulls()
        if len(sample) and sample.str.contains(_NIK_LIKE).mean() >= 0.5:  # type: ignore[operator]
            return Header((), previous.fields, previous.titles)
    fields = infer_fields(body, columns)
    return Header((), fields, {}) if fields else None


def _segments(body: pl.DataFrame, columns: list[str], header: Header) -> list[tuple[pl.DataFrame, Header]]:
    """The body cut at headers repeated on later pages; a page may order its columns anew."""
    marks = [header.fields[f] for f in ("nik", "name") if f in header.fields][:1]
    # Only where no digit stands under NIK; there, any column may carry one of the telling titles.
    worded = body.with_row_index("at").filter(~pl.col(marks[0]).str.contains("[0-9]").fill_null(False))
    key = "[^A-Z0-9#]"
    again = worded.filter(
        pl.any_horizontal(pl.col(c).str.to_uppercase().str.replace_all(key, "").is_in(telling_keys()) for c in columns)
        if worded.height
        else pl.lit(False)
    ).head(2000)
    cuts: list[tuple[int, int, Header]] = []
    for at, row in zip(again["at"].to_list(), again.select(columns).to_dicts(), strict=True):
        if looks_like_header(row):
            below = body.slice(at, 2).select(columns).to_dicts()
            found = find_header(below)
            if found:
                cuts.append((at, at + len(found.rows), found))
    segments, start, current = [], 0, header
    for at, after, found in cuts:
        segments.append((body.slice(start, at - start), current))
        start, current = after, found
    segments.append((body.slice(start), current))
    return [(segment, its) for segment, its in segments if segment.height]


def _with_fields(segment: pl.DataFrame, header: Header, grid: Grid) -> pl.DataFrame:
    fields = dict(header.fields)
    both = fields.get("birth_both")
    if both and "birth_date" not in fields:
        neighbour = column(int(both[1:]) + 1)
        digits = segment[both].drop_nulls().head(50).str.contains("[0-9]")
        # "TTL" over two columns: the place stands under the title, the date beside it.
        if neighbour in segment.columns and neighbour not in header.titles and len(digits) and not digits.any():
            del fields["birth_both"]
            fields["birth_place"], fields["birth_date"] = both, neighbour
    was_number = pl.lit(False)
    if fields.get("nik") in grid.numbers:
        was_number = pl.col(f"{fields['nik']}__number").fill_null(False)
    return segment.with_columns(
        *((pl.col(fields[f]) if f in fields else pl.lit(None, dtype=pl.String)).alias(f) for f in FIELDS),
        nik_was_number=was_number,
    )


def _people(rows: pl.DataFrame, header: Header, columns: list[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split the lines below a header into people and others."""
    rows = rows.with_columns(malformed=_ragged(rows, header) | pl.col("malformed"))
    has_nik = pl.col("nik").str.contains(_NIK_LIKE).fill_null(False)
    # Most sheets are all people: then nothing else needs to be looked at.
    seen = rows.select(nik=has_nik)["nik"]
    if seen.all():
        return rows, _skip(rows.head(0), "")
    rows = rows.with_columns(has_nik=seen, at=pl.int_range(pl.len()))
    # Below the last NIK stand signatures; a list without any NIK has no such line.
    last_nik = rows.filter("has_nik").select(pl.col("at").max().fill_null(rows.height)).item()
    others = _classify(rows.filter(~pl.col("has_nik")), header, columns, int(last_nik))
    keep = pl.concat([rows.filter("has_nik"), others.filter(pl.col("kind") == "person").select(rows.columns)])
    people = keep.sort("at").drop("has_nik", "at")
    return people, others.filter(pl.col("kind") != "person").select("row", "kind")


def _classify(rows: pl.DataFrame, header: Header, columns: list[str], last_nik: int) -> pl.DataFrame:
    """The kind of each line that carries no NIK: a person without one, or no person."""
    told = [f for f in FIELDS if f in header.fields and f not in ("name", "nik", "number", "note")]
    first_cell = pl.coalesce(*(pl.col(c) for c in columns))
    has_name = (pl.col("name").str.contains(r"\p{L}") & ~pl.col("name").str.contains(_NO_NAME)).fill_null(False)
    filled = pl.sum_horizontal(pl.col(c).is_not_null() for c in columns)
    about = pl.sum_horizontal([pl.col(f).is_not_null() for f in told] or [pl.lit(0)])
    numbered = pl.col("number").str.contains(r"^\W*[0-9]+\W*$").fill_null(False)
    within = pl.col("at") <= last_nik

    def either(pattern: str) -> pl.Expr:
        return (first_cell.str.contains(pattern) | pl.col("name").str.contains(pattern)).fill_null(False)

    numbering = pl.col("name").str.contains(_ROW_NUMBERS) & (filled >= 3) & first_cell.str.contains(_ROW_NUMBERS)
    some_digits = pl.col("nik").str.contains("[0-9]").fill_null(False)
    # Above the last NIK a name alone is someone: rather a row sent back than a person lost.
    named = has_name & (within | (about >= 2) | some_digits | (numbered & (about >= 1)))
    nameless = ~has_name & ((about >= 3) | (pl.col("nik").is_not_null() & (about >= 1)))
    kind = (
        pl.when(numbering.fill_null(False))
        .then(pl.lit("numbering"))
        .when(either(_SUBTOTAL) & (about <= 3))
        .then(pl.lit("subtotal"))
        .when(either(_SIGNATURE) & (about <= 2) & ~numbered)
        .then(pl.lit("signature"))
        .when(either(_SECTION) & (about <= 2) & ~numbered)
        .then(pl.lit("section"))
        .when((pl.col("malformed") & (within | (filled >= 2))) | named | nameless)
        .then(pl.lit("person"))
        .when((filled <= 1) & numbered)
        .then(pl.lit("blank"))
        .when(within)
        .then(pl.lit("section"))
        .otherwise(pl.lit("note"))
    )
    return rows.with_columns(kind=kind)


def _ragged(rows: pl.DataFrame, header: Header) -> pl.Expr:
    """Rows of a delimited file whose fields do not fit the header: more, or fewer than identity needs."""
    if rows["fields"].null_count() == rows.height:
        return pl.lit(False)
    titled = [int(c[1:]) for c in (header.titles or dict.fromkeys(header.fields.values()))]
    width = max(titled) + 1
    beyond = [column(i) for i in range(width, len(rows.columns)) if column(i) in rows.columns]
    surplus = pl.any_horizontal(pl.col(c).is_not_null() for c in beyond) if beyond else pl.lit(False)
    identity = [int(header.fields[f][1:]) for f in ("name", "nik", "birth_date", "birth_both") if f in header.fields]
    short = pl.col("fields") <= max(identity, default=0)
    return ((pl.col("fields") > width) & surplus & pl.lit(bool(header.titles))) | short


def _fill_ditto(rows: pl.DataFrame, grid: Grid, header: Header) -> pl.DataFrame:
    """ "sda" and its kin take the value of the row above; so do cells merged downward."""
    for merged_column, field in ((c, f) for f, c in header.fields.items() if f in DITTO_FIELDS):
        runs = [(top, bottom) for top, bottom, at in grid.merged if column(at) == merged_column]
        if runs:
            values, filled = grid.cells.select("row", merged_column), pl.coalesce(field, "above")
            spans = pl.DataFrame(runs, schema={"top": pl.UInt32, "bottom": pl.UInt32}, orient="row").sort("top")
            rows = (
                rows.sort("row").join_asof(spans, left_on="row", right_on="top", strategy="backward")
                .join(values.rename({merged_column: "above"}), left_on="top", right_on="row", how="left")
                .with_columns(pl.when(pl.col("row") <= pl.col("bottom")).then(filled).otherwise(field).alias(field))
                .drop("top", "bottom", "above")
            )  # fmt: skip
    for field in (f for f in DITTO_FIELDS if f in header.fields):
        short = rows.filter(pl.col(field).str.len_chars() <= 8)[field].unique()
        dash = _DASH if field not in ("occupation", "birth_place", "rt", "rw") else "$^"
        marks = short.filter(short.str.contains(_DITTO) | short.str.contains(dash)).to_list()
        if marks:
            value = pl.when(~pl.col(field).is_in(marks)).then(pl.col(field))
            rows = rows.with_columns(
                pl.when(pl.col(field).is_in(marks)).then(value.forward_fill()).otherwise(pl.col(field)).alias(field)
            )
    return rows
