"""Being told: /avertissements/…, /compte/avertissements/, /desabonnement/…; and telling: /mairie/…."""

from django.urls import path

from core.accounts.access import always, anyone, lasting, own, permission
from core.delivery.views import credit, devices, numbers, poster, preferences, rules, silent, telephone

app_name = "delivery"

counter = permission("delivery.numbers")

urlpatterns = [
    path("compte/avertissements/", own(preferences.preferences), name="preferences"),
    path("compte/avertissements/muets/", own(silent.remove), name="silent_remove"),
    path("compte/avertissements/adresse/", own(preferences.restore_address), name="address_restore"),
    path("avertissements/", anyone(devices.page), name="devices"),
    path("avertissements/appareil/", lasting(devices.add), name="device_add"),
    path("avertissements/choix/", lasting(devices.kept), name="device_kept"),
    path("avertissements/arreter/", lasting(devices.stop), name="device_stop"),
    path("avertissements/affiche/", lasting(devices.shown), name="shown"),
    path("avertissements/telephone/", lasting(telephone.telephone), name="telephone"),
    path("avertissements/telephone/code/", lasting(telephone.code), name="telephone_code"),
    path("avertissements/telephone/choix/", lasting(telephone.choices), name="telephone_choices"),
    path("avertissements/telephone/arreter/", lasting(telephone.stop), name="telephone_stop"),
    path("desabonnement/<str:word>/", always(preferences.unsubscribe), name="unsubscribe"),
    path("mairie/reglages/avertissements/", permission("space.settings")(rules.rules), name="rules"),
    path("mairie/reglages/sms/", permission("space.settings")(credit.credit), name="credit"),
    path("mairie/avertissements/affiche.pdf", counter(poster.poster_file), name="poster"),
    path("mairie/avertissements/numeros/", counter(numbers.numbers), name="numbers"),
    path("mairie/avertissements/numeros/retirer/", counter(numbers.remove), name="number_remove"),
]
