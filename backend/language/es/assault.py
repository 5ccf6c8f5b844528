"""Arms, shots, hostages and intruders, and what arms have done, in Spanish."""

import re

from backend.language.hinted import part

__all__ = ["ASSAULT", "LONG_AGO"]

_ONE = r"(?:hombre|mujer|tipo|sujeto|senor|chavo|muchacho|persona|gente|alguien|vato|bato)s?"
_KIN = (
    r"(?:espos[oa]|marido|pareja|hij[oa]|mama|papa|madre|padre|herman[oa]|amig[oa]|nin[oa]|abuel[oa]|ti[oa]|vecin[oa]"
    r"|novi[oa]|suegr[oa]|senora?)"
)
_WOUND = r"(?:balazos?|tiros?|punaladas?|navajazos?|cuchilladas?|machetazos?)"
ASSAULT = part(
    r"(?<!guardia )(?<!policia )(?<!soldado )\b(?:esta|estan|viene|vienen|anda|andan|sigue"
    r"|siguen) armad[oa]s?\b(?! de (?:paciencia|valor))"
    rf"|\b(?:hay|es|son|un|una|unos|unas) (?:{_ONE} )?armad[oa]s? (?:y |afuera|adentro|aqui|en |que |con |esta )"
    rf"|\b(?:hay|es|son|entraron|entro) (?:(?:un|una|unos|unas|dos|tres|varios) )?{_ONE} armad[oa]s?\b"
    r"|\b(?:traen|tienen|sacaron|cargan) (?:las )?(?:pistolas|armas|cuchillos|machetes|navajas|rifles)\b"
    r"|\b(?:me|nos) tienen? (?:\w+ )?(?:(?:de )?rehen(?:es)?|encerrad[oa]s?|amenazad[oa]s?|secuestrad[oa]s?"
    r"|amarrad[oa]s?)\b(?! en (?:un|el|este) (?:contrato|plan))"
    r"|\b(?:me|nos) secuestraron\b|\b(?:me|nos) estan? (?:asaltando|secuestrando|queriendo matar)\b"
    r"|\b(?:me|nos) quieren? matar\b(?! (?:de|con)\b)"
    r"|\bse (?:esta|estan) (?:metiendo|metiendose) (?:a robar|alguien|un (?:hombre|tipo|ladron)|unos (?:tipos"
    r"|ladrones))\b"
    r"|\bhay (?:un|unos|dos) (?:ladron|ladrones|intrusos?|rateros?) (?:\w+ )?(?:en|adentro|dentro)\b"
    r"|\bestan? (?:balaceando|balaceandose|tirando balazos|echando balazos|disparando)\b"
    r"|\b(?:se oyen|se escuchan|oigo|escucho|hay) (?:\w+ )?(?:balazos|disparos|balacera)\b(?! (?:en|de)\b)"
    rf"|\b(?:me|le|les|nos|lo|la) (?:dieron|dio|metieron|metio|pegaron|pego) (?:un |una |unos |unas |de "
    rf"|dos )?{_WOUND}\b"
    r"|\b(?:me|lo|la|le|nos) (?:apunalaron|apunalo|acuchillaron|acuchillo|balearon|navajearon|machetearon|dispararon"
    rf"|disparo)\b|\bherida de (?:bala|cuchillo|navaja)\b|\b(?:le|les) (?:esta|estan) (?:pegando"
    rf"|golpeando) a (?:mi|la|el) {_KIN}\b"
    rf"|\b(?:mataron|asesinaron) a (?:mi|un|una|el|la) (?:{_KIN}|hombre|mujer|muchach[oa]|guardia|persona)\b"
    r"|\b(?:creo que|parece que) (?:ya )?(?:esta|estan|se) (?:muert[oa]s?|murio)\b(?! (?:el|la|mi|ese|esa)\b)"
    r"|\bhay (?:un|una|dos|varios|\d+) muert[oa]s?\b(?! de\b)",
    "armad|pistolas|armas|cuchillos|machetes|navajas|rifles|rehen|encerrad|amenazad|secuestra|amarrad|asaltando|matar"
    "|metiendo|ladron|intruso|ratero|balac|balaz|dispar|tiro|punal|navaj|cuchill|machet|balearon|bala|pegando"
    "|golpeando|mataron|asesinaron|muert|murio",
)
"""Said in one clause; told as over (:data:`LONG_AGO`) it is none."""
LONG_AGO = re.compile(
    r"\b(?:ayer|antier|anoche|pasad[oa]|anos?|mes|meses|semanas?|dias|cuando|nunca|antes|telefono|bateria|pila"
    r"|pelicula)\b"
)
