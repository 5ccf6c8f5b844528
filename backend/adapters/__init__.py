"""The outside world behind the ports: one folder an outside thing. Adapters see neither the engine nor each other."""
