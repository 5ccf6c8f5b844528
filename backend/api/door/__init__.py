"""The door: what is looked at before anything of a request is parsed.

``wire`` bounds connections and heads, ``guard`` asks the questions in order: by which name, from which page, of which
type, who, how much, how fast. Everything behind it gets a whole body from somebody who is known.
"""
