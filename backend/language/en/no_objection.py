"""Denials that agree: nothing stands against it, and nothing is wrong."""

from backend.language.en.phrase_sets import joined

__all__ = ["NO_MISTAKE", "NO_OBJECTION"]

_NO_OBSTACLE = joined(
    ("no", "i have no", "i've no", "i've got no", "i got no", "there's no", "ain't no", "not a", "not the slightest"),
    ("problem", "problems", "objection", "objections", "issue", "issues", "trouble", "complaint", "complaints"),
    ("", "with that", "with it", "with this", "there", "here", "from me", "on my end", "to that"),
    ("", "at all", "whatsoever"),
)
NO_OBJECTION = (
    _NO_OBSTACLE
    | joined(
        ("", "i have", "i've", "i've got", "i got", "there's"), ("nothing",), ("against it", "against that"),
        ("", "at all"),
    )
    | joined(
        ("", "i"), ("don't", "do not", "wouldn't", "would not"), ("mind",), ("", "it", "that", "if you do"),
        ("", "at all", "a bit", "one bit"),
    )
    | joined(
        ("", "i", "well i"), ("won't", "wouldn't", "can't", "couldn't", "will not", "would not"), ("say no",),
        ("", "to that", "to it", "to this"),
    )
    | joined(
        ("", "there's", "there is", "there ain't", "ain't", "i see", "i have", "i've got", "i got", "i can think of"),
        ("no",), ("reason not to", "reason why not", "reason you shouldn't"),
    )
    | joined(("i don't", "i can't", "can't", "i do not", "i cannot"), ("see",), ("why not", "a reason not to"))
)  # fmt: skip
"""Denials of what stands against it: together they agree."""

NO_MISTAKE = (
    joined(
        ("there's", "there is", "there are", "i see", "i hear", "i can find", "i can see"),
        ("no", "not a", "not one", "not a single"),
        ("mistake", "mistakes", "error", "errors"),
        ("", "there", "in there", "in it", "in that", "in any of it"),
        ("", "at all", "that i can see", "that i heard"),
    )
    | joined(("no",), ("mistakes", "errors"), ("", "there", "in there", "in it", "in that"), ("", "at all"))
    | joined(
        ("that", "it", "this"),
        ("isn't", "wasn't", "doesn't sound", "doesn't look", "ain't"),
        ("wrong", "incorrect"),
    )
)
"""Nothing of what was read out is wrong. "No mistake" may be a no with a mistake behind it."""
