"""Last parts of e-mail addresses that callers have; any other may be a word that was said behind the address."""

__all__ = ["MAIL_ENDS"]

MAIL_ENDS = frozenset(
    "com net org edu gov mil int info biz me io co app dev tv us uk mx es ca au de fr it ie nz ar cl pe ve cr pr gt "
    "email mail online live tech law inc pro cloud xyz".split()
)
"""Of the general and the national ends, those that are met on the phone."""
