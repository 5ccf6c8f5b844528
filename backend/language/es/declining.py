"""Spanish callers who will not tell what they are asked: "prefiero no decir hasta hablar con mi abogado"."""

import re

__all__ = ["declines"]

_DECLINES = re.compile(
    r"\b(?:prefiero|preferiria|mejor) no (?:dec|contest|respond|habl|d)\w*\b"
    r"|\bno (?:(?:se )?(?:lo|la|le|les) )?(?:voy|pienso|quiero|puedo|tengo por que|tengo que) (?:a )?"
    r"(?:dec|contest|respond|d[ao]r)\w*\b"
    r"|\b(?:hasta|sin) (?:hablar con |consultar (?:a|con) |que hable con )?mi abogad[oa]\b"
    r"|\bno (?:es de su incumbencia|le importa|le incumbe)\b|\bsin comentarios\b|\bque le importa\b"
)


def declines(plain: str) -> bool:
    """Will they not tell it, or not now? In the plain spelling."""
    return _DECLINES.search(plain) is not None
