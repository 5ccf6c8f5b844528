"""Tools: typed functions with their policy in code. ``catalogue`` lists them, ``runner`` runs them."""
