"""Where this installation keeps what is not in the database: files, keys, the embedded cluster.

`NAUNG_HOME` names it; otherwise it is the user's data folder.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def home() -> Path:
    """The folder of this installation (not created here)."""
    if named := os.environ.get("NAUNG_HOME"):
        return Path(named).expanduser().absolute()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "naung"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "naung"


def secret_of(name: str, *, length: int = 50) -> str:
    """A secret that lives in a 0600 file under `home()`, made on first use."""
    path = home() / name
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        # O_EXCL: of two commands that start together, one makes the secret and the other reads it.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(length))
    except FileExistsError:
        pass
    return path.read_text().strip()
