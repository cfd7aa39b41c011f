"""What the parameters of the console's routes may be."""

from billing.models import Invoice, Order, Paper, PriceVersion
from tenants.models import Commune, Mandate

SAMPLES = {
    ("console", "insee"): Commune,
    ("console", "key"): Mandate,
    ("console", "order"): Order,
    ("console", "paper"): Paper,
    ("console", "invoice"): Invoice,
    ("console", "version"): PriceVersion,
}
