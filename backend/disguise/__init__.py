"""Makes a rehearsal of a real call: what was said, with everybody and everything that it names replaced.

What may stay is a list of ordinary words; all else is replaced, known or not. So a name that is in no list of names
goes, too, and in doubt a word that named nobody.
"""
