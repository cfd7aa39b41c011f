"""Who the demo's communes know: nobody real, names that say so."""

import random
from datetime import datetime, timedelta

from core.accounts.actions import add_person, block, grant_role, verify
from core.accounts.invitations import promise
from core.accounts.levels import Level, Method
from core.accounts.models import User
from core.accounts.residency import ask_letter, mark_posted, print_letter, prove
from core.catalogue import Role
from core.delivery.consenting import choose
from core.delivery.models import Channel
from deploy.demo.clock import at
from deploy.demo.texts import Place

_FIRST_NAMES = """Adèle Bastien Capucine Désiré Églantine Fulbert Garance Honorine Isidore Joséphine Landry Marguerite
Nestor Octavie Prosper Quitterie Rémi Séraphine Théophile Ursule Victorine Wilfrid Yvonne Zéphyrin Ambroise
Blandine Célestin Delphine Eustache Faustine"""
FIRST_NAMES = _FIRST_NAMES.split()
LAST_NAMES = ("Exemple", "Fictif", "Modèle", "Essai", "Imaginaire", "Démo")
RESIDENTS = 20
BLOCKED, ASKED, POSTED = 3, 7, 12
DECLARED = {2, 16}
COUNTER = {5: Level.N2, 9: Level.N3}
TOLD = {
    0: (Channel.EMAIL,),
    4: (Channel.EMAIL, Channel.DAILY),
    6: (Channel.WEEKLY,),
    8: (Channel.EMAIL,),
    10: (Channel.DAILY,),
    11: (Channel.EMAIL,),
    14: (Channel.WEEKLY,),
    17: (Channel.EMAIL,),
}
SEEN = "justificatif de domicile (démonstration)"
REASON = "Messages publicitaires envoyés à d’autres habitants (démonstration)."


def hire(place: Place, administrator: User, opened: datetime) -> list[User]:
    """The administrator's colleagues, who came in the weeks after the opening."""
    team: list[User] = []
    for number, colleague in enumerate(place.staff[1:], start=1):
        with at(opened + timedelta(days=9 * number, hours=number)):
            user = add_person(email=place.address(colleague), name=colleague.name)
            verify(user)
            grant_role(user, Role(colleague.role), author=administrator)
        team.append(user)
    return team


def settle(place: Place, administrator: User, now: datetime) -> None:
    """Twenty residents who came one by one: two have not read their mail yet, one is kept out, two proved their home,
    two wait for a letter, asked and posted; eight asked for the news by e-mail, four of them for the alerts
    too. A colleague is invited and has not come
    yet.
    """
    chance = random.Random(place.slug)  # noqa: S311 - names, not secrets
    first_names = chance.sample(FIRST_NAMES, RESIDENTS)
    for number, first_name in enumerate(first_names):
        last_name = chance.choice(LAST_NAMES)
        came = now - timedelta(days=(RESIDENTS - number) * place.opened / (RESIDENTS + 2), minutes=97 * number)
        with at(came):
            local = f"{first_name}.{last_name}".lower().translate(_UNACCENTED)
            user = add_person(email=f"{local}@{place.slug}.example", name=f"{first_name} {last_name}")
            if number not in DECLARED:
                verify(user)
        with at(came + timedelta(days=6)):
            if number == BLOCKED:
                block(user, reason=REASON, author=administrator)
            if number in COUNTER:
                prove(user, level=COUNTER[number], method=Method.COUNTER, seen=SEEN, author=administrator)
        if number in TOLD:
            asked = {("news", channel) for channel in TOLD[number]}
            asked |= {("alerts", channel) for channel in TOLD[number] if channel == Channel.EMAIL}
            with at(came + timedelta(hours=1)):
                choose(user, asked, among=asked)
        if number in (ASKED, POSTED):
            _write_to(user, place, administrator, now, posted=number == POSTED)
    with at(now - timedelta(days=1, hours=3)):
        email = f"police@{place.slug}.example"
        promise(email=email, name="Gontran (personne fictive)", role=Role.OBSERVER, author=administrator)


def _write_to(user: User, place: Place, administrator: User, now: datetime, *, posted: bool) -> None:
    with at(now - timedelta(days=4 if posted else 0, hours=20)):
        street = "12 rue de la Démonstration" if posted else "7 impasse de l’Exemple"
        letter = ask_letter(user, name=user.name, address=f"{street} (adresse fictive)\n{place.page.title}")
    if posted:
        with at(now - timedelta(days=3, hours=2)):
            print_letter(letter, author=administrator)
            mark_posted(letter, author=administrator)


_UNACCENTED = str.maketrans("éèÉ", "eee")
