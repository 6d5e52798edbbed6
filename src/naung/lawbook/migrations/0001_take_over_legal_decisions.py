from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):
    """Take over the decisions of regions from the programmes.

    Only Django's picture of the tables changes. The table keeps its name and its rows, so that the release before
    this one still works beside it.
    Back: nothing to undo in the database.
    """

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("programmes", "0002_let_offices_vouch_for_workers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[],
            state_operations=[
                migrations.CreateModel(
                    name="LegalDecision",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("area_code", models.CharField(max_length=10)),
                        ("question", models.CharField(max_length=80)),
                        ("answer", models.CharField(max_length=80)),
                        ("valid_from", models.DateField(help_text="First day on which the answer holds.")),
                        ("basis", models.CharField(help_text="Letter or minutes that record the decision.", max_length=200)),
                        ("decided_at", models.DateTimeField(auto_now_add=True)),
                        ("decided_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        "db_table": "programmes_legaldecision",
                        "constraints": [models.UniqueConstraint(fields=("area_code", "question", "valid_from"), name="legal_decision_once")],
                    },
                ),
            ],
        ),
    ]
