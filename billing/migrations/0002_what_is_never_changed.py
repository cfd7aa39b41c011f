"""What was issued, sold or received stays as it is: the database refuses whoever would change it."""

from django.db import migrations

FUNCTION = """
create function public.billing_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% % is never changed', tg_table_name, old.id using errcode = 'integrity_constraint_violation';
end $$
"""
TRIGGER = """
create trigger billing_{table}_stays before update or delete on public.billing_{table}
for each row {when} execute function public.billing_refuse_change()
"""
KEPT = {
    "paper": "",
    "invoice": "",
    "invoiceterm": "",
    "payment": "",
    "priceversion": "when (old.published_at is not null)",
}


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "drop function public.billing_refuse_change()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table, when=when), f"drop trigger billing_{table}_stays on public.billing_{table}"
            )
            for table, when in KEPT.items()
        ),
    ]
