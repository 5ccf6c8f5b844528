"""Everyday Spanish words that callers say in English calls."""

from backend.language.borrowed import in_own_words_of

__all__ = ["in_own_words"]

in_own_words = in_own_words_of(
    {
        "sí": "yes", "si": "yes", "claro": "yes", "claro que sí": "yes", "nadie": "nobody", "nada": "nothing",
        "ninguno": "none", "ninguna": "none", "hoy": "today", "ayer": "yesterday", "anoche": "last night",
        "antier": "the day before yesterday", "anteayer": "the day before yesterday", "yo": "me",
        "yo solo": "just me", "solo yo": "just me", "mi esposa": "my wife", "mi esposo": "my husband",
        "mi marido": "my husband", "mi hijo": "my son", "mi hija": "my daughter", "mi mamá": "my mom",
        "mi papá": "my dad", "mi hermano": "my brother", "mi hermana": "my sister",
        "lunes": "monday", "martes": "tuesday", "miércoles": "wednesday", "jueves": "thursday", "viernes": "friday",
        "sábado": "saturday", "domingo": "sunday", "uno": "one", "dos": "two", "tres": "three", "cuatro": "four",
        "gracias a dios": "", "gracias": "", "por favor": "", "señorita": "", "señora": "", "señor": "", "ay dios": "",
        "dios mío": "", "bueno": "", "pues": "",
    }
)  # fmt: skip
"""The answer with them in English."""
