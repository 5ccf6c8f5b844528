"""The local Azure: the wire protocols of the Azure services that Ringmaster uses, on loopback.

A process of its own. The server never imports it and cannot tell it from the real thing but
by the addresses. ``state`` is what all services share, ``server`` joins them.
"""
