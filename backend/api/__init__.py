"""The HTTP and WebSocket routes: thin, each a few lines around one call into the engine or a port."""
