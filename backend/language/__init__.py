"""What callers say, read; and what they hear, said: one package for each language.

``language_named("es-MX")`` gives a ``Language``, ``read`` gives a ``Reading`` of an answer, ``say`` the words for a
value. Everything that is English or Spanish stands in a package of that name; nothing here knows a business.
"""
