"""What Stripe calls."""
