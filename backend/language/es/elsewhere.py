"""Harm that is over, or could not reach them, in Spanish: of another day, or to what nobody was in."""

import re

from backend.language.shut_in import ShutIn

__all__ = ["ELSEWHERE", "GOES_ON", "GOT_OUT", "LED_BY_NO", "OVER"]

_PLACE = (
    r"(?:casa|departamento|apartamento|tienda|oficina|edificio|banco|restaurante|iglesia|hotel|cocina|recamara|cuarto"
    r"|gimnasio|cine|trabajo|escuela|cama)"
)
OVER = re.compile(
    r"^(?!.*\b(?:todavia|aun|sigue\w*|ahora|ahorita|esta|estan|estoy|desde|no|auxilio|ayud\w+|muri\w+|muert\w+|fallecio"
    r"|socorro)\b)"
    r"(?=.*\b(?:se (?:incendio|quemo|desmayo|prendio)|se le|salio|habia|hubo|estaba|quedo|tuvo|le dio)\b)"
    r".*\b(?:ayer|anoche|anteayer|antier|anteanoche|el otro dia|(?:la semana|el mes|el ano) pasad[oa]"
    r"|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|hace \w+ (?:dias?|semanas?|meses|anos?))\b"
)
"""Said of the past alone: "se incendió anoche", not "está inconsciente desde ayer"."""
GOES_ON = re.compile(r"\b(?:todavia|aun|sigue\w*|ahora|ahorita|esta|estan|no (?:ha|han|se)|no \w+[ea]n?|ayud\w+)\b")
"""Beside it, in the same breath: "se desmayó anoche y no ha despertado"."""
ELSEWHERE = re.compile(
    r"^(?!.*\b(?:se|creo|idea|quiza|tal vez|pero|alguien|espere)\b)"
    r".*\b(?:estaba(?:mos|n)?|estabamos todos) (?:(?:todos|todas|ya) )*(?:(?:adentro|dentro|en|adentro de|dentro de) "
    rf"(?:de )?(?:(?:la|mi|el|nuestra|nuestro|una|un|su) )?{_PLACE}|durmiendo|dormid[oa]s?|acostad[oa]s?)\b"
)
"""Who was there is not said to be well: something may have come into the house."""
LED_BY_NO = re.compile(r"\W*(?:(?:ay|eh|pues)\W+)?no[,.;!]+\s")
"""A no of its own, with its pause: without it "no estábamos en la casa" denies that they were."""
_KIN = (
    r"(?:espos[oa]|marido|mujer|pareja|novi[oa]|hij[oa]s?|nin[oa]s?|bebe|mama|papa|madre|padre|herman[oa]s?|abuel[oa]s?"
    r"|niet[oa]s?|ti[oa]s?|prim[oa]s?|sobrin[oa]s?|suegr[oa]|cunad[oa]|amig[oa]s?|vecin[oa]s?|familia)"
)
_FREED = r"(?:sacaron|saco|liberaron|rescataron|(?:pudieron|lograron) (?:sacar|liberar|rescatar))"
GOT_OUT = ShutIn(
    held=re.compile(r"atrapad[oa]s?|prensad[oa]s?|atorad[oa]s? (?:adentro|dentro|en el)"),
    own=re.compile(r"\b(?:estuve|estuvimos|quede|quedamos|me|nos|yo|nosotros)\b"),
    others=re.compile(rf"\b(?:estuvo|estuvieron|quedo|quedaron|se|ella|ellos|ellas|(?:mi|mis|nuestr[oa]) {_KIN})\b"),
    own_out=re.compile(
        rf"\b(?:me|nos) (?:ya )?{_FREED}\b|\b(?:logr(?:e|amos)|pud(?:e|imos)) salir\b|\b(?:sali|salimos)\b"
    ),
    others_out=re.compile(
        rf"\b(?:lo|la|los|las) (?:ya )?{_FREED}\b|\b(?:logr(?:o|aron)|pudo|pudieron) salir\b|\b(?:salio|salieron)\b"
    ),
    lasts=re.compile(
        r"\b(?:todavia|aun|sigue\w*|sigo|esta|estan|estoy|estamos|no (?:puedo|puede|pueden|podemos)|ayud\w+|auxilio)\b"
    ),
)
"""Was somebody only held fast, and is out: "estuve atrapado una hora pero me sacaron"?"""
