"""How sure it is that somebody lives in the commune: modules ask `user.level >= Level.N2`."""

from django.db.models import IntegerChoices, TextChoices


class Level(IntegerChoices):
    """N0 declared, N1 reads mail at their address, N2 proved by letter or at the counter, N3 identity checked too."""

    N0 = 0, "déclaré"
    N1 = 1, "adresse e-mail vérifiée"
    N2 = 2, "domicile vérifié"
    N3 = 3, "identité et domicile vérifiés"


class Method(TextChoices):
    LETTER = "letter", "code reçu par courrier"
    COUNTER = "counter", "vérifié au guichet"
