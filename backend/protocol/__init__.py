"""Bytes to values and back, without I/O. Everything malformed raises ``ProtocolError`` and nothing else."""
