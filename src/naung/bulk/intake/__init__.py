"""Intake: lists as villages send them, one line per person, one verdict per line. No Django, no database.

    parsed = read_file(path, "daftar desa.xlsx")        # or FileRefused, with a sentence
    checked = check([parsed], CheckContext(reference_date=...))
    back = return_workbook(parsed, checked, file=0)     # the sender's own columns, with reasons

How each rule decides, with its limits: `docs/algorithms/intake.md`.
"""

from naung.bulk.intake.checking import check
from naung.bulk.intake.containers import Limits
from naung.bulk.intake.context import CheckContext
from naung.bulk.intake.parsing import ParsedFile, SheetLayout, read_file
from naung.bulk.intake.reasons import Reason, Verdict, explain
from naung.bulk.intake.refusals import FileFault, FileRefused
from naung.bulk.intake.returning import return_workbook

__all__ = [
    "CheckContext",
    "FileFault",
    "FileRefused",
    "Limits",
    "ParsedFile",
    "Reason",
    "SheetLayout",
    "Verdict",
    "check",
    "explain",
    "read_file",
    "return_workbook",
]
