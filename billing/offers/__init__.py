"""Quotes and orders on the portal, without an account: whoever holds a quote's secret address may read and order it."""
