"""Long work of this stage: a round over many candidates, a decree with many names as a paper."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import User
from naung.jobs import actions as jobs
from naung.jobs.kinds import Kind, register
from naung.jobs.models import Job
from naung.programmes.models import Programme
from naung.selection.models import Decree


def ask_round(programme: Programme, *, on: date, first_month: date, seed: int, by: User) -> Job:
    """Run a round behind the page."""
    arguments = {
        "programme": programme.pk,
        "on": on.isoformat(),
        "first_month": first_month.isoformat(),
        "seed": seed,
    }
    return jobs.ask(ROUND, arguments, about=programme.name, area_code=programme.area_code, by=by)


def _run_round(job: Job) -> str:
    from naung.selection.actions import run_round

    given = job.arguments
    made = run_round(
        Programme.objects.get(pk=given["programme"]),
        on=date.fromisoformat(given["on"]),
        first_month=date.fromisoformat(given["first_month"]),
        seed=given["seed"],
        by=job.owner,
    )
    return reverse("selection:round", args=[made.pk])


ROUND = register(
    Kind(
        code="round",
        title=_("Menjalankan seleksi"),
        stages={
            "gather": _("Mengumpulkan calon dan datanya"),
            "choose": _("Menilai, mengurutkan, dan membagi tempat"),
            "store": _("Menyimpan urutan dan alasannya"),
        },
        units={},
        perform=_run_round,
        opens=_("Buka hasil seleksi"),
        finished=_("Seleksi selesai dihitung"),
        when_refused=_("Perbaiki yang disebut, lalu jalankan seleksi lagi. Belum ada yang berubah."),
        again=lambda job: reverse("selection:programme", args=[job.arguments["programme"]]),
        again_words=_("Kembali ke seleksi"),
    )
)


def ask_paper(decree: Decree, *, version: str, kind: str, by: User) -> Job:
    """Draw a decree's paper behind the page; it is kept ready."""
    arguments = {"decree": decree.pk, "version": version, "kind": kind}
    return jobs.ask(PAPER, arguments, about=decree.number, area_code=decree.programme.area_code, by=by)


def _draw_paper(job: Job) -> str:
    from naung.selection import printing

    decree = Decree.objects.select_related("programme", "round").get(pk=job.arguments["decree"])
    version, kind = job.arguments["version"], job.arguments["kind"]
    printing.make_ready(decree, version=version, kind=kind, by=job.owner)
    return reverse("selection:paper", args=[decree.pk, version, kind])


def _forget_paper(job: Job) -> None:
    from naung.selection import printing

    decree = Decree.objects.filter(pk=job.arguments["decree"]).first()
    if decree is not None:
        printing.forget(decree, version=job.arguments["version"], kind=job.arguments["kind"])


PAPER = register(
    Kind(
        code="paper",
        title=_("Menyusun berkas SK"),
        stages={
            "names": _("Mengumpulkan nama"),
            "typeset": _("Menyusun halaman"),
            "keep": _("Menyimpan berkas tersegel"),
        },
        units={"names": _("nama")},
        perform=_draw_paper,
        opens=_("Unduh berkas SK"),
        finished=_("Berkas SK siap diunduh"),
        when_refused=_("Buka SK itu lagi dan pilih berkas yang boleh Anda unduh."),
        again=lambda job: reverse("selection:decree", args=[job.arguments["decree"]]),
        again_words=_("Kembali ke SK"),
        # The reading of names is a recorded act of its own; typesetting holds no lock for minutes.
        one_transaction=False,
        leads_there=False,
        forget=_forget_paper,
    )
)
