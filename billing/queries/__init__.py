"""What is read of subscriptions, orders and invoices."""
