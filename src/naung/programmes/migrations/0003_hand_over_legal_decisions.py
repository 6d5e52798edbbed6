from django.db import migrations


class Migration(migrations.Migration):
    """Hand the decisions of regions over to the book of law; the table and its rows stay as they are."""

    dependencies = [
        ("programmes", "0002_let_offices_vouch_for_workers"),
        ("lawbook", "0001_take_over_legal_decisions"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[],
            state_operations=[migrations.DeleteModel(name="LegalDecision")],
        ),
    ]
