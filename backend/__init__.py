"""Ringmaster: an Azure-native voice server."""

__version__ = "0.2.0"
"""The one place where the version stands."""
