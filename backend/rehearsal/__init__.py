"""Rehearsals: written conversations played against a store, and recorded calls replayed against an edited one.

``spec`` is what people write, ``suite`` reads and checks it, ``caller`` speaks as written,
``room`` is one conversation in memory, ``verdict`` judges what happened in it, ``rehearse``
plays a whole suite. Nothing outside is changed: cases are kept in memory.
"""
