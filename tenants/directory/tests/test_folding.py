import pytest

from tenants.directory.folding import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Èze", "eze"),
        ("St-Rémy-l'Honoré", "saint remy l honore"),
        ("STE COLOMBE", "sainte colombe"),
        ("Œuilly", "oeuilly"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("  Aix--en  Provence ", "aix en provence"),
        ("", ""),
        ("☃", ""),
    ],
)
def test_what_is_typed_differently_folds_alike(typed: str, folded: str) -> None:
    assert fold(typed) == folded
