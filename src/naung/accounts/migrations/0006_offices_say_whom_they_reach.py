"""A profile of an office: its sector, the kinds of work it can reach, whom to call.

Before: nothing to check. While: instant, a new empty table. Back: the profiles are lost, the offices stay.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_kinds_of_papers_have_longer_names")]

    operations = [
        migrations.CreateModel(
            name="OfficeProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "office",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="profile",
                        to="accounts.office",
                    ),
                ),
                ("sector", models.CharField(blank=True, help_text="Its sector, in words.", max_length=160)),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="Kinds of work of those it can reach: codes of bulk.occupations.",
                        size=None,
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(blank=True, help_text="Who answers for its PKS.", max_length=120),
                ),
                (
                    "sealed",
                    models.BinaryField(
                        help_text="The phone of the contact, sealed to this row by gateways.vault.", null=True
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400)),
            ],
        ),
    ]
