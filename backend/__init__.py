"""Ringmaster: an Azure-native voice server."""
