"""Web push: who sends (VAPID, RFC 8292), to which services, sealed how (RFC 8291), and what came of it."""
