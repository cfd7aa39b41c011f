"""Where the commune is: its contour, the areas it names, its addresses, and the map that shows them."""
