"""Whose turn it is: one at a time brings a payer's rows to what Stripe says, and reads Stripe after it has its turn."""

from billing.models import Account


def locked(account: Account) -> Account:
    """The payer's row, fresh, held until the caller's transaction ends. Papers that name it are written meanwhile."""
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def payer_of(customer: object) -> Account | None:
    """Who is this customer of Stripe's; None for one that is not ours."""
    if not isinstance(customer, str) or not customer:
        return None
    return Account.objects.filter(stripe_customer=customer).first()
