"""What an intake answers: per file its counts, per row its verdict, in the shape of `--verdicts OUT.csv`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from naung.bulk.intake.parsing import ParsedFile, SheetLayout
from naung.bulk.intake.refusals import FileRefused
from naung.bulk.intake.returning import return_workbook
from naung.registry import chunks
from naung.registry.chunks import FOR_THE_SENDER
from naung.registry.frames import read_frame
from naung.registry.models import SourceChunk, SourceList
from naung.registry.vault import vault

VERDICTS = {
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.UInt32,
    "verdict": pl.String,
    "reason": pl.String,
    "cluster_id": pl.String,
}
_COUNTED = {"accept": "accepted", "reject": "rejected", "review": "review", "duplicate": "duplicate"}


@dataclass(frozen=True)
class FileResult:
    """What became of one file: a list with counts, or a refusal in words."""

    name: str
    counts: dict[str, int]
    """received, accepted, rejected, review, duplicate."""
    reasons: dict[str, int] = field(default_factory=dict)
    source_list: SourceList | None = None
    repeated: bool = False
    """It was handed in for this programme before; nothing changed."""
    stored: bool = False
    refused: FileRefused | None = None
    parsed: ParsedFile | None = field(default=None, repr=False)
    rows: pl.DataFrame | None = field(default=None, repr=False)
    """Of a dry run: the checked rows, which are nowhere else."""

    @classmethod
    def of_rows(cls, name: str, parsed: ParsedFile, rows: pl.DataFrame) -> FileResult:
        by_verdict = dict(rows["verdict"].value_counts().iter_rows())
        reasons = rows.select(pl.col("reasons").list.explode(empty_as_null=False, keep_nulls=False))
        return cls(
            name=name,
            counts={"received": rows.height} | {word: by_verdict.get(verdict, 0) for verdict, word in _COUNTED.items()},
            reasons=dict(sorted(reasons.to_series().value_counts().iter_rows())),
            parsed=parsed,
            rows=rows,
        )

    @classmethod
    def of_refusal(cls, name: str, refused: FileRefused) -> FileResult:
        return cls(name=name, counts=dict.fromkeys(("received", *_COUNTED.values()), 0), refused=refused)

    def verdicts(self) -> pl.DataFrame:
        """One line for the file, then one per row, as `VERDICTS`."""
        whole = pl.DataFrame(
            {
                "sheet": [""],
                "row": [None],
                "verdict": ["file_parsed" if self.refused is None else "file_rejected"],
                "reason": [str(self.refused.fault) if self.refused is not None else ""],
                "cluster_id": [""],
            },
            schema_overrides={"row": pl.UInt32},
        )
        rows = self.rows
        if rows is None and self.source_list is not None:
            rows = stored_verdicts(self.source_list)
        lines = pl.concat([whole, _lines(rows)]) if rows is not None else whole
        return lines.select(pl.lit(self.name).alias("file"), pl.all())

    def workbook(self, *, everything: bool = False) -> bytes:
        """The rows that were not simply taken, in the sender's own columns with the reasons beside, as XLSX."""
        assert self.refused is None
        if self.source_list is not None:
            return workbook_of(self.source_list, everything=everything)
        assert self.parsed is not None
        assert self.rows is not None
        return return_workbook(self.parsed, self.rows.with_columns(file=pl.lit(0)), everything=everything)


@dataclass(frozen=True)
class IntakeResult:
    """All files of one upload, in the order they were handed in; seconds by stage."""

    files: tuple[FileResult, ...]
    seconds: dict[str, float]

    @property
    def counts(self) -> dict[str, int]:
        """received, accepted, rejected, review, duplicate, over all files."""
        words = ("received", *_COUNTED.values())
        return {word: sum(one.counts[word] for one in self.files) for word in words}

    @property
    def reasons(self) -> dict[str, int]:
        total: dict[str, int] = {}
        for one in self.files:
            for reason, count in one.reasons.items():
                total[reason] = total.get(reason, 0) + count
        return dict(sorted(total.items()))

    @property
    def refused(self) -> tuple[FileResult, ...]:
        return tuple(one for one in self.files if one.refused is not None)

    def verdicts(self) -> pl.DataFrame:
        """Everything that `--verdicts OUT.csv` prints."""
        return pl.concat([one.verdicts() for one in self.files]) if self.files else pl.DataFrame(schema=VERDICTS)

    def to_json(self) -> dict[str, Any]:
        return {
            **self.counts,
            "reasons": self.reasons,
            "files": [
                {
                    "file": one.name,
                    **one.counts,
                    "reasons": one.reasons,
                    "repeated": one.repeated,
                    "refused": str(one.refused.fault) if one.refused else None,
                    "words": str(one.refused) if one.refused else None,
                }
                for one in self.files
            ],
        }


def stored_result(source_list: SourceList) -> FileResult:
    """What a stored list answers today (rows decided since count as decided)."""
    return FileResult(
        name=source_list.filename,
        counts={word: getattr(source_list, word) for word in ("received", *_COUNTED.values())},
        reasons=source_list.reasons,
        source_list=source_list,
        stored=True,
    )


def _lines(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.col("sheet").fill_null(""),
        pl.col("row").cast(pl.UInt32),
        "verdict",
        reason=pl.col("reasons").list.join(";"),
        cluster_id=pl.col("cluster"),
    )


def stored_verdicts(source_list: SourceList) -> pl.DataFrame:
    """The rows of a stored list with what became of them: sheet, row, verdict, reasons, cluster; in its order."""
    rows = read_frame(
        "SELECT sheet, row, verdict, array_to_string(reasons, ';'), cluster FROM registry_sourcerow"
        " WHERE list_id = %s ORDER BY ordinal",
        [source_list.pk],
        {"sheet": pl.String, "row": pl.UInt32, "verdict": pl.String, "reasons": pl.String, "cluster": pl.String},
    )
    said = pl.when(pl.col("reasons") == "").then(pl.lit([], dtype=pl.List(pl.String)))
    return rows.with_columns(reasons=said.otherwise(pl.col("reasons").str.split(";")))


def workbook_of(source_list: SourceList, *, everything: bool = False) -> bytes:
    """The workbook that goes back for a stored list, made again from what was kept of it. Raises SealBroken."""
    rows = stored_verdicts(source_list).hstack(received_cells(source_list))
    parsed = ParsedFile(
        name=source_list.filename,
        sha256=source_list.sha256,
        size=source_list.size_bytes,
        sheets=tuple(
            SheetLayout(name, tuple(layout["columns"]), layout["titles"], layout["fields"])
            for name, layout in source_list.columns.items()
        ),
        rows=rows.select("sheet", "row", *(name for name in rows.columns if chunks.is_cell(name))),
        skipped=pl.DataFrame(),
    )
    return return_workbook(parsed, rows.with_columns(file=pl.lit(0)), everything=everything)


def received_cells(source_list: SourceList) -> pl.DataFrame:
    """Everything that was kept of a list's rows, in its order; columns that nobody filled in are null."""
    keys = vault()
    kept = SourceChunk.objects.filter(list=source_list).order_by("first")
    rows = pl.concat([chunks.opened(chunk, keys) for chunk in kept.iterator(chunk_size=20)], how="diagonal_relaxed")
    wanted = {cell for layout in source_list.columns.values() for cell in layout["columns"]} | set(FOR_THE_SENDER)
    return rows.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in sorted(wanted - set(rows.columns)))
