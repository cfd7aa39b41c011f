"""Pages of the console. The one to act on answers an action's address too: who signs in again lands on it."""
