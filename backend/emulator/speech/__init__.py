"""Azure Speech on loopback: speech to text and text to speech for the unmodified SDK."""

from backend.emulator.speech.engines import Engines
from backend.emulator.speech.routes import routes

__all__ = ["Engines", "routes"]
