"""The commune's landscapes: terrain, buildings and plants, put together in scenes."""
