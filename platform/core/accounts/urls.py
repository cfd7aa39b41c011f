"""Pages of sign-in, the same in a commune and in the operator's console."""

from django.urls import path

from core.accounts.access import always
from core.accounts.views import SignIn, TypeCode, sign_out

urlpatterns = [
    path("connexion/", always(SignIn.as_view()), name="account_request_login_code"),
    path("connexion/", always(SignIn.as_view()), name="account_login"),
    path("connexion/code/", always(TypeCode.as_view()), name="account_confirm_login_code"),
    path("deconnexion/", always(sign_out), name="account_logout"),
]
