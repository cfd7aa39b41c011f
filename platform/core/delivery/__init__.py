"""What leaves the platform: an outbox row in the transaction of the decision, sent by a job, kept with its outcome."""
