"""What changes subscriptions, orders and invoices: one transaction each."""
