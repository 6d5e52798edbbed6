"""CSV as it comes: comma, semicolon, tab or pipe; any of four encodings; quotes that do not always close.

Polars reads the records. What it would pass over in silence is looked for first, on the lines: rows with
too many or too few fields, and quotes that open and never close.
"""

import codecs
import io
import re

import polars as pl

from naung.bulk.intake.containers import Limits
from naung.bulk.intake.grids import Grid, blank_to_null, column
from naung.bulk.intake.refusals import FileFault, FileRefused

SEPARATORS = (",", ";", "\t", "|")
_RECORD_LINES_MAX = 50


def read_delimited(data: bytes, *, name: str, limits: Limits) -> Grid:
    """The one sheet of a delimited file. Raises FileRefused where it is no text at all."""
    text = _utf8(data, name=name)
    lines = pl.read_lines(io.BytesIO(text))["line"]
    if len(lines) > limits.rows:
        raise FileRefused(fault=FileFault.TOO_MANY_ROWS, file=name, found=f"{len(lines):,}".replace(",", "."))
    separator = _separator(lines)
    records, broken, literal = _records(lines, separator) if b'"' in text else (None, None, None)
    source = lines if records is None else records
    fields = _field_count(source, separator, quoted=records is not None)
    width = min(int(fields.max() or 1), limits.columns)  # type: ignore[arg-type]
    if literal is not None and literal.any():
        source = _quote_literally(source, literal, separator)
        text = source.to_frame("record").write_csv(
            include_header=False, quote_style="never", separator="\x01"
        ).encode()  # fmt: skip
    cells = pl.read_csv(
        io.BytesIO(text),
        has_header=False,
        infer_schema=False,
        schema={column(i): pl.String for i in range(width)},
        separator=separator,
        quote_char='"' if records is not None else None,
        missing_columns="insert",
        extra_columns="ignore",
    )
    if cells.height != len(source):
        raise FileRefused(fault=FileFault.UNREADABLE, file=name)
    return _grid(cells, fields, broken, limits)


def _grid(cells: pl.DataFrame, fields: pl.Series, broken: pl.Series | None, limits: Limits) -> Grid:
    names = cells.columns
    too_long = pl.any_horizontal(pl.col(c).str.len_bytes() > limits.cell_chars for c in names).fill_null(False)
    if broken is None:
        broken = pl.repeat(False, cells.height, dtype=pl.Boolean, eager=True)
    cells = cells.with_columns(
        row=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32),
        fields=fields.cast(pl.UInt16, strict=False).fill_null(65535),
        malformed=too_long | broken | (fields > limits.columns),
    )
    if cells["malformed"].any():
        cells = cells.with_columns(
            pl.when("malformed").then(pl.col(c).str.slice(0, limits.cell_chars)).otherwise(pl.col(c)).alias(c)
            for c in names
        )
    return Grid(sheet="", cells=blank_to_null(cells.select("row", "malformed", "fields", *names), names))


def _utf8(data: bytes, *, name: str) -> bytes:
    """The bytes as UTF-8 with \\n line ends, without mark and NUL."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    elif b"\x00" in data[:4096] and data[1:400:2].count(0) > len(data[1:400:2]) * 0.6:
        data = data.decode("utf-16-le", errors="replace").encode("utf-8", errors="replace")
    data = data.removeprefix(codecs.BOM_UTF8).replace(b"\x00", b"")
    sample = data[:65536]
    control = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\r\n\f\v\x1a")
    if control > max(8, len(sample) // 100):
        raise FileRefused(fault=FileFault.UNREADABLE, file=name)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # Excel on Windows saves cp1252; the five bytes it does not know become U+FFFD.
        data = data.decode("cp1252", errors="replace").encode("utf-8")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.removeprefix(b"sep=;\n").removeprefix(b"sep=,\n") if data[:4] == b"sep=" else data


def _separator(lines: pl.Series) -> str:
    """The separator that most lines of the beginning agree upon."""
    sample = [re.sub('"[^"]*"', "", line) for line in lines.head(200).to_list() if line and line.strip()]

    def agreement(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in sample]
        most = max(set(counts) - {0}, key=lambda n: (counts.count(n), n), default=0)
        # Many fields say more than many lines: a comma in each address is no separator.
        return (counts.count(most) * min(most, 3) if most else 0, most)

    return max(SEPARATORS, key=agreement)


def _field_count(records: pl.Series, separator: str, *, quoted: bool) -> pl.Series:
    frame = records.to_frame("record").with_row_index("at")
    count = pl.col("record").str.count_matches(separator, literal=True).fill_null(0) + 1
    fields = frame.select("at", fields=count)
    if quoted:
        # Doubled quotes inside a field pair up and vanish with it.
        bare = frame.filter(pl.col("record").str.contains('"', literal=True)).with_columns(
            pl.col("record").str.replace_all(r'"[^"]*"', "")
        )
        fields = fields.update(bare.select("at", fields=count), on="at")
    return fields["fields"]


def _records(lines: pl.Series, separator: str) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Lines joined where a quoted field runs over several; which records hold a field that never closes; which
    must be read with the quote as a mere character."""
    frame = lines.to_frame("line").with_columns(quotes=pl.col("line").str.count_matches('"', literal=True))
    frame = frame.with_columns(odd=pl.col("quotes") % 2 == 1).with_row_index("at")
    if frame["odd"].any() and _fields_span_lines(frame.filter("odd"), separator):
        # A line belongs to the record above while the quotes so far do not pair.
        inside = (pl.col("odd").cast(pl.UInt32).cum_sum() - pl.col("odd")) % 2
        frame = frame.with_columns(record=(inside == 0).cum_sum())
        frame = frame.group_by("record", maintain_order=True).agg(pl.col("line").str.join("\n"), pl.col("quotes").sum())
        frame = frame.with_columns(odd=pl.lit(False)).with_row_index("at")
    return frame["line"], *_unpaired(frame, separator)


def _fields_span_lines(odd: pl.DataFrame, separator: str) -> bool:
    """Every second line with an odd count of quotes opens a field, and the next one closes it a few lines below.

    One quote that never closes would swallow the rows behind it: then every line is its own record.
    """
    sep = re.escape(separator)
    if odd.height % 2:
        return False
    opens = odd.gather_every(2)
    closes = odd.gather_every(2, offset=1)
    well = (
        opens["line"].str.contains(rf'(?:^|{sep})[ ]*"(?:[^"]|"")*$')
        & closes["line"].str.contains(rf'^(?:[^"]|"")*"[ ]*(?:$|{sep})')
        & (closes["at"].cast(pl.Int64) - opens["at"].cast(pl.Int64) < _RECORD_LINES_MAX)
    )
    return bool(well.all())


def _unpaired(frame: pl.DataFrame, separator: str) -> tuple[pl.Series, pl.Series]:
    """By record: a field opens with a quote and never closes; quotes must be taken as mere characters.

    A quote inside a field is only a character (a 5" pipe); one that opens a field and never closes has lost us where
    the fields end.
    """
    sep = re.escape(separator)
    rest = pl.col("line")
    for _ in range(2):  # neighbours share a separator, so that one pass sees every other field
        rest = rest.str.replace_all(rf'(?:^|({sep}))[ ]*"(?:[^"]|"")*"[ ]*(?:$|({sep}))', "${1}${2}")
    quoted = frame.filter(pl.col("quotes") > 0).select("at", "odd", unclosed=rest.str.contains(rf'(?:^|{sep})[ ]*"'))
    told = frame.select("at").join(quoted, on="at", how="left", maintain_order="left")
    unclosed = told["unclosed"].fill_null(False)
    return unclosed, unclosed | told["odd"].fill_null(False)


def _quote_literally(records: pl.Series, chosen: pl.Series, separator: str) -> pl.Series:
    """Records with unpaired quotes written so that a quote is only a character."""
    doubled = pl.col("record").str.replace_all('"', '""', literal=True)
    literal = pl.lit('"') + doubled.str.replace_all(separator, f'"{separator}"', literal=True) + pl.lit('"')
    return (
        pl.DataFrame({"record": records, "chosen": chosen})
        .select(pl.when("chosen").then(literal).otherwise(pl.col("record")).alias("record"))
        .to_series()
    )
