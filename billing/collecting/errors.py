"""What callers hear when Stripe does not do as it was asked."""


class Unavailable(Exception):
    """Stripe did not answer, or said no; the same act may be tried again later."""


class NothingToPay(ValueError):
    """The invoice is paid, cancelled, or being paid."""
