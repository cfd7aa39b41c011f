"""The steps of an opening, and how far somebody came."""

from enum import IntEnum

from django.urls import reverse

from portal.signup.terms import VERSION
from tenants.models import Signup


class SignupStep(IntEnum):
    """In their order; the first has no row yet."""

    COMMUNE = 1
    QUESTIONS = 2
    MODULES = 3
    PERSON = 4
    TERMS = 5
    CODE = 6

    def url(self, insee: str) -> str:
        """The page of this step; only the questions name their commune, the cookie does it for the others."""
        name = f"signup_{self.name.lower()}"
        return reverse(name, args=[insee]) if self is SignupStep.QUESTIONS else reverse(name)


def reached(signup: Signup) -> SignupStep:
    """The first step that still waits for an answer."""
    if not signup.modules:
        return SignupStep.MODULES
    if not (signup.name and signup.capacity and signup.email):
        return SignupStep.PERSON
    if signup.terms_accepted_at is None or signup.terms_version != VERSION:
        return SignupStep.TERMS
    return SignupStep.CODE
