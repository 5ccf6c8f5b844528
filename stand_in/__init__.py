"""The stand-in model: answers by rules where no language model is at hand.

It sees only what a real model sees, messages and tool schemas, and drives any YAML agent with
them: picks the tool that fits, asks for missing arguments in turn, reads typed values out of
speech, follows what tools answer. ``situation`` reads the request, ``decide`` decides. It is no
language model and does not pretend to be one.
"""
