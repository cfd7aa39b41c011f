"""What is not paid, of every payer at once: however many there are, one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

_UNPAID: Final = """
select i.id, i.number, i.due_on, a.name,
       coalesce(c.codes, array_remove(array[q.content->'communes'->0->>'insee'], null)),
       i.net + i.vat + coalesce(back.cents, 0) - coalesce(paid.cents, 0) as rest
from public.billing_invoice i
join public.billing_account a on a.id = i.account_id
left join (select it.invoice_id, array_agg(distinct s.commune_id order by s.commune_id) as codes
           from public.billing_invoiceterm it join public.billing_term t on t.id = it.term_id
           join public.billing_subscription s on s.id = t.subscription_id group by 1) c on c.invoice_id = i.id
left join public.billing_order o on o.id = i.order_id
left join public.billing_quote q on q.id = o.quote_id
left join (select invoice_id, sum(cents) as cents from public.billing_payment group by 1) paid on paid.invoice_id = i.id
left join (select content->>'cancels' as number, sum(net) as net, sum(net + vat) as cents from public.billing_invoice
           where kind = 'credit_note' group by 1) back on back.number = i.number
where i.kind = 'invoice' and i.net + coalesce(back.net, 0) <> 0
  and i.net + i.vat + coalesce(back.cents, 0) - coalesce(paid.cents, 0) > 0
order by i.due_on, i.number
"""


@dataclass(frozen=True, slots=True)
class Unpaid:
    """An invoice of which something is left to pay: `cents` including VAT; `communes` are INSEE codes."""

    key: UUID
    number: str
    due_on: date
    payer: str
    communes: tuple[str, ...]
    cents: int


def unpaid_by_all() -> list[Unpaid]:
    """The eldest due first."""
    with connection.cursor() as cursor:
        cursor.execute(_UNPAID)
        return [
            Unpaid(key, number, due_on, payer, tuple(communes), int(cents))
            for key, number, due_on, payer, communes, cents in cursor.fetchall()
        ]


def late_among(unpaid: Iterable[Unpaid], today: date) -> list[Unpaid]:
    """Those that should have been paid before a day."""
    return [each for each in unpaid if each.due_on < today]
