from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Employer(models.Model):
    """One employer of a region.

    The columns from `size` on are the newest of each fact in its reports, kept here so that a list of a hundred
    thousand can be sorted; they are written only together with a report (`refreshing.refresh`), and `naung doctor`
    computes them anew.
    """

    class Kind(models.TextChoices):
        PRIVATE = "private", _("Swasta")
        STATE = "state", _("Instansi negara")

    class Size(models.TextChoices):
        MICRO = "micro", _("Mikro")
        SMALL = "small", _("Kecil")
        MEDIUM_LARGE = "medium_large", _("Menengah atau besar")

    region_code = models.CharField(max_length=4, help_text="Of the regency: a name is one's own only inside it.")
    area_code = models.CharField(max_length=10, help_text="Village, district or regency where it works.")
    registration = models.CharField(max_length=30, blank=True, help_text="NPP: its number at the branch.")
    name = models.CharField(max_length=160)
    name_key = models.CharField(max_length=160, help_text="The name without PT, CV and signs, as lists are compared.")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PRIVATE)
    sector = models.CharField(max_length=1, blank=True, help_text="Section of KBLI, A to U.")
    address = models.CharField(max_length=240, blank=True)
    contact = models.BinaryField(null=True, help_text="Person and phone, sealed to this row by gateways.vault.")
    sample = models.BooleanField(default=False, help_text="Invented (demo).")
    recorded_at = models.DateTimeField()

    size = models.CharField(max_length=12, choices=Size.choices, blank=True)
    size_reckoned = models.BooleanField(default=False, help_text="From capital or sales, not as a report states it.")
    registered = models.PositiveIntegerField(null=True, help_text="Workers that the branch has.")
    registered_on = models.DateField(null=True)
    reported = models.PositiveIntegerField(null=True, help_text="Workers by the employer's own report.")
    reported_on = models.DateField(null=True)
    programmes = ArrayField(models.CharField(max_length=3), null=True, help_text="Joined; null where nobody said.")
    programmes_on = models.DateField(null=True)
    gap = models.GeneratedField(
        expression=F("reported") - F("registered"), output_field=models.IntegerField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region_code", "registration"], condition=~Q(registration=""), name="employer_registration_once"
            ),
            models.UniqueConstraint(
                fields=["region_code", "name_key", "area_code"],
                condition=Q(registration=""),
                name="employer_name_once_a_place",
            ),
            models.CheckConstraint(condition=Q(area_code__startswith=F("region_code")), name="employer_in_its_region"),
        ]
        indexes = [
            models.Index(F("region_code"), F("gap").desc(nulls_last=True), F("id"), name="employer_by_gap"),
            models.Index(fields=["area_code"], name="employer_area"),
            models.Index(fields=["region_code", "name_key"], name="employer_name"),
        ]

    def __str__(self) -> str:
        return self.name


class EmployerList(models.Model):
    """One file of the branch or of Disnaker as it was taken in: each row new, updated, unchanged or refused."""

    class Source(models.TextChoices):
        BRANCH = "branch", _("Cabang BPJS Ketenagakerjaan")
        WLKP = "wlkp", _("WLKP (Wajib Lapor Ketenagakerjaan)")
        OFFICE = "office", _("Data dinas")
        VISIT = "visit", _("Kunjungan")

    area_code = models.CharField(max_length=10)
    filename = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=8, choices=Source.choices)
    as_of = models.DateField()
    received = models.PositiveIntegerField()
    new = models.PositiveIntegerField()
    updated = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    reasons = models.JSONField(default=dict, help_text="Reason code -> rows.")
    returned_sha256 = models.CharField(max_length=64, blank=True, help_text="The sealed workbook of refused rows.")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received=F("new") + F("updated") + F("unchanged") + F("refused")),
                name="employer_list_no_row_disappears",
            ),
            models.UniqueConstraint(fields=["area_code", "sha256", "source", "as_of"], name="employer_list_once"),
        ]

    def __str__(self) -> str:
        return self.filename


class EmployerReport(models.Model):
    """What one source said of an employer on a day; what it does not speak of is null. Never changed: a newer one is
    another row."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="reports")
    source = models.CharField(max_length=8, choices=EmployerList.Source.choices)
    source_name = models.CharField(max_length=160, blank=True, help_text="File, letter or person.")
    as_of = models.DateField()
    registered = models.PositiveIntegerField(null=True)
    reported = models.PositiveIntegerField(null=True)
    programmes = ArrayField(models.CharField(max_length=3), null=True)
    size = models.CharField(max_length=12, choices=Employer.Size.choices, blank=True)
    capital_rp = models.BigIntegerField(null=True)
    sales_rp = models.BigIntegerField(null=True)
    list = models.ForeignKey(EmployerList, null=True, on_delete=models.PROTECT, related_name="reports")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(capital_rp__isnull=True) | Q(capital_rp__gte=0), name="employer_report_capital"
            ),
            models.CheckConstraint(
                condition=Q(sales_rp__isnull=True) | Q(sales_rp__gte=0), name="employer_report_sales"
            ),
        ]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.as_of}"


class Approach(models.Model):
    """A letter, a visit or a summons to an employer, and what came of it; `due_on` is when to ask again."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("Surat")
        VISIT = "visit", _("Kunjungan")
        SUMMONS = "summons", _("Panggilan")

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="approaches")
    area_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    happened_on = models.DateField()
    letter_number = models.CharField(max_length=80, blank=True)
    result = models.CharField(max_length=400, blank=True)
    due_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    sample = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("happened_on")), name="approach_due_after"
            ),
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | (Q(settled_on__gte=F("happened_on")) & ~Q(result="")),
                name="approach_settled_with_result",
            ),
        ]
        indexes = [
            models.Index(fields=["area_code", "due_on"], condition=Q(settled_on__isnull=True), name="approach_open")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.happened_on}"


class Pledge(models.Model):
    """What a donor promised: people, months, rupiah. It stands on a PKS and becomes a funding line, or not yet.

    Its state is told by these facts (`pledges.state_of`) and kept nowhere, so the two cannot disagree.
    """

    class Kind(models.TextChoices):
        CSR = "csr", _("CSR perusahaan")
        BAZNAS = "baznas", _("Baznas/zakat")
        ASN = "asn", _("ASN, satu untuk satu")
        APBDES = "apbdes", _("APBDes")
        PERSONAL = "personal", _("Perorangan")

    donor = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="promises")
    area_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    pledged_on = models.DateField()
    people = models.PositiveIntegerField()
    months = models.PositiveSmallIntegerField()
    first_month = models.DateField(null=True, help_text="The first month it is meant for, where that was said.")
    package = ArrayField(models.CharField(max_length=3), help_text="JKK and JKM, with or without JHT.")
    amount_rp = models.BigIntegerField(help_text="As it was promised, in whole rupiah.")
    source = models.CharField(max_length=200, blank=True, help_text="The letter, meeting or news that shows it.")
    agreement = models.ForeignKey("agreements.Agreement", null=True, on_delete=models.PROTECT, related_name="promises")
    no_agreement_reason = models.CharField(max_length=200, blank=True)
    funding_line = models.OneToOneField(
        "programmes.FundingLine", null=True, on_delete=models.PROTECT, related_name="promise"
    )
    cancelled_on = models.DateField(null=True)
    cancelled_reason = models.CharField(max_length=200, blank=True)
    sample = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(people__gt=0, months__gt=0), name="pledge_for_somebody"),
            models.CheckConstraint(condition=Q(amount_rp__gt=0), name="pledge_of_money"),
            models.CheckConstraint(
                condition=Q(first_month__isnull=True) | Q(first_month__day=1), name="pledge_whole_months"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(cancelled_reason=""), name="pledge_cancelled_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(funding_line__isnull=True),
                name="pledge_running_or_cancelled",
            ),
        ]
        indexes = [models.Index(fields=["area_code"], name="pledge_area")]

    def __str__(self) -> str:
        return f"{self.donor_id} {self.pledged_on}"


class Giver(models.Model):
    """One civil servant who pays for `people` workers; meets none of them by name."""

    donor = models.ForeignKey("accounts.Office", on_delete=models.PROTECT, related_name="givers")
    area_code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=240, help_text="Name and unit, as lists are compared.")
    people = models.PositiveSmallIntegerField(default=1)
    since = models.DateField()
    until = models.DateField(null=True, help_text="First day on which this person gives no more.")
    sample = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["donor", "key"], name="giver_once"),
            models.CheckConstraint(condition=Q(people__gt=0), name="giver_for_somebody"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="giver_has_days"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_fewer_than_paired",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("people"),
                func="""
                IF EXISTS (SELECT 1 FROM partners_pairing p
                           WHERE p.giver_id = NEW.id AND p.until IS NULL AND p.place > NEW.people) THEN
                    RAISE EXCEPTION 'giver % is paired beyond its number', NEW.id USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"pemberi {self.pk}"


class Pairing(models.Model):
    """One worker of a giver, since a day. The giver reads an occupation and a village, never who it is."""

    giver = models.ForeignKey(Giver, on_delete=models.PROTECT, related_name="pairings")
    place = models.PositiveSmallIntegerField(help_text="1 up to the number of people the giver pays for.")
    enrolment = models.ForeignKey("coverage.Enrolment", on_delete=models.PROTECT, related_name="pairings")
    worker = models.ForeignKey("registry.Worker", on_delete=models.PROTECT, related_name="pairings")
    since = models.DateField()
    until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker"], condition=Q(until__isnull=True), name="pairing_worker_once"),
            models.UniqueConstraint(
                fields=["giver", "place"], condition=Q(until__isnull=True), name="pairing_place_once"
            ),
            models.CheckConstraint(condition=Q(place__gt=0), name="pairing_place_counts"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="pairing_has_days"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="within_its_giver",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("place", "giver_id", "worker_id", "enrolment_id"),
                declare=[("most", "integer")],
                func="""
                -- The giver's row is held, so that its number cannot shrink beside us.
                SELECT people INTO most FROM partners_giver WHERE id = NEW.giver_id FOR SHARE;
                IF NEW.place > most THEN
                    RAISE EXCEPTION 'giver % pays for % people', NEW.giver_id, most USING ERRCODE = 'check_violation';
                END IF;
                IF NOT EXISTS (SELECT 1 FROM coverage_enrolment e
                               WHERE e.id = NEW.enrolment_id AND e.worker_id = NEW.worker_id) THEN
                    RAISE EXCEPTION 'the enrolment is of another worker' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.giver_id}:{self.place}"
