"""What the stand-in and the emulated caller make of words: regular expressions over figures, and nothing else.

Written apart from the server's own readers on purpose. Who judges what a server understood must not read words with
the server's own code, or both are blind to the same mistakes.
"""
