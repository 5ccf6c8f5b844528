"""Calls from a browser over one WebSocket: the console's softphone."""
