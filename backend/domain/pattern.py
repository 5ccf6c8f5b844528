"""Regular expressions that operators and tool servers write, matched in a time that grows with the text and no faster.

Python's own ``re`` may take years for `^(a+)+$`, and would stop every call of a worker. These are matched by Rust's
``regex`` as pydantic carries it, which knows neither look-around nor back-references, and refuses what grows too large.
"""

from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, core_schema

__all__ = ["fits", "found_in", "pattern_fault"]

_LONGEST = 2000


def pattern_fault(pattern: str) -> str:
    """Why this pattern cannot be used; ``""`` when it can."""
    if len(pattern) > _LONGEST:
        return f"has more than {_LONGEST} letters"
    try:
        _compiled(pattern)
    except SchemaError as error:
        if "size limit" in str(error):
            return "is no pattern that can be used: it repeats too much"
        return "is no pattern that can be used: expected a regular expression without look-around and back-references"
    return ""


def found_in(pattern: str, text: str) -> bool:
    """Is there a place in the text that has this pattern? What cannot be used is found nowhere."""
    return not pattern_fault(pattern) and _compiled(pattern).isinstance_python(text)


def fits(pattern: str, text: str, *, any_case: bool = False) -> bool:
    """Has the whole text this pattern? What cannot be used fits nothing."""
    whole = f"{'(?i)' if any_case else ''}^(?:{pattern})$"
    return not pattern_fault(pattern) and _compiled(whole).isinstance_python(text)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))
