"""The commune's areas and addresses, /mairie/territoire/, and the tiles of its maps, /tuiles/."""

from django.urls import path

from core.accounts.access import anyone, permission
from core.territory import views

app_name = "territory"

write = permission("space.organisation")

urlpatterns = [
    path("mairie/territoire/", write(views.territory), name="territory"),
    path("mairie/territoire/zones/nouvelle/", write(views.edit), name="new"),
    path("mairie/territoire/zones/<uuid:pk>/", write(views.edit), name="edit"),
    path("mairie/territoire/zones/<uuid:pk>/fermer/", write(views.close), name="close"),
    path("mairie/territoire/adresses/", write(views.addresses), name="addresses"),
    path("mairie/territoire/adresses/importer/", write(views.import_file), name="import"),
    path("tuiles/<int:zoom>/<int:x>/<int:y>.png", anyone(views.tile), name="tile"),
]
