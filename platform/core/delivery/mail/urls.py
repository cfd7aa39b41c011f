"""What the mail service calls, on the platform's own site: /email/<secret>/."""

from django.urls import path

from core.accounts.access import Access, Who, declare
from core.delivery.mail import views

app_name = "mail"

_service = declare(Access(Who.ANYONE, always=True, knows=views.proves))

urlpatterns = [path("email/<str:secret>/", _service(views.events), name="events")]
