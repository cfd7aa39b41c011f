"""What the parameters of the shell's routes may be."""

from core.accounts.models import Invitation, ResidencyLetter, User

SAMPLES = {
    ("space", "pk"): User,
    ("space", "key"): Invitation,
    ("space", "letter"): ResidencyLetter,
    ("space", "slug"): "news",
}
