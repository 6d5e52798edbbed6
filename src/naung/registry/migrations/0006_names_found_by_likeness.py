import django.contrib.postgres.indexes
from django.db import migrations

import naung.registry.spelling

SPELLING = """
CREATE OR REPLACE FUNCTION registry_spelling(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT RETURN
replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
replace(replace(replace(translate(
replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(' ' || name || ' ',
' CH', ' C'),
'OE', 'U'), 'TJ', 'C'), 'DJ', 'J'), 'SJ', 'SY'), 'NJ', 'NY'), 'KH', 'H'), 'SY', 'S'), 'DH', 'D'), 'TH', 'T'), 'CH', 'H'),
'VFZYJQ', 'PPSIIK'),
'IE', 'I'), 'H ', ' '),
'AA', 'A'), 'BB', 'B'), 'DD', 'D'), 'EE', 'E'), 'GG', 'G'), 'II', 'I'), 'KK', 'K'), 'LL', 'L'),
'MM', 'M'), 'NN', 'N'), 'OO', 'O'), 'PP', 'P'), 'RR', 'R'), 'SS', 'S'), 'TT', 'T'), 'UU', 'U')
"""


class Migration(migrations.Migration):
    """Find people by names that sound or look alike: a trigram index on one spelling of each name.

    Before: pg_trgm is there (areas 0001).
    While:  readers go on, writers of registry_worker wait: 6 s for a million names (measured), 28 MB.
    Back:   search by likeness is gone; nothing else is lost.
    """

    dependencies = [
        ('areas', '0001_areas_and_their_search'),
        ('registry', '0005_send_verify_return'),
    ]

    operations = [
        migrations.RunSQL(SPELLING, 'DROP FUNCTION IF EXISTS registry_spelling(text)'),
        migrations.AddIndex(
            model_name='worker',
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(naung.registry.spelling.Spelling('name_norm'), name='gin_trgm_ops'),
                name='worker_name_trigrams',
            ),
        ),
    ]
