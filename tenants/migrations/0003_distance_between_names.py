from django.contrib.postgres.operations import CreateExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_search_by_part_of_name")]

    operations = [CreateExtension("fuzzystrmatch")]
