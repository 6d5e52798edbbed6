from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """A place where rupiah stand: per funding line what is planned to pay, owed to BPJS, and paid out."""

    class Kind(models.TextChoices):
        EXPENSE = "expense", _("Belanja iuran")
        PAYABLE = "payable", _("Utang iuran ke BPJS Ketenagakerjaan")
        CASH = "cash", _("Kas (SP2D)")
        RECEIVABLE = "receivable", _("Kelebihan bayar yang harus dikembalikan")

    funding_line = models.ForeignKey("programmes.FundingLine", on_delete=models.PROTECT, related_name="accounts")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["funding_line", "kind"], name="account_once")]

    def __str__(self) -> str:
        return f"{self.funding_line_id} {self.kind}"


class Transfer(models.Model):
    """One amount moved from one account to another.

    Rows never change: a mistake is undone by one that `reverses` it.
    """

    debit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="debits")
    credit = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="credits")
    amount_rp = models.BigIntegerField(help_text="Whole rupiah.")
    effective_on = models.DateField(help_text="When it is true in the world.")
    recorded_at = models.DateTimeField(auto_now_add=True, help_text="When we learned it.")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversal")
    memo = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_rp__gt=0), name="transfer_positive"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_moves"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.memo


class Bill(models.Model):
    """What one funding line owes for one or more months: exactly the sum of its lines."""

    class Status(models.TextChoices):
        ISSUED = "issued", _("Ditagihkan")
        PARTLY_PAID = "partly_paid", _("Dibayar sebagian")
        PAID = "paid", _("Lunas")
        REVERSED = "reversed", _("Dibatalkan")

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="bills")
    funding_line = models.ForeignKey("programmes.FundingLine", on_delete=models.PROTECT, related_name="bills")
    area_code = models.CharField(max_length=10)
    number = models.CharField(max_length=64, unique=True)
    payment_code = models.CharField(max_length=40, blank=True, help_text="Kode iuran, as the branch issued it.")
    first_month = models.DateField()
    last_month = models.DateField(help_text="First day of the last month billed (inclusive).")
    issued_on = models.DateField()
    due_on = models.DateField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ISSUED)
    people = models.PositiveIntegerField()
    line_count = models.PositiveIntegerField()
    jkk_rp = models.BigIntegerField()
    jkm_rp = models.BigIntegerField()
    jht_rp = models.BigIntegerField()
    total_rp = models.BigIntegerField()
    paid_rp = models.BigIntegerField(default=0, help_text="Confirmed and not reversed.")
    reversed_rp = models.BigIntegerField(
        default=0, help_text="Lines that are no longer owed: cancelled, or their payment undone."
    )
    credited_rp = models.BigIntegerField(
        default=0, help_text="Part of `paid_rp` for months after a worker left: to be returned or credited."
    )
    law = models.JSONField(default=dict, help_text="Articles applied, and whether any number is only recalled.")
    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="bill")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(total_rp=F("jkk_rp") + F("jkm_rp") + F("jht_rp")), name="bill_is_its_parts"
            ),
            models.CheckConstraint(
                condition=Q(paid_rp__gte=0, reversed_rp__gte=0, paid_rp__lte=F("total_rp") - F("reversed_rp")),
                name="bill_paid_within",
            ),
            models.CheckConstraint(
                condition=Q(credited_rp__gte=0, credited_rp__lte=F("paid_rp")), name="bill_credited_within"
            ),
            models.CheckConstraint(condition=Q(last_month__gte=F("first_month")), name="bill_months"),
        ]
        indexes = [models.Index(fields=["programme", "first_month"], name="bill_programme_month")]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """Money that left the treasury for one bill (SP2D), recorded by one person and confirmed by another.

    Only a confirmed payment activates months.
    """

    class Status(models.TextChoices):
        RECORDED = "recorded", _("Menunggu konfirmasi")
        CONFIRMED = "confirmed", _("Terkonfirmasi")
        REVERSED = "reversed", _("Dibatalkan")

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="payments")
    sp2d_number = models.CharField(max_length=80)
    paid_on = models.DateField()
    amount_rp = models.BigIntegerField()
    line_count = models.PositiveIntegerField(default=0, help_text="Worker-months it activated.")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RECORDED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    transfer = models.OneToOneField(Transfer, null=True, on_delete=models.PROTECT, related_name="payment")
    reversed_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            # The same receipt twice is one payment.
            models.UniqueConstraint(
                fields=["bill", "sp2d_number"], condition=~Q(status="reversed"), name="payment_receipt_once"
            ),
            models.CheckConstraint(condition=Q(amount_rp__gt=0), name="payment_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(recorded_by__isnull=True)
                | ~Q(recorded_by=F("confirmed_by")),
                name="payment_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(transfer__isnull=False), name="payment_moves_money"
            ),
        ]

    def __str__(self) -> str:
        return self.sp2d_number


class BillLine(models.Model):
    """**The one fact**: this worker, this month, these programmes, owed (and once `payment` is set, paid) by this bill.

    Amounts never change. `payment` is set once. `live` only ever goes from true to false, when the bill or the
    payment is reversed. A live line with a payment is an active month.
    """

    # A month's bill of a million people is one INSERT ... SELECT: foreign keys are checked by `naung doctor`.
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False)
    worker = models.ForeignKey(
        "registry.Worker", on_delete=models.PROTECT, related_name="bill_lines", db_index=False, db_constraint=False
    )
    enrolment = models.ForeignKey(
        "coverage.Enrolment", on_delete=models.PROTECT, related_name="bill_lines", db_index=False, db_constraint=False
    )
    area_code = models.CharField(max_length=10, help_text="Where the decree says the worker lives.")
    month = models.DateField(help_text="First day of the contribution month.")
    ordinal = models.PositiveIntegerField(help_text="Decree order: partial payments activate in this order.")
    jkk_rp = models.IntegerField()
    jkm_rp = models.IntegerField()
    jht_rp = models.IntegerField()
    live = models.BooleanField(default=True)
    payment = models.ForeignKey(
        Payment, null=True, on_delete=models.PROTECT, related_name="lines", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [
            # Invariant 1. JKK and JKM always go together for BPU (PP 44/2015), and JHT comes from the same payer.
            models.UniqueConstraint(fields=["worker", "month"], condition=Q(live=True), name="line_one_payer_a_month"),
            models.CheckConstraint(condition=Q(jkk_rp__gt=0, jkm_rp__gt=0, jht_rp__gte=0), name="line_amounts"),
            models.CheckConstraint(condition=Q(month__day=1), name="line_whole_month"),
        ]
        indexes = [
            models.Index(fields=["bill", "ordinal", "month"], name="line_bill_order"),
            # Few lines ever die; the live ones are found by `line_one_payer_a_month`.
            models.Index(fields=["worker"], condition=Q(live=False), name="line_dead_worker"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="amounts_never_change",
                operation=pgtrigger.UpdateOf(
                    "bill_id",
                    "worker_id",
                    "enrolment_id",
                    "area_code",
                    "month",
                    "ordinal",
                    "jkk_rp",
                    "jkm_rp",
                    "jht_rp",
                ),
            ),
            pgtrigger.Protect(
                name="paid_once",
                operation=pgtrigger.UpdateOf("payment_id"),
                condition=pgtrigger.Q(old__payment__isnull=False),
            ),
            pgtrigger.Protect(
                name="dead_for_good",
                operation=pgtrigger.UpdateOf("live"),
                condition=pgtrigger.Q(old__live=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.month:%Y-%m}"


class Comparison(models.Model):
    """The branch's list of one bill's months, held against the bill: how many agree, and each difference.

    A later comparison of the same bill takes the place of the one before: `replaced_at` says since when.
    """

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="comparisons")
    as_of = models.DateField(help_text="The day the branch's list speaks of.")
    filename = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    both = models.PositiveIntegerField(help_text="People on both lists, with the same amount where both state one.")
    unreadable = models.PositiveIntegerField(default=0, help_text="Lines of the branch's list without a NIK.")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bill"], condition=Q(replaced_at__isnull=True), name="comparison_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return f"{self.bill_id} {self.as_of}"


class Difference(models.Model):
    """One person on whom the two lists differ, and how it was settled. Written once, settled once.

    Of somebody whom only the branch has, no number is kept: only the line of its file, and the worker if known here.
    """

    class Kind(models.TextChoices):
        ONLY_HERE = "only_here", _("Hanya di tagihan kita")
        ONLY_THERE = "only_there", _("Hanya di daftar cabang")
        AMOUNT = "amount", _("Jumlah berbeda")

    class Settled(models.TextChoices):
        OURS = "ours", _("Data kita yang keliru")
        THEIRS = "theirs", _("Data cabang yang keliru")
        EXPLAINED = "explained", _("Bukan kekeliruan")

    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    worker = models.ForeignKey("registry.Worker", null=True, on_delete=models.PROTECT, related_name="+")
    their_line = models.PositiveIntegerField(null=True, help_text="Which person of the branch's file, counted from 1.")
    here_rp = models.BigIntegerField(null=True)
    there_rp = models.BigIntegerField(null=True)
    settled = models.CharField(max_length=10, choices=Settled.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)
    departure = models.ForeignKey("coverage.Departure", null=True, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled="", settled_at__isnull=True) | (~Q(settled="") & Q(settled_at__isnull=False)),
                name="difference_settled_with_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="only_there", their_line__isnull=False) | Q(worker__isnull=False),
                name="difference_is_about_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["comparison"], condition=Q(settled=""), name="difference_open"),
        ]

    def __str__(self) -> str:
        return f"{self.comparison_id} {self.kind}"
