"""The mairie's first page: what is due, and the first steps."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from billing.office.tasks import subscription_tasks
from core.accounts.models import Invitation, ResidencyLetter, RoleGrant, User
from core.audit.models import Entry
from core.catalogue import FirstStep, Group, Task
from core.delivery.sms.carrying import can_sms
from core.delivery.sms.codes import runs_out
from core.media.consents import ending_consents
from core.organisation.models import LegalNotice
from core.web.french import WEEKDAYS
from core.web.templatetags.web import plural
from space.actions import answer_operator
from space.contributions import contributions
from space.forms import AnswerForm
from space.navigation import Link, office_groups
from space.views import person_security
from tenants.models import Mandate, MandateMessage, Suspension

SHOWN = 20


@never_cache
def office(request: HttpRequest) -> HttpResponse:
    site: Any = request.site
    user = cast(User, request.user)
    if user.only_counts:
        return redirect("billing:overview")
    asked = [task for _, task in contributions("tasks", written_in(site), user)]
    owed = (*own_tasks(site, user), *subscription_tasks(request), *person_security.own_tasks(user))
    tasks = sorted((*asked, *owed), key=lambda task: task.urgency)
    today = datetime.now(ZoneInfo(site.commune.timezone))
    mandate = pending_mandate(site)
    context: dict[str, Any] = {
        "first_name": user.name.split(" ")[0],
        "weekday": WEEKDAYS[today.weekday()],
        "tasks": tasks[:SHOWN],
        "task_count": len(tasks),
        "steps": first_steps(site, user),
        "mandate": mandate,
        "suspension": suspension_of(site),
        "contact": settings.OPERATOR_EMAIL,
        "asked": mandate is not None and waits_for_us(mandate),
        "publish": publish_links(site, user),
    }
    context["steps_done"] = sum(step.done for step in context["steps"])
    return render(request, "space/office.html", context)


def written_in(site: Any) -> frozenset[str]:
    """The modules that may be written in now: where all else may only be read, those that save lives."""
    modules: frozenset[str] = site.space.modules
    if site.space.is_read_only:
        return frozenset(each.slug for each in settings.CATALOGUE.among(modules) if each.vital)
    return modules


def own_tasks(site: Any, user: User) -> list[Task]:
    """What the shell itself owes: letters to post, agreements that end, SMS that run out."""
    if site.space.is_read_only:
        return _sms_to_buy(user)
    return [*_letters_to_post(user), *_consents_to_review(user), *_sms_to_buy(user)]


def _sms_to_buy(user: User) -> list[Task]:
    if not (user.has_perm("space.settings") and can_sms()) or not runs_out():
        return []
    title = _("Il ne reste presque plus de SMS")
    detail = _("Une alerte à tous les numéros inscrits ne pourrait plus être payée.")
    return [Task(title, detail, reverse("delivery:credit"), _("Voir la réserve"), _("SMS"), urgency=50)]


def _consents_to_review(user: User) -> list[Task]:
    count = ending_consents().count() if user.has_perm("space.settings") else 0
    if not count:
        return []
    title = plural(count, _("photo dont l’accord se termine"), _("photos dont l’accord se termine"))
    detail = _("Les personnes visibles avaient donné leur accord jusqu’à une date.")
    return [Task(title, detail, reverse("space:files"), _("Revoir"), _("Fichiers"), urgency=70)]


def _letters_to_post(user: User) -> list[Task]:
    if not user.has_perm("space.people"):
        return []
    count = ResidencyLetter.objects.waiting().filter(posted_at__isnull=True).count()
    if not count:
        return []
    title = plural(count, _("courrier à poster"), _("courriers à poster"))
    detail = _("Des habitants attendent un code pour prouver leur domicile.")
    return [Task(title, detail, reverse("space:letters"), _("Imprimer"), _("Habitants"), urgency=60)]


def first_steps(site: Any, user: User) -> list[FirstStep]:
    """The checklist of a commune that opens; who may not settle a step is not shown it."""
    steps = [step for _, step in contributions("first_steps", site.space.modules)]
    if user.has_perm("space.settings"):
        drawn = Entry.objects.filter(verb="space.appearance_set").exists()
        notice = LegalNotice.objects.first()
        signed = notice is not None and notice.is_whole
        steps.append(FirstStep(_("Compléter les mentions légales"), reverse("organisation:notice"), signed))
        steps.insert(0, FirstStep(_("Choisir le blason et la couleur"), reverse("space:settings"), drawn))
    if user.has_perm("space.people"):
        colleagues = RoleGrant.objects.values("user").distinct().count() > 1 or Invitation.objects.exists()
        steps.append(FirstStep(_("Inviter une ou un collègue"), reverse("space:invite"), colleagues))
    return steps


def pending_mandate(site: Any) -> Mandate | None:
    if site.space.state != "pending":
        return None
    mandates = Mandate.objects.filter(signup__space_id=site.space.id, decision="")
    return mandates.prefetch_related("messages").first()


def suspension_of(site: Any) -> Suspension | None:
    if site.space.state != "suspended":
        return None
    return Suspension.objects.filter(space=site.space.id, lifted_at__isnull=True).first()


def waits_for_us(mandate: Mandate) -> bool:
    """Whether the operator spoke last."""
    said = list(mandate.messages.all())
    return bool(said) and said[-1].side == MandateMessage.Side.OPERATOR


def publish_links(site: Any, user: User) -> list[Link]:
    """What may be published now: nothing in a suspended space, alerts in one that may only be read."""
    if site.space.state == "suspended":
        return []
    groups = office_groups(written_in(site), user, reverse("space:office"))
    return [link for group in groups if group.label == Group.PUBLISH for link in group.items]


def menu(request: HttpRequest) -> HttpResponse:
    """Every entry of the back office, for a phone's « Plus »."""
    return render(request, "space/menu.html")


@never_cache
def mandate(request: HttpRequest) -> HttpResponse:
    """The operator's questions about the mandate, and the mairie's answers."""
    site: Any = request.site
    found = pending_mandate(site)
    if found is None:
        return redirect("space:office")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        answer_operator(found, text=form.cleaned_data["text"], author=cast(User, request.user))
        messages.success(request, _("Votre réponse est envoyée."))
        return redirect("space:mandate")
    return render(request, "space/mandate.html", {"mandate": found, "form": form}, status=422 if form.is_bound else 200)
