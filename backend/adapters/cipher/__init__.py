"""Sealing with keys: AES-GCM."""
