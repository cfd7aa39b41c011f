"""La commune: one page about it, begun from the directory and finished by the mairie."""
