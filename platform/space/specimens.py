"""What the style page shows: the modules of a full catalogue, a form in every state, a list of several pages."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.catalogue import Area, Banner, Card, Group, Manifest, NavItem, PersonalData, Proposal, Task
from core.delivery.progress import Counts, Progress

ROUTE = "space:search"

# slug, label, short word, icon, heading, quick action, its detail. Signalling is the raised action.
ROWS = (
    ("news", "Actualités", "Actus", "news", Group.PUBLISH, "Lire", "les nouvelles"),
    ("presentation", "La commune", "Commune", "town", Group.COMMUNE, "La mairie", "horaires, accès"),
    ("reports", "Signalements", "Signaler", "pin", Group.ANSWER, "Signaler", "un problème"),
    ("agenda", "Agenda", "Agenda", "calendar", Group.PUBLISH, "Sortir", "3 événements"),
    ("alerts", "Alertes", "Alertes", "bell", Group.PUBLISH, "Être alerté", "sans compte"),
    ("messaging", "Messagerie", "Écrire", "mail", Group.ANSWER, "Écrire", "à la mairie"),
    ("polls", "Sondages", "Avis", "ballot", Group.CONSULT, "Mon avis", "1 sondage"),
    ("suggestions", "Suggestions", "Idées", "idea", Group.CONSULT, "Proposer", "une idée"),
    ("albums", "Albums photos", "Photos", "image", Group.PUBLISH, "Regarder", "24 photos"),
    ("discussions", "Discussions", "Parler", "chat", Group.CONSULT, "Discuter", "entre voisins"),
    ("promotion", "Faire connaître", "Affiches", "feed", Group.COMMUNE, "Afficher", "un code"),
)
COUNTS = (2, 6, len(ROWS))
MANIFESTS = tuple(
    Manifest(
        slug=slug,
        label=label,
        segment=slug,
        summary=label,
        pitch=label,
        icon=icon,
        group=group,
        price_key=slug,
        personal_data=PersonalData("", 0),
        proposal=Proposal(""),
        order=order,
        navigation=(NavItem(Area.PUBLIC, label, ROUTE, icon, short, raised=slug == "reports"),),
    )
    for order, (slug, label, short, icon, group, _title, _detail) in enumerate(ROWS)
)


def cards(count: int) -> list[Card]:
    """The quick actions of as many modules; the raised one has the address of its entry in the bar."""
    address = reverse(ROUTE)
    return [
        Card(icon, title, detail, address if slug == "reports" else f"{address}?{urlencode({'q': title})}")
        for slug, _label, _short, icon, _group, title, detail in ROWS[:count]
        if count > COUNTS[0]
    ]


def sendings() -> list[Progress]:
    """One that is over, and one told to nobody: what runs asks its own page how far it is."""
    push, mail = Counts(accepted=180, displayed=96, permanent=3, expired=1), Counts(accepted=112, permanent=2)
    return [Progress(push, mail, Counts(delivered=14, technical=1)), Progress(Counts(), Counts())]


def tasks() -> list[Task]:
    return [
        Task("Message de M. Rossi : permis d’aménager", "Urbanisme · reçu jeudi", "#", "Répondre", "Demain", "danger"),
        Task(
            "Lampadaire éteint, avenue du Jardin", "Éclairage · 2 photos", "#", "Prendre en charge", "Nouveau", "warn"
        ),
        Task("Concert du 12 décembre", "Agenda · proposé par une association", "#", "Relire", "À valider"),
    ]


def banners() -> list[Banner]:
    """One of each gravity."""
    said = "N’empruntez pas la corniche. Rentrez ce que le vent peut emporter."
    labels = (("danger", "Danger · Orages"), ("warn", "Vigilance · Canicule"), ("info", "Information · Route coupée"))
    return [Banner(tone, label, "Restez à l’abri.", said, "jusqu’à 22\u00a0h", "#bandeaux") for tone, label in labels]


def page_of_many() -> Page[int]:
    return Paginator(range(90), 30).page(2)


class SpecimenForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Nom"), initial="Ombeline Tissandier")
    email = forms.EmailField(label=_("Adresse e-mail"), help_text=_("Nous n’écrivons que si vous le demandez."))
    phone = forms.CharField(label=_("Téléphone"), required=False)
    closed = forms.CharField(label=_("Numéro du dossier"), disabled=True, initial="2026-0412")
    area = forms.ChoiceField(label=_("Quartier"), choices=[("", "Choisir"), ("bourg", "Le bourg"), ("gare", "La gare")])
    count = forms.IntegerField(label=_("Nombre de personnes"), initial=2, min_value=1)
    text = forms.CharField(label=_("Votre message"), widget=forms.Textarea)
    proof = forms.ChoiceField(
        label=_("Vous écrivez"),
        widget=forms.RadioSelect,
        choices=[("self", "Pour vous"), ("other", "Pour quelqu’un d’autre")],
        initial="self",
    )
    told = forms.BooleanField(label=_("Prévenez-moi par e-mail"), required=False, initial=True)


def specimen_forms() -> dict[str, Any]:
    return {
        "form": SpecimenForm(),
        "wrong_form": SpecimenForm({"email": "ombeline@", "count": "0", "text": "Bonjour"}, auto_id="wrong_%s"),
        "theirs": [(_("Nom du service"), "Accueil"), (_("Téléphone"), _("(vide)"))],
    }
