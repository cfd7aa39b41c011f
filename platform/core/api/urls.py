"""What the REST API says of itself."""

from django.urls import path
from django.views.decorators.http import require_safe

from core.accounts.access import anyone
from core.api.schema import SchemaView

urlpatterns = [path("api/v1/schema/", anyone(require_safe(SchemaView.as_view())), name="api-schema")]
