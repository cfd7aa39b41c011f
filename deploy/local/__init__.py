"""Demo, development and tests on one machine: own PostgreSQL and broker, mailbox and supervisor. Never production."""
