"""What providers of SMS call, on the platform's own site: /sms/ovh/<secret>/, /sms/brevo/<secret>/."""

from django.urls import path

from core.accounts.access import Access, Who, declare
from core.delivery.sms import views

app_name = "sms"

_provider = declare(Access(Who.ANYONE, always=True, knows=views.proves))

urlpatterns = [
    path("sms/ovh/<str:secret>/", _provider(views.ovh), name="ovh"),
    path("sms/brevo/<str:secret>/", _provider(views.brevo), name="brevo"),
]
