"""Reads typed values out of recognized speech, tolerating what recognizers mangle.

Used by tools (to take what a caller said), by endpointing (to see that a number is unfinished)
and by the local Azure's stand-in model. Pure functions, one kind of value a module: ``digits``,
``numbers``, ``dates``, ``times``, ``yes_no``, ``names``, ``places``, ``vehicles``.
"""
