"""Is it Spanish? By small words that no English sentence has."""

import re

__all__ = ["is_spanish"]

_SPANISH = frozenset(
    "el la los las un una de del en y que es mi mis su por para con se lo le sí si fue está estaba hay tuve como"
    " qué cómo cuál dónde cuándo quién yo más pero ya al muy gracias señor soy carro coche luz casa ayer hoy".split()
)
_ENGLISH = frozenset(
    "the a an of in and that is my your by for with it i you was are there had how what which where when who but at on"
    " to yes thanks thank please this was we he she they not".split()
)


def is_spanish(text: str) -> bool | None:
    """``None`` where there is too little to tell."""
    said = re.findall(r"[^\W\d_]+", text.lower())
    spanish = sum(word in _SPANISH for word in said) + 2 * sum(mark in text for mark in "¿ñ¡")
    english = sum(word in _ENGLISH for word in said)
    if max(spanish, english) < 1 or spanish == english:
        return None
    return spanish > english
