"""`naung serve`: the pages."""

from __future__ import annotations

import click

from naung.config.cli.running import database, tell


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Layani halaman web sampai dihentikan (Ctrl+C)."""
    from naung.config import serve as server

    server.require_free(host, port)
    server.choose_settings()
    with database():
        tell(f"Naung di http://{host}:{port}  (Ctrl+C untuk berhenti)")
        server.serve(host=host, port=port)
