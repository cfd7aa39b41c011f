"""What the parameters of the portal's routes may be."""

from billing.models import Paper
from tenants.models import Commune
from tests.planting import Sample

SAMPLES: dict[tuple[str, str], Sample] = {
    ("signup_questions", "insee"): Commune,
    ("certificate", "paper"): Paper,
    ("watch_ask", "insee"): Commune,
    ("watch_asked", "insee"): Commune,
    ("watch_confirm", "word"): "a-word-that-confirms-nothing",
    ("watch_stop", "word"): "a-word-that-stops-nothing",
}
