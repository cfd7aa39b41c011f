"""What the parameters of the shell's routes may be."""

from core.accounts.models import Invitation, ResidencyLetter, User
from core.media.models import Asset
from tenants.models import Export

SAMPLES = {
    ("space", "pk"): User,
    ("space", "key"): Invitation,
    ("space:export_download", "key"): Export,
    ("space", "letter"): ResidencyLetter,
    ("space", "slug"): "news",
    ("space", "asset"): Asset,
}
