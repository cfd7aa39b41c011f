"""The presentation of the commune, for its residents and for the mairie."""
