from django.db import migrations


class Migration(migrations.Migration):
    """Tries of a quarter of an hour: nothing to carry over."""

    dependencies = [
        ("cards", "0001_cards_and_codes_by_message"),
        ("accounts", "0003_crest_counters_second_factor"),
    ]

    operations = [
        migrations.DeleteModel(name="Tries"),
    ]
