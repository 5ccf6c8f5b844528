"""Azure Speech on loopback: speech to text and text to speech for the unmodified SDK.

Nothing is imported here: the processes in which recognizers work need little of all this.
"""
