"""Ringmaster: an Azure-native voice server."""

__version__ = "0.3.0"
"""The one place where the version stands."""
