"""Tools: typed functions with their policy in code. ``built_in_tools`` lists them, ``runner`` runs them."""
