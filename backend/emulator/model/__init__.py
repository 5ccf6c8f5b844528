"""The stand-in model: chat completions without a network, by rules.

It sees only what a real model sees, messages and tool schemas, and drives any YAML agent with
them: picks the tool that fits, asks for missing arguments in turn, reads typed values out of
speech, follows what tools answer. ``situation`` reads the request, ``decide`` decides,
``completions`` speaks the wire. It is no language model and does not pretend to be one.
"""

from backend.emulator.model.routes import routes

__all__ = ["routes"]
