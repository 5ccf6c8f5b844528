"""Harm that is over, or could not reach them, in Spanish: of another day, or to what nobody was in."""

import re

__all__ = ["ELSEWHERE", "GOES_ON", "LED_BY_NO", "OVER"]

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
