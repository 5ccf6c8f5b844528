"""Somebody who is in danger of another, in Spanish: followed, held, beaten, not free to speak."""

from backend.language.hinted import part

__all__ = ["MENACED", "STILL_HERE"]

_ARM = (
    r"(?:pistola|arma|cuchillo|navaja|machete|bate|palo|tubo|fierro|martillo|escopeta|rifle|llave de cruz|desarmador"
    r"|piedra|botella|cadena)"
)
_DEADLY = r"(?:pistola|arma|cuchillo|navaja|machete|escopeta|rifle|hacha|fusil)"
MENACED = part(
    # "sigue aquí con un cuchillo", "hay un hombre con una pistola afuera": not "estaba ahí con su navaja"
    r"\b(?:sigue|siguen|esta|estan|anda|andan|hay (?:un|una|unos|unas|alguien|dos|tres)(?: (?!con\b)\w+)?)"
    r" (?:(?:todavia|aun|ahorita|aqui|ahi|alla|afuera|enfrente|parad[oa]s?|esperando\w*|de mi|de nosotros"
    r"|en la puerta"
    rf"|en la calle) )*con (?:una?|su|el|la) (?:\w+ )?{_DEADLY}\b"
    r"(?! (?:de (?:caza|juguete|agua|clavos|pintura|calor|plastico)|cortando))|"
    r"\b(?:me|nos|la|lo) (?:viene|vienen|esta|estan|anda|andan|sigue|siguen|va|van) (?:siguiendo|persiguiendo"
    r"|correteando"
    r"|buscando|golpeando|pegando|ahorcando|amenazando|apuntando|acosando)\b|\b(?:viene|vienen|esta|estan|anda|andan) "
    r"(?:siguiendo|persiguiendo|correteando|buscando|golpeando|amenazando|apuntando|acosando)(?:me|nos|la|lo)\b"
    r"|\b(?:ya )?no (?:me|nos) (?:deja|dejan|quiere dejar) (?:ir|salir|bajar|mover|en paz|hablar)\w*\b(?! (?:del? "
    r"(?:trabajo|casa|escuela)|hasta|temprano|de la))"
    rf"|\b(?:trae|traen|saco|sacaron|tiene|tienen|agarro|viene con|vienen con) (?:una?|su|el|la) {_ARM}(?: en la mano)?"
    r"\b(?! (?:en (?:el|la) (?:casa|carretera|camino)|de juguete))"
    r"|\b(?:me|nos|le) (?:golpeo|pego (?:en|con el puno|una cachetada|un punetazo)|ahorco|empujo|jaloneo|acuchillo"
    r"|apunalo"
    r"|amenazo|ataco) (?:(?:en|con) (?:la|el|los) (?:cara|cabeza|estomago|puno|punos|boca)|de muerte|con matar\w*)\b"
    r"|\b(?:dice|dijo|grita|gritando|amenaza|amenazo)(?: con)? que (?:me|nos|la|lo) (?:va a|quiere|iba a|van a) "
    r"?(?:matar"
    r"|golpear|pegar|encontrar|quemar)\b|\bme (?:va|van) a (?:golpear|pegar|disparar)\b"
    r"|\b(?:el|ella|ellos|alguien|hombre|tipo|senor) me (?:va|van) a matar\b"
    r"|\b(?:el|ella|mi (?:ex|esposo|marido|novio|pareja)|un (?:hombre|tipo|senor)) (?:(?:todavia|ahorita|ya|aun) )*esta"
    r" (?:(?:parado|gritando|golpeando|esperando|ahi) )*(?:afuera|en la puerta|en mi puerta|detras de la puerta|en la "
    r"ventana)\b|\b(?:me|nos) (?:esta|estan) (?:escuchando|oyendo|vigilando|viendo)\b"
    r"|\b(?:estoy|estamos) (?:escondid[oa]s?|encerrad[oa]s? en el bano|secuestrad[oa]s?)\b"
    r"|\bno puedo hablar\b.*\b(?:oye|escucha|oyendo|escuchando|aqui esta|me ve|viendo)\b"
    r"|\b(?:mi (?:ex|vecino)|un (?:hombre|tipo|senor)|alguien|unos (?:hombres|tipos)) (?:se )?(?:(?:quiere"
    r"|quieren|intenta\w*"
    r"|trata\w*|esta|estan|de) )+(?:entrar|meter\w*|tumbar\w*|romper|forzar) (?:(?:a|por) )?(?:la|mi) (?:casa|puerta"
    r"|ventana)\b|\btemo por mi vida\b|\btengo miedo (?:de )?que (?:me|nos|regrese|vuelva)\b",
    "entrar|meter|tumbar|romper|forzar|"
    "siguiendo|persiguiendo|correteando|buscando|golpe|peg|ahorc|amenaz|apunt|acosa|deja|trae|saco|sacaron|tiene"
    "|agarro|"
    "con |matar|disparar|esta |escuchando|oyendo|vigilando|viendo|escondid|encerrad|secuestrad|no puedo hablar|temo|"
    "miedo|dice|dijo|grita|"
    "pistola|arma|cuchillo|navaja|machete|hacha|fusil|bate|palo|tubo|fierro|martillo|escopeta|rifle|llave|piedra|botella|cadena"
    "|cara|cabeza|estomago|puno|boca|muerte",
)
"""Said as it is now."""
STILL_HERE = part(
    # "y todavía siguen aquí": not "y mis llaves siguen ahí"
    r"\b(?:asaltaron|asalto|robaron|robo|atacaron|ataco|balearon|se metieron|se metio (?:alguien|un|una|unos)"
    r"|entraron a robar)\b.*\b(?:y|pero"
    r"|que) (?:(?:todavia|aun|ahorita|ahi|ellos|el) )*(?:siguen?|estan?)(?: (?:todavia|aun|ahorita))* (?:aqui|ahi"
    r"|afuera|adentro|abajo|arriba|en la casa)\b",
    "asalt|robaron|robo|atac|balear|se metie|se metio|robar",
)
"""In the whole of the words: who has robbed or attacked, and has not gone."""
