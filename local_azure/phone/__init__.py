"""Phones on the local phone network, and the recorded people who use them."""
