"""Long work of this stage: a paper with many names is drawn behind the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import User
from naung.jobs import actions as jobs
from naung.jobs.kinds import Kind, register
from naung.jobs.models import Job


def ask_issue(
    kind: str,
    key: str,
    *,
    about: str,
    area_code: str,
    on: date,
    typed: Mapping[str, Any],
    replaces: int | None,
    by: User,
    **given: str,
) -> Job:
    """Issue a paper behind the page. `given` are the words of `issue_paper`; what people typed waits sealed."""
    from naung.gateways.vault import vault
    from naung.registry import files

    token = files.hand_over("naskah.json", json.dumps(dict(typed), sort_keys=True).encode(), vault()) if typed else ""
    arguments = {"kind": kind, "key": key, "on": on.isoformat(), "replaces": replaces, "typed": token, **given}
    return jobs.ask(ISSUE, arguments, about=about, area_code=area_code, by=by)


def _issue(job: Job) -> str:
    from naung.gateways.vault import vault
    from naung.papers.actions import issue_paper
    from naung.papers.queries import papers_visible_to
    from naung.registry import files

    given = dict(job.arguments)
    token, replaces = given.pop("typed"), given.pop("replaces")
    typed = json.loads(files.handed_over(token, vault())[1]) if token else {}
    paper = issue_paper(
        given.pop("kind"),
        given.pop("key"),
        on=date.fromisoformat(given.pop("on")),
        typed=typed,
        replaces=papers_visible_to(job.owner).get(pk=replaces) if replaces else None,
        by=job.owner,
        **given,
    )
    return reverse("papers:paper", args=[paper.pk])


def _again(job: Job) -> str:
    return f"{reverse('papers:new')}?jenis={job.arguments['kind']}&hal={job.arguments['key']}"


def _forget_typed(job: Job) -> None:
    from naung.registry import files

    if token := job.arguments.get("typed"):
        files.forget(token)


ISSUE = register(
    Kind(
        code="issue_paper",
        title=_("Menerbitkan naskah"),
        stages={
            "names": _("Mengumpulkan isi dan nama"),
            "typeset": _("Menyusun halaman"),
            "keep": _("Menyimpan berkas tersegel"),
        },
        units={"names": _("nama")},
        perform=_issue,
        opens=_("Buka naskah"),
        finished=_("Naskah sudah terbit"),
        when_refused=_("Perbaiki yang disebut, lalu terbitkan lagi. Belum ada nomor yang terpakai."),
        again=_again,
        again_words=_("Kembali ke naskah"),
        # The counter is held for a moment only, not while pages are drawn; the code makes a second run harmless.
        one_transaction=False,
        clean=_forget_typed,
        forget=_forget_typed,
    )
)
