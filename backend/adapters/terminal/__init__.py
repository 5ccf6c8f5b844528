"""The terminal that the server runs in."""
