"""Host names of communes: one each, stable, and never one that could be taken for another's."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from tenants.directory.folding import fold

_RESERVED = """www api app mail smtp imap pop ftp ns ns1 ns2 mx admin administration console mairie mairies commune
communes portail static media cdn assets beffroi support aide contact status etat demo test tests staging dev blog docs
compte connexion login sso auth webmail autoconfig autodiscover localhost ouvrir modules prevenir tuiles"""
RESERVED = frozenset(_RESERVED.split())
SHORTEST, LONGEST = 3, 40
_LABEL = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AFFIXES = re.compile(r"^(ville|mairie|commune|village)-(de-la-|de-l-|de-|du-|des-|d-)?|-(ville|mairie|officiel)$")


class NameProblem(StrEnum):
    """Why a custom name is refused, as told to the person who asks for it."""

    SHAPE = "Écrivez de 3 à 40 lettres sans accent, chiffres ou traits d’union, sans espace."
    RESERVED = "Ce nom est réservé à la plateforme."
    TAKEN = "Ce nom est celui d’une autre commune, ou lui ressemble trop."


def assign_slugs(
    names: Iterable[tuple[str, str, str]], *, kept: Mapping[str, str] | None = None, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Give each (INSEE code, name, département) its host name.

    The folded name, plus the département where several communes bear it, where the platform keeps the bare name, or
    where it is `taken`. A commune of `kept` has the one it had: its address is on posters.
    """
    held = kept or {}
    rows = [(insee, fold(name).replace(" ", "-"), departement.lower()) for insee, name, departement in names]
    bearers = Counter(folded for _, folded, _ in rows)
    lost = {*taken, *held.values()}

    def named(insee: str, folded: str, departement: str) -> str:
        longer = f"{folded}-{departement}"
        if bearers[folded] == 1 and folded not in RESERVED and folded not in lost:
            return folded
        return longer if longer not in lost else f"{folded}-{insee.lower()}"

    return {insee: held.get(insee) or named(insee, folded, departement) for insee, folded, departement in rows}


def check_custom_name(label: str, *, own_slug: str, own_name: str, others: Iterable[str]) -> NameProblem | None:
    """Say what is wrong with a name a commune asks for, None when it may have it.

    `others` are the host names of all communes. A name one letter away from another commune's is refused, as is the
    bare name that several communes bear.
    """
    own = {own_slug, fold(own_name).replace(" ", "-")}
    if not _LABEL.fullmatch(label) or not (SHORTEST <= len(label) <= LONGEST):
        return None if label == own_slug else NameProblem.SHAPE
    if label in RESERVED:
        return NameProblem.RESERVED
    core = _AFFIXES.sub("", label) or label
    squeezed = core.replace("-", "")
    for other in others:
        if other in own:
            continue
        bare = re.sub(r"-(\d[\dab]|\d{3})$", "", other)
        if label in {other, bare} and label != own_slug:
            return NameProblem.TAKEN
        if core in {other, bare} or (abs(len(other) - len(core)) <= 1 and _near(core, other)):
            if core not in own:
                return NameProblem.TAKEN
        elif squeezed in {other.replace("-", ""), bare.replace("-", "")} and core not in own:
            return NameProblem.TAKEN
    return None


def _near(one: str, two: str) -> bool:
    """Whether the two differ by one letter at most: changed, added or left out."""
    if one == two:
        return True
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    rest_one, rest_two = one[start:], two[start:]
    if len(one) == len(two):
        return rest_one[1:] == rest_two[1:]
    return rest_one[1:] == rest_two if len(one) > len(two) else rest_one == rest_two[1:]
