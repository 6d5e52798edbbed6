"""Long work of this stage: a big list is taken in."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from naung import progress
from naung.accounts.models import User
from naung.jobs import actions as jobs
from naung.jobs.kinds import Kind, register
from naung.jobs.models import Job
from naung.programmes.models import Programme

_STAGES = {
    "read": _("Membaca berkas"),
    "check": _("Memeriksa setiap baris"),
    "files": _("Menyegel berkas"),
    "store": _("Menyimpan baris dan orang"),
}


def ask_take_in(programme: Programme, *, name: str, content: bytes, reference_date: date, by: User) -> Job:
    """Take a list in behind the page. Until then the file is kept sealed."""
    from naung.registry import files
    from naung.registry.vault import vault

    arguments = {
        "programme": programme.pk,
        "file": files.hand_over(name, content, vault()),
        "reference_date": reference_date.isoformat(),
    }
    return jobs.ask(TAKE_IN, arguments, about=programme.name, area_code=programme.area_code, by=by)


def _take_in(job: Job) -> str:
    from naung.programmes.intake_rules import intake_rules
    from naung.registry import actions as registry
    from naung.registry import files
    from naung.registry.vault import vault

    programme = Programme.objects.get(pk=job.arguments["programme"])
    on = date.fromisoformat(job.arguments["reference_date"])
    codes = list(_STAGES)
    progress.at(codes[0])

    def passed(stage: str) -> None:
        if stage in codes[:-1]:
            progress.at(codes[codes.index(stage) + 1])

    (result,) = registry.take_in(
        [files.handed_over(job.arguments["file"], vault())],
        programme_code=programme.code,
        rules=intake_rules(programme, on=on),
        reference_date=on,
        by=job.owner,
        send=False,
        progress=passed,
    ).files
    if result.refused is not None:
        raise result.refused
    assert result.source_list is not None
    return reverse("registry:list", args=[result.source_list.pk])


def _forget_file(job: Job) -> None:
    from naung.registry import files

    files.forget(job.arguments["file"])


TAKE_IN = register(
    Kind(
        code="take_in",
        title=_("Memeriksa daftar yang diunggah"),
        stages=_STAGES,
        units={},
        perform=_take_in,
        opens=_("Buka daftar"),
        finished=_("Daftar sudah diperiksa"),
        when_refused=_("Perbaiki berkasnya, lalu unggah lagi. Belum ada baris yang tersimpan."),
        again=lambda job: reverse("registry:upload"),
        again_words=_("Unggah lagi"),
        clean=_forget_file,
    )
)
