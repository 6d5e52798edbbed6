"""The files we ship: vendored ones are unchanged, our own fit the content security policy."""

from __future__ import annotations

import hashlib
import re
import runpy
from pathlib import Path

import pytest
from django.template import engines

import naung.ui

UI = Path(naung.ui.__file__).parent
OURS = UI / "static" / "naung"
VENDOR = UI / "static" / "vendor"
PACKAGE = UI.parent
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))


def manifest() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text().splitlines()
    return {name: digest for digest, name in (line.split(maxsplit=1) for line in lines)}


def test_vendored_files_are_the_ones_we_took_in():
    files = {
        file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name not in {"SHA256SUMS", "README.md"}
    }
    assert files == manifest()


def test_every_vendored_folder_has_its_licence():
    folders = [folder for folder in VENDOR.iterdir() if folder.is_dir()]
    assert folders
    assert all((folder / "LICENSE").is_file() for folder in folders)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_inline_style_or_script(template):
    source = re.sub(r"{%.*?%}|{{.*?}}", "", template.read_text(encoding="utf-8"))
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", source, re.IGNORECASE)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_icon_a_template_names_exists(template):
    from naung.ui.icons import icon_names

    named = set(re.findall(r'{% icon "([\w-]+)"', template.read_text(encoding="utf-8")))
    assert named <= icon_names()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_every_template_compiles(template):
    name = template.as_posix().rpartition("/templates/")[2]
    assert engines["django"].get_template(name)


def test_the_files_every_page_loads_are_made_from_what_is_there_now():
    """Else run `python scripts/make_site_files.py`."""
    made = runpy.run_path(str(PACKAGE.parent.parent / "scripts" / "make_site_files.py"))
    assert (OURS / "site.css").read_text(encoding="utf-8") == made["stylesheet"]()
    assert (OURS / "site.js").read_text(encoding="utf-8") == made["script"]()


def test_of_bootstrap_only_what_is_used_is_shipped_to_a_phone():
    sheet = (OURS / "site.css").read_text(encoding="utf-8")
    assert ".form-control" in sheet
    assert ".btn-primary" in sheet
    assert ".carousel" not in sheet
    assert "[data-bs-theme=dark]" not in sheet


def test_our_stylesheet_asks_only_for_files_that_are_there():
    sheet = UI / "static" / "naung" / "naung.css"
    asked = re.findall(r'url\("?([^")]+)"?\)', sheet.read_text(encoding="utf-8"))
    assert asked
    assert all((sheet.parent / address).resolve().is_file() for address in asked)
