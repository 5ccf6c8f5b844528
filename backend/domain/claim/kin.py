"""Words for what people are to each other, and the kinds of relationship that a claim knows."""

__all__ = ["KIN", "RELATIONSHIPS"]

RELATIONSHIPS: dict[str, frozenset[str]] = {
    "self": frozenset("policy policyholder holder myself me self own mine owner i insured".split()),
    "spouse": frozenset("wife husband spouse partner fiance fiancee girlfriend boyfriend".split()),
    "child": frozenset("son daughter child kid stepson stepdaughter baby toddler".split()),
    "parent": frozenset("mother father mom dad parent mum stepmother stepfather".split()),
    "sibling": frozenset("brother sister".split()),
    "friend": frozenset("friend neighbor neighbour roommate buddy".split()),
    "employee": frozenset("employee colleague coworker worker".split()),
    "other": frozenset(
        "uncle aunt cousin nephew niece grandmother grandfather grandson granddaughter grandma grandpa grandchild "
        "mechanic valet boss in-law mother-in-law father-in-law brother-in-law sister-in-law".split()
    ),
}
"""The words of each kind."""

KIN = {word: name for name, signs in RELATIONSHIPS.items() if name != "self" for word in signs}
"""The kind of each word for somebody else."""
