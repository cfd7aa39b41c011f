"""Lines of a journal."""

from core.audit.models import Entry
from tests.planting import Mark, Plot, factory


@factory(Entry)
def entry(plot: Plot, mark: Mark) -> Entry:
    return Entry.objects.create(verb="space.host_named", target=mark.text, author=mark.email)
