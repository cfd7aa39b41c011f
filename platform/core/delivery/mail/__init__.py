"""E-mail: the outbox's rows claimed and written, mail servers and services spoken to, refusals heard."""
