"""Somebody who gives no sign, or whose body fails them now, in Spanish, in the words of a frightened caller."""

from backend.language.hinted import part

__all__ = ["FAILING", "SILENT"]

_KIN = (
    r"(?:espos[oa]|marido|mujer|pareja|hij(?:it)?[oa]s?|mam(?:a|i|ita)|pap(?:a|i|ito)|madre|padre|herman(?:it)?[oa]s?"
    r"|amig[oa]s?|nin(?:it)?[oa]s?|beb(?:e|ito|ita)|abuel(?:it)?[oa]s?|ti[oa]|prim[oa]|sobrin[oa]|niet(?:ecit)?[oa]"
    r"|vecin[oa]|novi[oa]|suegr[oa]|senor[a]?|muchach[oa]|persona|ciclista|motociclista|hombre|mujer|chav[oa]"
    r"|acompanante)"
)
_ROAD = r"(?:calle|piso|suelo|carretera|banqueta|pavimento|camino|zanja|pasto|cuneta|asfalto|avenida|autopista|medio)"
_ART = r"(?:mi|el|la|un|una|su|nuestr[oa])"
FAILING = part(
    rf"\b{_ART} {_KIN} (?:y )?(?:ya )?no (?:me |nos )?(?:contesta|habla|responde|reacciona|despierta|se mueve|respira"
    rf"|llora|dice nada)"
    r"\b(?! (?:el|la|los|las|mis|al|por|ingles|espanol|con|bien|mucho))"
    r"|^(?:y )?(?:ya )?no (?:me|nos) (?:habla|responde|reacciona)$"
    rf"|\b(?:{_KIN}|alguien|(?:el|ella)(?= (?:esta|sigue|quedo)\b))(?: \w+){{0,4}}? (?:tirad[oa]|acostad[oa]|tendid[oa]"
    rf"|botad[oa]|boca abajo)(?: ahi| alla)?(?: (?:en|sobre|a media|en medio de) (?:(?:la|el|plena?) )?{_ROAD})?$"
    rf"|\b{_ART} {_KIN} (?:se |ya se )(?:desplomo|desvanecio|desmayo|electrocuto|cayo y no (?:se )?(?:levanta"
    rf"|mueve|responde)\w*)\b"
    rf"|\b(?:{_KIN}|el|ella) (?:(?:esta|sigue|anda) )+(?:temblando (?:tod[oa]|mucho|de todo)|sacudiendose|torciendose"
    rf"|moradit?[oa]"
    r"|morad[oa]|azul|ties[oa]|flacid[oa]|ido|ida|delirando|convulsionando|echando espuma|palid[oa] y sudando)\b"
    r"|\b(?:se le (?:van|voltean|voltearon|fueron|ponen|pusieron)|tiene) los ojos (?:para atras|en blanco|volteados)\b"
    r"|\bse le (?:van|voltean|voltearon|fueron) los ojos\b|\b(?:echa|echando|sacando|saca|le sale) espuma\b"
    rf"|\b(?:le|me|les) (?:sale|esta saliendo|escurre|chorrea)(?: \w+)? sangre\b|\bsalio (?:volando|disparad[oa]"
    rf"|expulsad[oa])\b"
    rf"|\b{_ART} {_KIN}(?: \w+){{0,3}} (?:murio|fallecio|se murio|se mato|esta muert[oa])\b"
    r"|\bno (?:siento|he sentido|se mueve|se ha movido)(?: \w+)? (?:(?:al|el|la|mi|a mi) )?(?:bebe|criatura)\b"
    r"|\b(?:el|mi|la) bebe (?:ya )?no se (?:mueve|ha movido)\b"
    r"|\bno (?:me )?(?:acuerdo|recuerdo) (?:de )?(?:nada|como me llamo|quien soy|donde estoy)$|\bno se (?:quien soy"
    r"|donde estoy"
    r"|ni como me llamo)$|\btodo (?:me )?(?:da vueltas|se me nubla|se ve borroso)\b"
    r"|\b(?:ya no veo (?:nada|bien)|no veo bien)$"
    r"|\bse me (?:nubla|nublo|va|fue) la vista\b|\bse (?:me|le) (?:esta|va) (?:yendo|durmiendo) (?:el sentido|la "
    r"conciencia)\b"
    r"|\b(?:necesit[oa]|no (?:tengo|tiene|encuentro|traigo|trae)|se (?:me|le) acabo) (?:(?:mi|su|la|el) )?(?:insulina"
    r"|inhalador"
    r"|medicina (?:del|para el) corazon|epinefrina)\b|\bsobredosis\b"
    r"|\b(?:le|me) falta (?:mucho )?el aire\b(?! acondicionado)|\bno (?:le|me) para la sangre\b|\b(?:esta"
    r"|estoy) (?:vomitando"
    r"|escupiendo) "
    r"sangre\b|\b(?:esta|estoy) en (?:trabajo|labor) de parto\b|\bya viene (?:el|mi|la) (?:bebe|criatura)$"
    r"|\b(?:creo que le dio|le acaba de dar|le esta dando) un (?:derrame|infarto|paro)\b|\b(?:tiene"
    r"|se le (?:puso|hizo)) la (?:cara|boca) "
    r"(?:chueca|torcida|caida)\b|\bse (?:le|me) durmio (?:medio|la mitad del) (?:cuerpo|la cara)\b"
    r"|\bse (?:trago|tomo) (?:(?:el|la|las|unas|un|mi) )?(?:cloro|pastillas|veneno|pilas?|insecticida|raticida)\b"
    rf"|\b(?:lo|la) electrocuto\b|\bse electrocuto (?:mi|un|una|el|la) {_KIN}\b"
    rf"|\besta tirad[oa] (?:\w+ )*y no se mueve\b"
    r"|\bse (?:me |le )?(?:ve|mira|asoma|salio) (?:el )?hueso\b|\ble (?:dio|dieron) (?:toques?|una descarga)\b"
    r"|\btome (?:(?:muchas|demasiadas|todas|un monton de|un chorro de) )(?:(?:las|mis|sus) )?(?:pastillas"
    r"|medicinas|tabletas)\b"
    r"|\b(?:me|se) tom(?:e|o) (?:todas|un monton de|muchas|demasiadas|el frasco)(?: \w+)? ?(?:pastillas|entero)?",
    "aire|para la sangre|sangre|parto|ya viene|derrame|infarto|un paro|chueca|torcida|caida|durmio|cloro"
    "|pastilla|veneno|pila|"
    "insecticida|raticida|tirad|"
    "hueso|toque|descarga|desmayo|electrocuto|"
    "contesta|habla|responde|reacciona|despierta|mueve|respira|llora|dice nada|tirad|acostad|tendid|botad|boca abajo"
    "|desplomo|desvanecio|"
    "cayo|esta|sigue|anda|ojos|espuma|sangre|salio|murio|fallecio|mato|muert|bebe|criatura|acuerdo|recuerdo|quien soy|"
    "donde estoy|llamo|vueltas|nubl|borroso|veo|vista|sentido|conciencia|insulina|inhalador|medicina|epinefrina|"
    "sobredosis|tome|tomo|"
    " tom",
)
"""Said as it is now; a death in the event counts, too."""
SILENT = part(
    rf"\b{_ART} {_KIN} (?:y|pero|que) (?:ya )?no (?:me |nos )?(?:contesta|habla|responde|reacciona|despierta|se "
    rf"mueve)\b"
    r"(?! (?:el|la|los|las|mis|al|por|ingles|espanol|con))",
    "contesta|habla|responde|reacciona|despierta|mueve",
)
"""In the whole of the words: somebody of the caller's, who does not answer."""
