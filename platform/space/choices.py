"""What a commune may choose for its looks."""

from core.web.arms import FIGURES, PATTERNS
from core.web.landscape import KINDS

ARMS_PATTERNS = [(value, label) for value, (label, _path) in PATTERNS.items()]
ARMS_FIGURES = [(value, label) for value, (label, _path) in FIGURES.items()]
LANDSCAPES = list(KINDS.items())
ACCENTS = [
    ("#0f6b5c", "Sapin"),
    ("#1f5fa8", "Azur"),
    ("#7a3b69", "Mauve"),
    ("#9a3412", "Tuile"),
    ("#3f6212", "Olivier"),
    ("#7f5400", "Ocre"),
    ("#334155", "Ardoise"),
    ("#9f1239", "Grenat"),
]
