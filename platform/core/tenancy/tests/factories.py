"""Work that is due."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from core.accounts.models import User
from core.tenancy.due import due
from core.tenancy.models import DueWork
from tests.planting import Mark, Plot, factory


@factory(DueWork, marked=False)
def work(plot: Plot, mark: Mark) -> DueWork:
    due("accounts.purge", timezone.now() + timedelta(days=1))
    return DueWork.objects.get(schema_name=plot.schema_name, job="accounts.purge")


@factory(ContentType, marked=False)
def content_type(plot: Plot, mark: Mark) -> ContentType:
    return ContentType.objects.get_for_model(User)
