"""A number as it is said to somebody who writes it down."""

__all__ = ["spoken_number"]

_GROUP = 3


def spoken_number(number: str) -> str:
    """``CLA-2026-KT4RWX`` is ``C L A, 2 0 2 6, K T 4, R W X``: in groups that a pen can follow."""
    groups = [
        part[at : at + _GROUP] if len(part) > _GROUP + 1 else part
        for part in number.split("-")
        for at in (range(0, len(part), _GROUP) if len(part) > _GROUP + 1 else (0,))
    ]
    return ", ".join(" ".join(group) for group in groups)
