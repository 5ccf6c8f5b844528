"""Spanish words that leave it open who it was; in the plain spelling."""

import re

from backend.language.person_doubt import PersonDoubt

__all__ = ["PERSON_DOUBT"]

PERSON_DOUBT = PersonDoubt(
    struck=re.compile(r"\b(?:me|nos) (?:pego|choco|dio|golpeo|embistio|pegaron|chocaron|cerro|aventaron|avento)\b"),
    rode=re.compile(
        r"\b(?<!yo )(?:iba|venia|viajaba|estaba|andaba) (?:de \w+ )?(?:conmigo|a(?: mi|l) lado|junto a mi|atras)\b"
        r"|\b(?<!yo )(?:iba|venia|viajaba|estaba|andaba) (?:de|como) (?:copilot|pasajer|acompanant)"
        r"|\b(?:manejaba|conducia|iba|venia) (?:el otro|la otra|(?:atras|adelante|detras) de (?:mi|nosotros))\b"
    ),
    stood=re.compile(
        r"\b(?:en|frente a) (?:el|un|la|una) (?:\w+ )?(?:semaforo|alto|siga|rojo|trafico|fila)\b"
        # "nadie, yo iba en mi bici": who was on the way by other means had no empty thing standing there
        r"|^(?!.*\b(?:estacionad|parquead)).*\b(?:iba|venia|andaba|estaba) (?:yo )?(?:en (?:mi|la|una) (?:bici|patin)"
        r"|a pie\b|caminando|paseando|cruzando|corriendo|pedaleando)"
    ),
    always=re.compile(r"\b(?:siempre|normalmente|casi siempre|por lo general|generalmente|usualmente|seguido)\b"),
    heard=re.compile(r"\b(?:dice|dicen|dijo|dijeron|segun|cuenta|cuentan)\b(?! (?:la licencia|el papel))"),
    denied=re.compile(r"\bpero (?:no|no fue asi|no es cierto|no es verdad|no era)$"),
    turns=re.compile(r"\bnos turnamos\b|\bun rato (?:yo|el|ella|cada)\b"),
    pair=re.compile(
        r"^(?:(?:pues|eh|este|fuimos|eramos|ibamos) )*yo y \w+(?: \w+)?$|\by (?:su|el|la|un|una) \w+$"
        r"|\by su (?:novi[oa]|espos[oa]|amig[oa]|herman[oa])\b"
    ),
)
"""The rule of doubt for Spanish people."""
