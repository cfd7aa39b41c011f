"""The pages of an opening, in the order of their steps."""

from django.urls import path

from portal.signup import views

urlpatterns = [
    path("ouvrir/", views.find, name="signup_commune"),
    path("ouvrir/modules/", views.modules, name="signup_modules"),
    path("ouvrir/vous/", views.person, name="signup_person"),
    path("ouvrir/contrat/", views.terms, name="signup_terms"),
    path("ouvrir/code/", views.code, name="signup_code"),
    path("ouvrir/<slug:insee>/", views.questions, name="signup_questions"),
    path("conditions/", views.terms_of_use, name="terms_of_use"),
    path("contrat-de-sous-traitance/", views.processing_contract, name="processing_contract"),
]
