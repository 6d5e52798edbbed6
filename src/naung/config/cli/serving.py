"""`naung demo` and `naung serve`: the pages, with the five stories or with your own data."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import click

from naung.config.cli.running import database, tell
from naung.gateways.home import home
from naung.refusal import Refusal
from naung.saying import Sentence
from naung.saying import sentence as _

_MARK = "demo"
_LOADING, _LOADED = "loading", "loaded"


@dataclass(eq=False)
class HomeIsNotADemo(Refusal):
    """Invented people never come to real ones, and --fresh never deletes what is not a demo."""

    code: ClassVar[str] = "home_is_not_a_demo"

    folder: str

    def said(self) -> Sentence:
        return _(
            "%(folder)s berisi instalasi sungguhan, bukan demo. Isi NAUNG_HOME dengan folder lain.",
            folder=self.folder,
        )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--no-worker", is_flag=True, help="Pekerjaan panjang dikerjakan proses lain (naung worker).")
def serve(host: str, port: int, no_worker: bool) -> None:
    """Layani halaman web sampai dihentikan (Ctrl+C)."""
    from naung.config import serve as server

    server.require_free(host, port)
    server.choose_settings()
    with database():
        tell(f"Naung di http://{host}:{port}  (Ctrl+C untuk berhenti)")
        server.serve(host=host, port=port, worker=not no_worker)


@click.command()
def worker() -> None:
    """Kerjakan pekerjaan panjang dalam proses sendiri, sampai dihentikan (Ctrl+C)."""
    from naung.config import serve as server

    with database():
        tell("Mengerjakan pekerjaan panjang  (Ctrl+C untuk berhenti)")
        server.work()


@click.command()
@click.option("--fresh", is_flag=True, help="Mulai lagi dari awal: hapus data demo.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Siapkan saja, jangan layani.")
def demo(fresh: bool, port: int, no_serve: bool) -> None:
    """Siapkan lima cerita dengan orang rekaan dan layani di http://127.0.0.1:8000.

    Sekali lagi dipanggil, datanya tetap; --fresh memulai dari awal.
    """
    from naung.config import serve as server

    if not os.environ.get("NAUNG_HOME"):
        # Beside the user's own installation, never in it.
        os.environ["NAUNG_HOME"] = str(home().with_name("naung-demo"))
    # Invented people have no phones: what would be sent is read in NAUNG_HOME/messages.
    os.environ["NAUNG_SMS"] = "file"
    if not no_serve:
        server.require_free("127.0.0.1", port)
    if fresh:
        _clear()
    mark = _marked()
    server.choose_settings()
    with database():
        if not mark.read_text():
            _require_nobody()
            mark.write_text(_LOADING)
        if mark.read_text() == _LOADING:  # stopped half-way, the stories are told again: every action may be repeated
            from naung.demo import story

            tell("Menyusun lima cerita …")
            story.load(progress=tell)
            mark.write_text(_LOADED)
        if no_serve:
            server.collect_static()
        _tell_who_signs_in(port)
        if not no_serve:
            server.serve(host="127.0.0.1", port=port)


def _marked() -> Path:
    """The file that tells a demo's home from a real one; put only into a home where nothing is yet."""
    folder = home()
    mark = folder / _MARK
    if not mark.exists():
        if folder.is_dir() and any(folder.iterdir()):
            raise HomeIsNotADemo(str(folder))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        mark.write_text("")
    return mark


def _clear() -> None:
    """Delete a demo. Its embedded database is stopped first; another database is not ours to empty."""
    if os.environ.get("NAUNG_DATABASE_URL"):
        raise click.UsageError("--fresh hanya untuk PostgreSQL bawaan. Kosongkan sendiri basis data Anda.")
    folder = home()
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    if not (folder / _MARK).exists():
        raise HomeIsNotADemo(str(folder))
    from naung.gateways.postgres import EmbeddedPostgres

    EmbeddedPostgres(folder).stop()
    # The mark goes last: killed half-way, it is still a demo's home and can be cleared again.
    for path in sorted(folder.iterdir(), key=lambda one: one.name == _MARK):
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _require_nobody() -> None:
    """A home may be new and its NAUNG_DATABASE_URL point to a database in use."""
    from naung.accounts.models import User

    if User.objects.exists():
        raise HomeIsNotADemo("Basis data ini")


def _tell_who_signs_in(port: int) -> None:
    from naung.accounts.models import User
    from naung.demo.cards import sample_code
    from naung.demo.cast import FIRST, PASSWORD
    from naung.demo.programmes import BINJAI_2026

    people = {one.username: one for one in User.objects.filter(username__in=FIRST)}
    click.echo(f"\nNaung di http://127.0.0.1:{port}   kata sandi semua: {PASSWORD}\n")
    for username in FIRST:
        if one := people.get(username):
            click.echo(f"  {username:<18}  {one.get_role_display()}, {one.territory_name}")
    if code := sample_code(BINJAI_2026["code"]):
        click.echo(f"\nCek perlindungan tanpa masuk: http://127.0.0.1:{port}/cek/  kode kartu: {code}")
    click.echo("\nSemua orang di demo ini rekaan. Ctrl+C untuk berhenti.")
