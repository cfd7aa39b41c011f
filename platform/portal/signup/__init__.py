"""A mairie opens its space by itself: six steps, one row, one signed cookie; nothing opens before the code."""
