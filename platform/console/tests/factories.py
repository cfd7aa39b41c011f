"""What the parameters of the console's routes may be."""

from tenants.models import Commune, Mandate

SAMPLES = {("console", "insee"): Commune, ("console", "key"): Mandate}
