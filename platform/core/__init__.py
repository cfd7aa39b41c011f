"""Services that every part of the platform needs. Names no module, no price and no commune model."""
