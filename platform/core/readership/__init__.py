"""How often public pages are read: sums by thing, day and way in. No cookie, no address, no person is kept.

opened(request, "news", item.pk)
readings("news", keys)[item.pk].total
"""

from core.readership.counting import Channel, Readings, opened, readings, totals, with_channel

__all__ = ["Channel", "Readings", "opened", "readings", "totals", "with_channel"]
