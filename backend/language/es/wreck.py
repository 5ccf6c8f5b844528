"""Somebody in a wreck who cannot help themselves, in Spanish: held, crushed, run over, hanging, still inside."""

from backend.language.hinted import hinted, part

__all__ = ["IN_A_WRECK", "NO_SIGN_OF_LIFE", "STILL_INSIDE"]

_KIN = (
    r"(?:espos[oa]|marido|mujer|pareja|hij(?:it)?[oa]s?|mama|papa|madre|padre|herman[oa]s?|amig[oa]s?|nin(?:it)?[oa]s?"
    r"|beb(?:e|ito|ita)|abuel(?:it)?[oa]|ti[oa]|prim[oa]|sobrin[oa]|niet[oa]|vecin[oa]|novi[oa]|acompanantes?"
    r"|senora?|ciclista|muchach[oa]s?|motociclista|peaton|persona|gente|alguien"
    r"|(?:el|la|los|un|una|otr[oa]|mi|mis) (?!motor|doctor|sector)\w+(?:fer|tora?|jer[oa]s?))"
)
_OTHER = r"(?: (?:del|de la|de|que va en el) (?:otro |otra )?\w+)?"
_IS = r"(?:estoy|esta|estan|estamos|sigo|sigue|siguen|seguimos|quede|quedo|quedaron)"
_NOW = r"(?:(?:todavia|aun|ahi|ya|tod[oa]s?|como|bien|muy|ahorita|medio) )*"
_LIMB = r"(?:pies?|piernas?|brazos?|manos?|cabeza|pecho|cuerpo|cadera|rodillas?|tobillos?|cuello|dedos?)"
_ABOVE = r"(?!mesa|cama|puente|arbol|techo|sombra|sol|agua|promedio|deducible|precio|valor|costo)\w+"
"""What may lie on somebody."""
IN_A_WRECK = part(
    rf"\b{_IS} {_NOW}colg(?:ando|ad[oa]s?) (?:(?:de cabeza|boca abajo) )?(?:del|de mi|de los|de su) cintur\w+"
    rf"|\b(?:tengo|tiene|traigo|trae) (?:(?:el|la|los|las|mi|mis|su|sus) )?(?:(?:un|una) )?{_LIMB}"
    r"(?: (?:derech|izquierd)[oa]s?)? (?:atorad|atrapad|prensad|aplastad|atascad|mutilad)[oa]s?\b"
    r"|\b(?:me|nos|lo|la|le|los|las) (?:esta|estan|tiene|tienen) (?:aplast\w+|prens\w+|apach\w+|atrapad[oa]s?)\b"
    rf"|\b(?:estoy|estamos|quede|{_KIN}(?: {_IS})?|(?:el|ella) {_IS}) {_NOW}"
    rf"(?:(?:atrapad|prensad|atorad|tirad)[oa]s? )?(?:debajo|abajo) (?:del|de la|de mi|de un|de una|de su) {_ABOVE}"
    rf"|\b{_KIN}{_OTHER} (?:ya )?no (?:me |nos )?(?:respira|reacciona|despierta|responde|contesta)"
    r"(?=$| (?:nada|para nada|y|a nada))"
    r"|\b(?:(?:me|le|les) (?:sale|esta saliendo)|esta(?:mos|n)? (?:botando|tirando|perdiendo|echando)|pierde) "
    r"(?:(?:mucha|muchisima|harta|bastante) )?sangre\b"
    r"|\b(?:va a|puede|esta por|a punto de) (?:explotar|estallar|incendiarse|prenderse)(?=$| (?:el|la|ya|ahorita|todo))"
    r"|\b(?:fuego|llamas|lumbre|incendio) (?:se )?(?:esta|estan|sigue|siguen)(?: (?:extend|crec|acerc|esparc)\w+)\b"
    r"|\b(?:estan?|siguen?) (?:\w+ )?(?:gritando|pidiendo ayuda|llorando) (?:(?:desde )?(?:ahi )?adentro|por ayuda|"
    r"que l[oa]s? saquen)\b(?! de (?:la|mi|su) (?:casa|tienda))"
    r"|\b(?:labios|boca) (?:esta |estan )?(?:morad|azul)\w*\b"
    r"|\bel hielo se esta (?:quebrando|rompiendo)\b",
    "colga|atorad|atrapad|prens|aplast|apach|atascad|mutilad|debajo|abajo|responde|reacciona|despierta|contesta|respira"
    "|sangre|explotar|estallar|incendiarse|prenderse|fuego|llamas|lumbre|incendio|gritando|pidiendo|llorando|morad|azul"
    "|hielo",
)
"""Said as it is now, in one clause."""
NO_SIGN_OF_LIFE = hinted(
    r"\b(?:no (?:tiene|le (?:encuentro|siento|hallo))(?: (?:el|ya))*|sin) pulso\b"
    r"|\bno (?:se|sabemos|estoy segur[oa]|creo)(?: de)? (?:si|que) (?:(?:todavia|aun|el|ella) )*(?:esta (?:\w+ )?"
    r"(?:respirando|viv[oa]|consciente)|respira|vive|siga viv[oa]|este (?:respirando|viv[oa]))\b",
    "pulso|respir|viv|consciente",
)
"""Says its own "no"."""
_PLACE = (
    r"(?:(?:de cabeza|patas arriba|boca abajo|volcad[oa]|voltead[oa]|de lado|sobre (?:el|su) techo|en (?:el|la) (?:rio"
    r"|agua|lago|canal|laguna|presa|mar)|echando humo|quemando(?:se)?|en llamas|hundiendo(?:se)?))"
)
_TURNED = r"(?:se (?:me |nos )?(?:volco|volteo|hundio|cayo al (?:rio|agua|canal|barranco)|esta quemando|incendio))"
_SEATED = (
    rf"(?:sigue|siguen|sigo|seguimos|esta|estan|estoy|estamos) {_NOW}(?:adentro|dentro|ahi adentro)(?: todavia| aun)?"
)
_SHUT = (
    r"no (?:(?:puedo|podemos|puede|pueden|me deja|nos deja) )?(?:abrir?|abren?|salir|zafar\w*|soltar\w*|quitar\w*)"
    r"(?: (?:la|las|el) (?:puertas?|ventanas?|cinturon))?\b"
)
STILL_INSIDE = part(
    rf"\b(?:{_PLACE}|{_TURNED})\b.*\b{_KIN}{_OTHER} {_SEATED}\b(?! de (?:la|mi|su) casa)"
    rf"|\b(?:{_PLACE}|{_TURNED})\b.*\b(?:sigo|seguimos|estoy|estamos) {_NOW}(?:adentro|dentro)\b(?! de (?:la|mi) casa)"
    rf"|\b{_KIN}{_OTHER} (?:sigue|siguen) {_NOW}(?:adentro|dentro)\b.*\b(?:{_PLACE}|{_TURNED})\b"
    rf"|\b(?:esta|estan|estoy|estamos|sigue|seguimos) {_NOW}{_PLACE}\b.*\b{_SHUT}"
    rf"|\b{_SHUT}.*\b(?:esta|estamos|estoy) {_NOW}{_PLACE}\b",
    "dentro|abr|salir|zafar|soltar|quitar",
)
"""In the whole of the words: what is happening to the car, and that somebody is in it now."""
