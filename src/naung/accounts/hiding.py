"""Keeping links that let somebody in out of the log."""

from __future__ import annotations

import logging
import re

_LINK = re.compile(r"(/undangan/)[^/\s?\"']+")


class HideInvitations(logging.Filter):
    """Writes `/undangan/…` for the address of an invitation, whoever logs it. Nothing is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if "/undangan/" in said:
            record.msg, record.args = _LINK.sub(r"\1…", said), ()
        return True
