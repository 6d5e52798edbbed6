"""For trying out: messages are written where only the owner of the installation reads them. Never with real people."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from naung.gateways.failure import GatewayError

OUTBOX = "outbox.txt"


@dataclass(frozen=True)
class FileSender:
    """Appends to one file under `folder`."""

    folder: Path

    def send(self, phone: str, text: str) -> None:
        """Raises GatewayError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(self.folder / OUTBOX, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8") as file:
                file.write(f"{phone}\t{text}\n")
        except OSError as failure:
            raise GatewayError(f"Pesan tidak dapat ditulis: {failure.strerror}.") from None
