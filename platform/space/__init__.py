"""The shell of a commune's app: home, search, account, back office. Knows modules only through their hooks."""
