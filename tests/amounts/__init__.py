"""Every amount that a page shows is one that the price book, or what was asked and paid, gives for that page."""
