"""What Stripe and we say differently, and the events that changed nothing here."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from billing.collecting import offered
from billing.models import StripeDifference, StripeEvent
from billing.models.stripe import Outcome

PAGE, GONE = 25, 10


@never_cache
@require_safe
def stripe(request: HttpRequest) -> HttpResponse:
    events = StripeEvent.objects.exclude(outcome__in=[Outcome.DONE, Outcome.SAME]).order_by("-created_at", "pk")
    page = Paginator(events, PAGE).get_page(request.GET.get("page"))
    context = {
        "offered": offered(),
        "differences": StripeDifference.objects.filter(gone_at__isnull=True).order_by("-found_at", "subject"),
        "gone": StripeDifference.objects.filter(gone_at__isnull=False).order_by("-gone_at", "subject")[:GONE],
        "page": page,
        "last": StripeEvent.objects.order_by("-received_at").first(),
    }
    return render(request, "console/stripe.html", context)
