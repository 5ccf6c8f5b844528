"""Words of peril in Spanish that are turns of speech or names: "los pagos me ahogan", "me llamo Socorro".

What has them is read once more without them, so that a real need beside them is heard all the same.
"""

import re

__all__ = ["without_figures"]

_BURDEN = (
    r"(?:comision(?:es)?|inter[eé]s(?:es)?|deudas?|pagos?|cuotas?|cargos?|recargos?|gastos?|impuestos?|cuentas?"
    r"|recibos?|renta|hipoteca|tr[aá]mites?|papeleo|precios?|mensualidad(?:es)?)"
)
_FIGURES = re.compile(
    rf"\b{_BURDEN}(?: \w+){{0,2}}? (?:me|nos|lo|la|te)(?: (?:est[aá]n?|tienen?|traen?|van a|ya|casi))* (?:ahog\w+"
    r"|asfixi\w+|mat\w+|desangr\w+|estrangul\w+|aplast\w+)\b"
    rf"|\b(?:ahog|asfixi|desangr)\w+ (?:en|de|con) (?:tant[oa]s? |las? |los? |pur[oa]s? |el )*{_BURDEN}\b"
    r"|\b(?:me llamo|(?:mi|su) nombre(?: completo)? es|soy|le habla|habla|se llama|señora|doña|señorita|calle|avenida"
    r"|colonia|maría(?: del)?) socorro\b"
    r"|\bcomo (?:un |una )?suicida\b",
    re.IGNORECASE,
)


def without_figures(text: str) -> str:
    """The words without such turns of speech; the same text where there is none."""
    return _FIGURES.sub(" ", text)
