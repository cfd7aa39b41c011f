"""A department with its hours, a closing, and who answers for it."""

from datetime import date, time

from core.accounts.models import User
from core.organisation.models import Delegation, Department, LegalNotice, OpeningSlot, SpecialPeriod
from tests.planting import Mark, Plot, factory

SAMPLES = {
    ("organisation", "pk"): Department,
    ("organisation:end_delegation", "pk"): Delegation,
    ("organisation:withdraw", "pk"): SpecialPeriod,
}


@factory(Department)
def department(plot: Plot, mark: Mark) -> Department:
    return Department.objects.create(name=mark.text, mission=mark.text, place=mark.text, email=mark.email)


@factory(OpeningSlot, marked=False)
def slot(plot: Plot, mark: Mark) -> OpeningSlot:
    return OpeningSlot.objects.create(department=plot[Department], weekday=1, opens=time(9), closes=time(12))


@factory(SpecialPeriod)
def period(plot: Plot, mark: Mark) -> SpecialPeriod:
    day = date(2026, 12, 24)
    return SpecialPeriod.objects.create(first_day=day, last_day=day, reason=mark.text, author=mark.email)


@factory(LegalNotice)
def legal_notice(plot: Plot, mark: Mark) -> LegalNotice:
    words = {"director_role": "Maire", "director_name": mark.text, "dpo_name": mark.text, "dpo_email": mark.email}
    return LegalNotice.objects.create(**words, author=mark.email)


@factory(Delegation)
def delegation(plot: Plot, mark: Mark) -> Delegation:
    return Delegation.objects.create(department=plot[Department], user=plot[User], title=mark.text, author=mark.email)
