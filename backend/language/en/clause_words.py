"""English words that tell where an answer may be cut into clauses to be spoken."""

__all__ = ["ABBREVIATIONS", "BOUND", "JOINERS", "NUMBERS", "PRONOUNS"]

ABBREVIATIONS = frozenset(
    (
        "dr mr mrs ms prof sr jr st ave blvd rd apt no vs etc inc ltd co corp dept e.g i.e a.m p.m u.s jan "
        "feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun approx ext ca"
    ).split()
)
JOINERS = frozenset(
    (
        "and but or so because which who that when where while if until before after with from for in on at "
        "to by of left is are was were will has have can"
    ).split()
)
"""Words that a speaker may take a breath in front of."""
PRONOUNS = frozenset("i you he she it we they that this there who which".split())
BOUND = frozenset("a an the your my our his her their this".split())
"""Words that belong to the next."""
NUMBERS = frozenset(
    (
        "zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred "
        "thousand point"
    ).split()
)
