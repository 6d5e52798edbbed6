"""What every command stands on: the database, whoever acts, and one way to end.

Exit codes: 0 done, 1 refused by a rule, 2 wrong usage, 3 the outside world (or we ourselves) failed.
Nothing here imports Django or Polars at the top, so that `naung --help` answers at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from naung.gateways.failure import GatewayError
from naung.gateways.home import home
from naung.refusal import Refusal

if TYPE_CHECKING:
    from naung.accounts.models import User
    from naung.programmes.models import Programme

F = TypeVar("F", bound=Callable[..., Any])

REFUSED, USAGE, FAILED, INTERRUPTED = 1, 2, 3, 130
_JSON = "naung.json"
_SETTING_UP = 0x4E53455  # advisory lock: one command prepares the database at a time
_OLDEST_POSTGRES = 150_000
_LONG_NUMBER = re.compile(r"\d{8,}")


# --- the database ------------------------------------------------------------------------------------


@contextlib.contextmanager
def database(*, prepare: bool = True) -> Iterator[None]:
    """Django, on the database of NAUNG_DATABASE_URL or the embedded one, which is held meanwhile.

    Unless `prepare` is false, missing migrations and the list of areas are put in first.
    Raises GatewayError, and lets OperationalError through.
    """
    with _cluster():
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "naung.config.settings")
        import django

        django.setup()
        if prepare:
            _prepare()
        yield


@contextlib.contextmanager
def _cluster() -> Iterator[None]:
    if os.environ.get("NAUNG_DATABASE_URL"):
        yield
        return
    from naung.gateways.postgres import EmbeddedPostgres

    cluster = EmbeddedPostgres(home())
    if not (cluster.data / "PG_VERSION").exists():
        tell("Menyiapkan PostgreSQL …")
    with cluster:
        os.environ["NAUNG_DATABASE_URL"] = cluster.url()
        try:
            yield
        finally:
            del os.environ["NAUNG_DATABASE_URL"]


def _prepare() -> None:
    from django.db import connection

    from naung.areas.queries import is_loaded

    if not missing_migrations() and is_loaded():
        return
    from django.core.management import call_command

    from naung.areas.actions import load_areas

    connection.ensure_connection()
    if connection.connection.info.server_version < _OLDEST_POSTGRES:
        raise GatewayError("Naung memerlukan PostgreSQL 15 atau lebih baru.", permanent=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_SETTING_UP])
        try:
            if missing_migrations():
                tell("Menyiapkan tabel …")
                call_command("migrate", verbosity=0, interactive=False)
            if not is_loaded():
                tell("Memuat kode wilayah …")
                load_areas()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_SETTING_UP])


def missing_migrations() -> list[str]:
    """Migrations that lie in the package and not in the database; one query instead of loading their graph."""
    from django.apps import apps
    from django.db import connection

    on_disk = {
        (app.label, file.stem)
        for app in apps.get_app_configs()
        for file in (Path(app.path) / "migrations").glob("[0-9]*.py")
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
        applied: set[tuple[str, str]] = set()
        if cursor.fetchone()[0]:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    return sorted(f"{app}.{name}" for app, name in on_disk - applied)


def acting(username: str | None) -> User | None:
    """The person of `--as`; without it the system. Raises a usage error when nobody signs in by that name."""
    if username is None:
        return None
    from naung.accounts.models import User

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise click.BadParameter(f"Tidak ada pengguna aktif bernama «{username}».", param_hint="--as")
    return user


# --- options that many commands share ----------------------------------------------------------------


def as_option(command: F) -> F:
    return click.option("--as", "username", metavar="PENGGUNA", help="Bertindak sebagai orang ini (bawaan: sistem).")(
        command
    )


def json_option(command: F) -> F:
    def remember(context: click.Context, _: click.Parameter, value: bool) -> bool:
        context.find_root().meta[_JSON] = value
        return value

    return click.option(
        "--json", "as_json", is_flag=True, is_eager=True, callback=remember, help="Cetak satu objek JSON."
    )(command)


class Day(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"«{value}» bukan tanggal. Tulis seperti 2026-03-31.", param, ctx)


class Month(click.ParamType):
    """A month as YYYY-MM; the first of the month."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if not re.fullmatch(r"\d{4}-\d{2}", value):
                raise ValueError(value)
            return date.fromisoformat(f"{value}-01")
        except ValueError:
            self.fail(f"«{value}» bukan bulan. Tulis seperti 2026-03.", param, ctx)


DAY, MONTH = Day(), Month()


def today() -> date:
    """The day in the time zone of the office; asked only here, by commands."""
    from django.utils import timezone

    return timezone.localdate()


# --- words -------------------------------------------------------------------------------------------


def tell(sentence: str) -> None:
    """What is going on, for people: on the error stream, so that a pipe gets only the answer."""
    click.echo(sentence, err=True)


def answer(value: dict[str, Any] | list[dict[str, Any]]) -> None:
    """One JSON object on the output, or a list where a list was asked."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)


@contextlib.contextmanager
def stages(names: dict[str, str]) -> Iterator[Callable[[str], None]]:
    """A line of progress on a terminal, nothing in a pipe. `names` puts the stages into words, in order."""
    shown = sys.stderr.isatty()
    left = list(names)

    def show() -> None:
        if shown and left:
            click.echo(f"\r\x1b[K{names[left[0]]} …", err=True, nl=False)

    def passed(stage: str) -> None:
        if stage in left:
            del left[: left.index(stage) + 1]
        show()

    show()
    try:
        yield passed
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


@contextlib.contextmanager
def counting(word: str) -> Iterator[Callable[[str, int], None]]:
    """A running count on a terminal, four times a second, nothing in a pipe."""
    shown, last = sys.stderr.isatty(), 0.0

    def passed(stage: str, done: int) -> None:
        nonlocal last
        if shown and time.monotonic() - last > 0.25:
            last = time.monotonic()
            click.echo(f"\r\x1b[K{word}: {done:,}".replace(",", "."), err=True, nl=False)

    try:
        yield passed
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


# --- ways to end -------------------------------------------------------------------------------------


@contextlib.contextmanager
def ending(context: click.Context) -> Iterator[None]:
    """Whatever a command raises becomes a sentence and an exit code."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except Refusal as refusal:
        _end(context, REFUSED, str(refusal), refused=refusal.code, facts=refusal.facts())
    except GatewayError as failure:
        _end(context, FAILED, str(failure), failed="permanent" if failure.permanent else "temporary")
    except KeyboardInterrupt:
        _end(context, INTERRUPTED, "Dihentikan.", failed="interrupted")
    except OSError as failure:
        what = failure.strerror or type(failure).__name__
        where = f": {failure.filename}" if failure.filename else ""
        _end(context, FAILED, f"Berkas atau perangkat tidak dapat dipakai ({what}{where}).", failed="os_error")
    except Exception as failure:
        if _is_unreachable(failure):
            _end(context, FAILED, "Basis data tidak dapat dihubungi atau terputus. Coba lagi.", failed="database")
        if os.environ.get("NAUNG_DEBUG") == "1":
            raise
        log = write_failure(failure)
        _end(context, FAILED, f"Naung mengalami kesalahan. Catatannya di {log}.", failed="unexpected")


def _end(context: click.Context, code: int, words: str, **more: Any) -> NoReturn:
    if context.find_root().meta.get(_JSON):
        answer({**more, "words": words})
    tell(words)
    context.exit(code)


def _is_unreachable(failure: Exception) -> bool:
    if "django.db" not in sys.modules:
        return False
    from django.db import InterfaceError, OperationalError

    return isinstance(failure, OperationalError | InterfaceError)


def write_failure(failure: BaseException) -> Path:
    """A traceback without local values, under NAUNG_HOME/logs. Long numbers and values of rows are left out."""
    folder = home() / "logs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}Z.log"
    lines = []
    for one in _causes(failure):
        lines += traceback.format_tb(one.__traceback__)
        lines.append(f"{type(one).__module__}.{type(one).__name__}: {_without_people(one)}\n")
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
        file.writelines(lines)
    return path


def _causes(failure: BaseException) -> list[BaseException]:
    chain: list[BaseException] = []
    one: BaseException | None = failure
    while one is not None and one not in chain:
        chain.insert(0, one)
        one = one.__cause__ or one.__context__
    return chain


def _without_people(failure: BaseException) -> str:
    """The first line of a message, long numbers blotted out; of a database error only its code (rows have names)."""
    module = type(failure).__module__
    if module.startswith(("psycopg", "django.db")):
        return f"SQLSTATE {getattr(failure, 'sqlstate', None) or '-'}"
    first = (str(failure).splitlines() or [""])[0]
    return _LONG_NUMBER.sub("…", first)[:300]


def write_whole(target: Path, content: bytes, *, private: bool = False) -> None:
    """A script that finds the file finds all of it. `private`: only its owner reads it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        fresh.touch(mode=0o600 if private else 0o666)
        fresh.write_bytes(content)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


# --- whom and what commands name ---------------------------------------------------------------------


class SystemViewer:
    """Scripts on the server read all of one area; whoever has a shell there has the database."""

    is_active = True

    def __init__(self, area_code: str) -> None:
        self.area_code = area_code

    def may(self, permission: object) -> bool:
        return True


def programme_of(code: str | None) -> Programme:
    """The programme of `--programme`; without it the only open one. Raises a usage error."""
    from naung.programmes.models import Programme

    if code is not None:
        found = Programme.objects.filter(code=code).first()
        if found is None:
            raise click.BadParameter(f"Tidak ada program «{code}».", param_hint="--programme")
        return found
    open_ones = list(Programme.objects.filter(status=Programme.Status.OPEN).order_by("code")[:20])
    if len(open_ones) != 1:
        known = ", ".join(one.code for one in open_ones) or "belum ada program"
        raise click.UsageError(f"Sebutkan --programme ({known}).")
    return open_ones[0]
