"""Everyday English words that callers say in Spanish calls."""

from backend.language.borrowed import in_own_words_of

__all__ = ["in_own_words"]

in_own_words = in_own_words_of(
    {
        "yes": "sí", "yeah": "sí", "yep": "sí", "yup": "sí", "of course": "claro que sí", "nope": "no", "nah": "no",
        "nobody": "nadie", "no one": "nadie", "nothing": "nada", "today": "hoy", "yesterday": "ayer",
        "myself": "yo", "just me": "solo yo", "it was me": "fui yo", "my wife": "mi esposa", "my husband": "mi esposo",
        "my son": "mi hijo", "my daughter": "mi hija", "my mom": "mi mamá", "my dad": "mi papá",
        "last night": "anoche", "monday": "lunes", "tuesday": "martes", "wednesday": "miércoles",
        "thursday": "jueves", "friday": "viernes", "saturday": "sábado", "sunday": "domingo", "one": "uno",
        "two": "dos", "three": "tres", "four": "cuatro", "thank god": "", "thank you": "", "thanks": "", "please": "",
        "you know": "", "well": "", "so": "", "okay": "", "ok": "",
    }
)  # fmt: skip
"""The answer with them in Spanish."""
