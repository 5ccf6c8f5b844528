"""A place that is about to harm somebody, in Spanish: water that rises, a live wire, a drop, a child shut in."""

from backend.language.hinted import part

__all__ = ["HAZARD", "SHUT_IN"]

_CHILD = (
    r"(?:beb(?:e|ito|ita)|nin(?:it)?[oa]s?|hij(?:it)?[oa]s?|niet(?:ecit)?[oa]s?|gemel[oa]s|chiquit[oa]s?|abuelit[oa])"
)
_GROWN = (
    r"(?:el|ella|ellos|ellas|alguien|gente|(?:espos|amig|suegr|herman|ti|prim|abuel|vecin)[oa]s?|marido|mama"
    r"|papa|pareja|senor[a]?)"
)
_WIRE = r"(?:cables?|alambres?|lineas? (?:de (?:luz|alta tension|corriente)|electricas?))"
_NOT_AN_HOUR = r"(?! las? (?:una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|[0-9]))"
HAZARD = part(
    r"\b(?:el agua|el rio|el arroyo|la corriente|la creciente)(?: se)? (?:(?:ya|nos|me|sigue|esta|va|todavia) "
    r")*(?:subiendo"
    rf"|sube|entrando|llevando|arrastrando|llega (?:a|hasta){_NOT_AN_HOUR}|metiendo\w*)\b"
    r"|\bse (?:esta|nos esta|me esta) "
    r"(?:hundiendo|inundando"
    r"|(?:metiendo|llenando)(?: de| el)* agua)\b|\b(?:me|nos) (?:estoy|estamos|esta) (?:hundiendo|llevando"
    r"|arrastrando)\b"
    r"|\bnos (?:esta llevando|lleva|arrastra|esta arrastrando) (?:la corriente|el rio|el agua)\b"
    r"|\bse (?:quedo|paro|apago) (?:\w+ ){1,4}en las vias\b|\b(?:enterrad|atorad|atrapad|sepultad)[oa]s? en la nieve\b"
    r"|\bme estoy congelando\b|\b(?:(?:se )?(?:nos|me|le) (?:cayo|vino)|le cayo|se cayo|cayo) (?:(?:el|la|un|una) )?"
    r"(?:techo |arbol |barda |pared |poste |rama )?encima(?: de nosotros| de mi\b(?! \w*(?:rr|ch))| a (?:el|ella)$)"
    r"|\bse (?:nos|me) (?:vino|cayo) (?:el |la )?(?:techo|arbol|barda|pared|poste) encima\b"
    rf"|\b(?:techo|arbol|barda|pared|poste|rama) (?:se )?(?:(?:me|nos) cayo encima\b|les? cayo encima(?:$| a (?:mi"
    rf"|la|el) (?:{_CHILD}|{_GROWN})\b))"
    r"|\b(?:nos|les) llega (?:a|hasta) (?:(?:la|las|los|el) )?(?:rodillas?|cintura|pecho"
    r"|ventanas?|asientos?)\b"
    rf"|\b{_WIRE}(?: \w+){{0,4}} (?:chispas|chispeando|echando chispas|sacando chispas|encima)\b|\b(?:hay|cayo|tengo"
    rf"|tenemos) (?:un|unos"
    rf"|el) {_WIRE}(?: \w+){{0,3}} (?:encima|sobre (?:mi|el|nosotros|la))\b"
    r"|\b(?:colgando|a punto de caer\w*|balanceando\w*|resbalando\w*|al borde) (?:(?:de|del|en|por|al) )+(?:(?:la|el"
    r"|un|una) )?"
    r"(?:puente|barranco|orilla|precipicio|voladero|desfiladero|canal|rio)\b"
    r"|\b(?:atorad[oa]|parad[oa]|atascad[oa]|varad[oa]|en medio) (?:\w+ )?(?:en|de|sobre) (?:las|la) vias?\b|\bviene "
    r"el tren\b"
    r"|\b(?:estoy|estamos|quede|quedamos) (?:(?:todavia|ahorita|tod[oa]s?) )*(?:de cabeza|boca abajo|volcad[oa]s?"
    r"|sepultad[oa]s?)\b"
    r"|\b(?:se (?:esta|me esta|nos esta)|va a) (?:cayendo|caer|derrumbando) (?:encima|el techo|el arbol|el poste|la "
    r"barda)\b",
    "encima|nieve|congelando|llega|agua|rio|arroyo|corriente|creciente|hundiendo|llevando|arrastrando|inundando|llenando|metiendo|cable|alambre"
    "|linea|colgando|a punto|balance|resbal|borde|vias|via|tren|"
    "cabeza|boca abajo|volcad|sepultad|cayendo|caer|derrumb",
)
"""Said as it is now, in one clause."""
SHUT_IN = part(
    rf"\b{_CHILD} (?:(?:se|esta|quedo|estan|quedaron|sigue) )+(?:\w+ )?(?:encerrad[oa]s?|atrapad[oa]s?)\b"
    rf"|\bllaves\b.*\b(?:adentro|dentro|encerrad[oa]s?)\b.*\b{_CHILD}\b"
    rf"|\b{_CHILD} (?:esta|quedo|sigue|estan) (?:\w+ )?(?:adentro|dentro)\b.*\b(?:calor|encerrad[oa]|humo|llaves"
    rf"|fuego|grados)\b"
    rf"|\b(?:cayo|derrumbo) (?:\w+ ){{0,2}}(?:techo|arbol|barda|pared|poste|muro|casa"
    rf"|edificio)\b.*\b(?:{_CHILD}|{_GROWN}) (?:esta|quedo|sigue|estan"
    rf"|quedaron) (?:\w+ )?(?:abajo|debajo)\b"
    rf"|\b(?:{_WIRE}|postes?)\b.*\b(?:en|encima|sobre|arriba|tocando|contra|al?) (?:de )?(?:mi|nuestr[oa]"
    rf"|l[ao]s?|el)\b"
    rf".*\b(?:(?:estoy|estamos|seguimos|sigo)|(?:{_CHILD}|{_GROWN}) (?:esta|estan|sigue|siguen|se quedo"
    rf"|se quedaron)) "
    r"(?:(?:todavia|aun|aqui|ahi|alli|tod[oa]s|sentad[oa]s?|metid[oa]s?|atrapad[oa]s?|atorad[oa]s?) )*"
    r"(?:adentro|dentro)\b",
    "beb|nin|hij|niet|gemel|chiquit|abuelit|cable|alambre|linea|poste|debajo|abajo",
)
"""In the whole of the words: a child in a locked or hot place, or anybody in what a wire has come down on."""
