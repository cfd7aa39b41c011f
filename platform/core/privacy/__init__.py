"""What is kept about a person, by the modules through their hooks and by the services of `core` themselves."""
