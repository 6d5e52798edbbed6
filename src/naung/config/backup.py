"""Backup and restore: the database and the files as handed in, in one tar; never the keys.

    manifest.json    version, moment, SHA-256 of the dump, which keys it needs (by fingerprint)
    database.dump    pg_dump, custom format
    files/*.sealed   named by the SHA-256 of what they hold

NIK, KK, phone and files stay sealed in it, so whoever finds a backup reads none of them. Names and amounts are in
the clear: keep it where the database may be kept. Keys travel apart (`naung keys export`).
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import secrets
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from django.db import connection, connections, transaction
from psycopg import sql

import naung
from naung.config import dumping
from naung.gateways.failure import GatewayError
from naung.gateways.home import home
from naung.refusal import Refusal
from naung.saying import Known, Sentence, gettext_noop
from naung.saying import sentence as _

MANIFEST, DUMP, FILES = "manifest.json", "database.dump", "files"
FORMAT = 1
_FILE_NAME = re.compile(rf"{FILES}/[0-9a-f]{{64}}\.sealed")
_BLOCK = 1 << 20
_RESTORING = 0x4E53455  # advisory lock, with the database's name: one restore at a time
_SCRATCH = ".restore-"
_SWAP_ATTEMPTS = 10


@dataclass(eq=False)
class NotABackup(Refusal):
    code: ClassVar[str] = "not_a_backup"

    file: str
    why: str

    def said(self) -> Sentence:
        return _(
            "«%(file)s» bukan cadangan Naung yang utuh: %(why)s. Tidak ada yang diubah.",
            file=self.file,
            why=Known(self.why),
        )


@dataclass(eq=False)
class DatabaseNotEmpty(Refusal):
    code: ClassVar[str] = "database_not_empty"

    def said(self) -> Sentence:
        return _("Instalasi ini sudah berisi data. Tambahkan --replace bila isinya memang harus diganti.")


@dataclass(eq=False)
class KeysMissing(Refusal):
    """A backup opens only with the keys of the database it was made of."""

    code: ClassVar[str] = "keys_missing"

    key_file: str

    def said(self) -> Sentence:
        return _(
            "Kunci untuk cadangan ini tidak ada. Salin berkas kunci yang disimpan terpisah ke %(key_file)s "
            "(chmod 600), lalu jalankan lagi. Tidak ada yang diubah.",
            key_file=self.key_file,
        )


# --- backup ------------------------------------------------------------------------------------------


def back_up(target: Path) -> dict[str, Any]:
    """Write the backup whole or not at all; its manifest. Raises GatewayError, OSError."""
    target = target.absolute()
    with _partial(target) as partial, tempfile.TemporaryDirectory(dir=target.parent, prefix=".naung-") as scratch:
        dump = Path(scratch) / DUMP
        with _no_rotation():
            dumping.dump(dump)
            # After the dump: every list in it has its file by now, as files are written before their rows.
            sealed = sorted((home() / "files").glob("*.sealed"))
            manifest = {
                "format": FORMAT,
                "naung": naung.__version__,
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
                "dump_sha256": _sha256(dump),
                "files": len(sealed),
                "index_fingerprint": _index_fingerprint(),
            }
            with tarfile.open(partial, "w") as tar:
                head = tarfile.TarInfo(MANIFEST)
                text = json.dumps(manifest, indent=2).encode()
                head.size, head.mode = len(text), 0o600
                tar.addfile(head, io.BytesIO(text))
                tar.add(dump, DUMP, filter=_anonymous)
                for path in sealed:
                    tar.add(path, f"{FILES}/{path.name}", filter=_anonymous)
    return manifest


@contextlib.contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A private file beside `target` that takes its name once all is written and on the disk."""
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@contextlib.contextmanager
def _no_rotation() -> Iterator[None]:
    """Nobody changes keys or takes in lists meanwhile, so that dump and files are sealed with the same keys."""
    from naung.registry.writing import writing_vault

    with transaction.atomic():
        writing_vault()
        yield


def _index_fingerprint() -> str:
    from naung.registry.vault import vault

    return vault().keys.index_fingerprint.hex()


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


# --- restore -----------------------------------------------------------------------------------------


def restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Bring a backup back: into a new database, which then takes the name of the present one in one step.

    Killed before that step, the present data are untouched. Raises NotABackup, DatabaseNotEmpty, KeysMissing,
    GatewayError.
    """
    if not replace and _holds_data():
        raise DatabaseNotEmpty()
    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    present = connection.settings_dict["NAME"]
    with _alone(present), tempfile.TemporaryDirectory(dir=home(), prefix=_SCRATCH) as scratch:
        manifest = _unpacked(source, Path(scratch))
        _require_keys(manifest)
        incoming = _beside(present, "restore")
        try:
            dumping.administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(incoming)))
            dumping.load(Path(scratch) / DUMP, incoming)
            _keep_files(Path(scratch) / FILES)
            connections.close_all()
            _swap(present, incoming)
        except BaseException:
            _drop(incoming)
            raise
    return manifest


@contextlib.contextmanager
def _alone(present: str) -> Iterator[None]:
    """One restore at a time; what killed ones left behind goes first. Raises GatewayError."""
    with psycopg.connect(dumping.conninfo("postgres"), autocommit=True) as admin:
        got = admin.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [_RESTORING, present]).fetchone()
        if got != (True,):
            raise GatewayError("Pemulihan lain sedang berjalan. Tunggu sampai selesai.")
        left = admin.execute(
            "SELECT datname FROM pg_database WHERE left(datname, %s) = %s AND substr(datname, %s) ~ %s",
            [len(_prefix(present)), _prefix(present), len(_prefix(present)) + 1, "^(restore|old)_[0-9a-f]{8}$"],
        )
        for (name,) in left.fetchall():
            _drop(name)
        for folder in home().glob(f"{_SCRATCH}*"):
            shutil.rmtree(folder)
        yield


def _prefix(present: str) -> str:
    return f"{present[:40]}_"


def _beside(present: str, what: str) -> str:
    return f"{_prefix(present)}{what}_{secrets.token_hex(4)}"


def _holds_data() -> bool:
    """Whether anybody signs in here or any list was handed in; areas alone are not data."""
    with connection.cursor() as cursor:
        for table in ("accounts_user", "registry_worker", "registry_sourcelist", "programmes_programme"):
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
                if cursor.fetchone()[0]:
                    return True
    return False


def _unpacked(source: Path, folder: Path) -> dict[str, Any]:
    """Take the tar apart by hand: only names that we write ourselves, and the dump as it was dumped."""
    (folder / FILES).mkdir()
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                known = member.name in (MANIFEST, DUMP) or _FILE_NAME.fullmatch(member.name)
                content = tar.extractfile(member) if member.isreg() else None
                if not known or content is None:
                    raise NotABackup(source.name, gettext_noop("isinya tidak dikenal"))
                if member.name == MANIFEST:
                    manifest = json.load(content)
                else:
                    with (folder / member.name).open("wb") as file:
                        shutil.copyfileobj(content, file, _BLOCK)
    except (tarfile.TarError, EOFError, ValueError) as failure:
        raise NotABackup(source.name, gettext_noop("berkasnya rusak atau terpotong")) from failure
    if manifest is None or manifest.get("format") != FORMAT or not (folder / DUMP).exists():
        raise NotABackup(source.name, gettext_noop("daftar isinya tidak ada atau dari versi lain"))
    if _sha256(folder / DUMP) != manifest["dump_sha256"]:
        raise NotABackup(source.name, gettext_noop("isinya tidak sama dengan saat dibuat"))
    if len(list((folder / FILES).iterdir())) != manifest["files"]:
        raise NotABackup(source.name, gettext_noop("ada berkas yang kurang"))
    return manifest


def _require_keys(manifest: dict[str, Any]) -> None:
    from naung.registry.vault import key_file

    if not os.environ.get("NAUNG_KEYS") and not key_file().exists():
        raise KeysMissing(str(key_file()))  # asking the vault would make new ones
    if _index_fingerprint() != manifest["index_fingerprint"]:
        raise KeysMissing(str(key_file()))


def _keep_files(folder: Path) -> None:
    """Each file whole or not at all; one that is here already is sealed with other keys perhaps, so ours wins."""
    kept = home() / "files"
    kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in folder.iterdir():
        path.chmod(0o600)
        path.replace(kept / path.name)


def _swap(present: str, incoming: str) -> None:
    """The restored database takes the present one's name: both renames in one transaction, then the old one goes."""
    old = _beside(present, "old")
    with psycopg.connect(dumping.conninfo("postgres"), autocommit=True) as admin:
        for attempt in range(_SWAP_ATTEMPTS):
            # Pages that are open keep connections, and make new ones; a database in use cannot be renamed.
            admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = ANY(%s) AND pid <> pg_backend_pid()",
                [[present, incoming]],
            )
            try:
                with admin.transaction():
                    for now, then in ((present, old), (incoming, present)):
                        admin.execute(
                            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(now), sql.Identifier(then))
                        )
                break
            except psycopg.errors.ObjectInUse:
                if attempt == _SWAP_ATTEMPTS - 1:
                    raise GatewayError("Basis data masih dipakai. Hentikan naung serve, lalu coba lagi.") from None
    _drop(old)


def _drop(database: str) -> None:
    with contextlib.suppress(psycopg.Error):
        dumping.administer(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
