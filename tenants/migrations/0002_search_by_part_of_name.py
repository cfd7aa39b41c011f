from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name="commune",
            index=GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="commune_by_part_of_name"),
        ),
        migrations.AddIndex(
            model_name="commune",
            index=GinIndex(fields=["postal_codes"], name="commune_by_postal_code"),
        ),
    ]
