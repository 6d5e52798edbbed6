"""Let a counter of papers name kinds such as `permohonan_pembayaran`.

Before: nothing to check. While: instant, a longer varchar rewrites nothing. Back: only while no longer name is there.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_offices_that_draw_up_agreements")]

    operations = [
        migrations.AlterField(model_name="papercounter", name="kind", field=models.CharField(max_length=30)),
    ]
