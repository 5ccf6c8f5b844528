"""Lists of Spanish words that a store may use in its own: ``@person``, ``@danger``, ``@greeting``."""

__all__ = ["LISTS"]

LISTS: dict[str, str] = {
    "talk": "hablar|comunicar*|comunique*|pasar*|paseme|pase|ponga*|conect*|transfer*|transfier*",
    "human": (
        "persona|humano|humana|alguien|agente|representante|operador|operadora|asesor|asesora|ejecutivo"
        "|ejecutiva|supervisor"
        "|supervisora|encargado|encargada|gerente|servicio al cliente|atencion al cliente|recepcionista"
    ),
    "person": (
        "persona|humano|humana|alguien|agente|representante|operador|operadora|asesor|asesora|ejecutivo"
        "|ejecutiva|supervisor"
        "|supervisora|servicio al cliente|atencion al cliente"
    ),
    "danger": (
        "sangr*|desangr*|no respira*|no puede respirar|no puedo respirar|inconsciente*|desmay*|atrapad*"
        "|incendi*|en llamas|llamas"
        "|quemando*|humo|infarto|ataque al corazon|dolor de pecho|convulsion*|ahog*|no responde|no reacciona"
        "|no despierta"
        "|una ambulancia|llame al 911|muriendo*|muere|prensad*|fuga de gas|huele a gas|pistola|apunal*|balazo*|disparo*"
        "|herido grave|grave|no puede salir|no puedo salir|no siente|no siento|emergencia|auxilio|socorro"
    ),
    "greeting": "hola|bueno|buenos dias|buenas tardes|buenas noches|buen dia|buenas",
}
"""Alternatives in the plain spelling, as in a sign."""
