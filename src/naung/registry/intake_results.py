"""What an intake answers: per file its counts, per row its verdict, in the shape of `--verdicts OUT.csv`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from naung.bulk.intake.parsing import ParsedFile
from naung.bulk.intake.refusals import FileRefused
from naung.registry.frames import read_frame
from naung.registry.models import SourceList

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
                "file": [self.name],
                "verdict": ["file_parsed" if self.refused is None else "file_rejected"],
                "reason": [self.refused.fault if self.refused is not None else ""],
            }
        )
        parts = [whole]
        if self.rows is not None:
            parts.append(_lines(self.rows))
        elif self.source_list is not None:
            parts.append(_lines(_stored_rows(self.source_list)))
        return (
            pl.concat(parts, how="diagonal")
            .with_columns(file=pl.lit(self.name))
            .select(
                pl.col(name).cast(kind) if name in {"file", "row", "verdict"} else _text(name, parts)
                for name, kind in VERDICTS.items()
            )
        )


def _text(name: str, parts: list[pl.DataFrame]) -> pl.Expr:
    known = any(name in part.columns for part in parts)
    return (pl.col(name).cast(pl.String).fill_null("") if known else pl.lit("")).alias(name)


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
                    "refused": one.refused.fault if one.refused else None,
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
        "sheet",
        pl.col("row").cast(pl.UInt32),
        "verdict",
        reason=pl.col("reasons").list.join(";"),
        cluster_id=pl.col("cluster"),
    )


def _stored_rows(source_list: SourceList) -> pl.DataFrame:
    return read_frame(
        "SELECT sheet, row, verdict, array_to_string(reasons, ';'), cluster FROM registry_sourcerow"
        " WHERE list_id = %s ORDER BY ordinal",
        [source_list.pk],
        {"sheet": pl.String, "row": pl.UInt32, "verdict": pl.String, "reasons": pl.String, "cluster": pl.String},
    ).with_columns(pl.col("reasons").str.split(";"))
