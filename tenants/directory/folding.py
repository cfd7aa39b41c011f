"""Names without what people type differently: case, accents, ligatures, hyphens, apostrophes, St for Saint."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o"})
_BREAKS = re.compile(r"[^a-z0-9]+")
_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def fold(text: str) -> str:
    """Lowercase ASCII words, single spaces: "St-Rémy-l'Honoré" is "saint remy l honore"."""
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES)).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_SHORT.get(word, word) for word in _BREAKS.sub(" ", plain).split())
