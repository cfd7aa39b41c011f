"""Pages of the portal: choosing for whom, choosing what, the quote at its secret address, ordering it."""
