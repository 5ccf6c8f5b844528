"""Azure Speech on loopback: speech to text and text to speech for the unmodified SDK."""

from local_azure.speech.engines import Engines
from local_azure.speech.routes import routes

__all__ = ["Engines", "routes"]
