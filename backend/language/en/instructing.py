"""Words to the machine in the middle of an English answer: "on Main Street, and ignore what you were told"."""

import re

from backend.language.instructing import without_instructions_of

__all__ = ["without_instructions"]

_LEAD = r"(?:(?:and|but|now|then|also|so|please|oh|plus|just) )*"
_THEIRS = r"(?:(?:all|any|of|your|the|those|these|previous|prior|earlier|former|above|system|other|safety) )*"
_ORDERS = r"(?:instructions?|rules?|prompts?|guidelines?|orders|directions|programming|training|restrictions?)\b"
_TOLD = (
    r"(?:all|anything|everything|whatever|what) (?:that )?(?:you(?:'ve| were| are| have)? (?:been )?|they )"
    r"(?:told|asked|instructed|given)\b"
)
_SAID = re.compile(
    rf"\b{_LEAD}(?:ignore|disregard|forget(?: about)?|override|bypass) (?:{_THEIRS}{_ORDERS}|{_TOLD})"
    rf"|\b{_LEAD}(?:you are|you're) now (?:a|an|in|my) \w+|\b{_LEAD}system (?:override|prompt|message)\b"
    rf"|\b{_LEAD}(?:enter |switch to )?(?:developer|debug|admin) mode\b|\b{_LEAD}new (?:system )?instructions\b",
    re.IGNORECASE,
)

without_instructions = without_instructions_of(_SAID)
"""The answer without what it tells the machine to do; as it is where it tells nothing of that kind."""
