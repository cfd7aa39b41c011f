"""What the parameters of the shell's routes may be."""

from core.accounts.models import User

SAMPLES = {("space", "pk"): User, ("space", "slug"): "news"}
