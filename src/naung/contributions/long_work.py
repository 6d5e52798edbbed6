"""Long work of this stage: a bill of many people."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from naung.accounts.models import User
from naung.jobs import actions as jobs
from naung.jobs.kinds import Kind, register
from naung.jobs.models import Job
from naung.programmes.models import FundingLine


def ask_bill(
    line: FundingLine, *, first_month: date, last_month: date, due_on: date, payment_code: str, by: User
) -> Job:
    """Issue a bill behind the page."""
    arguments = {
        "line": line.pk,
        "first_month": first_month.isoformat(),
        "last_month": last_month.isoformat(),
        "due_on": due_on.isoformat(),
        "payment_code": payment_code,
    }
    return jobs.ask(BILL, arguments, about=line.name, area_code=line.programme.area_code, by=by)


def _issue(job: Job) -> str:
    from naung.contributions.actions import issue_bill

    given = job.arguments
    bill = issue_bill(
        FundingLine.objects.get(pk=given["line"]),
        first_month=date.fromisoformat(given["first_month"]),
        last_month=date.fromisoformat(given["last_month"]),
        due_on=date.fromisoformat(given["due_on"]),
        payment_code=given["payment_code"],
        by=job.owner,
    )
    return reverse("contributions:bill", args=[bill.pk])


BILL = register(
    Kind(
        code="bill",
        title=_("Menerbitkan tagihan"),
        stages={
            "leavers": _("Memeriksa siapa yang sudah keluar"),
            "lines": _("Menulis baris tagihan per orang dan bulan"),
            "sums": _("Menjumlahkan dan mencatat di buku"),
            "totals": _("Memperbarui rekap bulan"),
        },
        units={},
        perform=_issue,
        opens=_("Buka tagihan"),
        finished=_("Tagihan sudah terbit"),
        when_refused=_("Perbaiki yang disebut, lalu terbitkan lagi. Belum ada yang ditagihkan."),
        again=lambda job: f"{reverse('contributions:issue')}?jalur={job.arguments['line']}",
        again_words=_("Kembali ke formulir tagihan"),
    )
)
