"""Who is in a bad way now, and what happens around them, in Spanish: by who it is, what has become of them, and when.

All patterns are for the plain spelling.
"""

from backend.language.hinted import part

__all__ = ["AROUND", "BODY", "POISONED", "STRUCK", "WELL_AFTER", "WITHIN"]

_KIN = (
    r"(?:espos[oa]|marido|mujer|pareja|hij(?:it)?[oa]s?|mam(?:a|i|ita)|pap(?:a|i|ito)|madre|padre|herman(?:it)?[oa]s?"
    r"|amig[oa]s?|nin(?:it)?[oa]s?|beb(?:e|ito|ita)s?|abuel(?:it)?[oa]s?|ti[oa]s?|prim[oa]s?|sobrin[oa]s?"
    r"|niet(?:ecit)?[oa]s?|vecin[oa]s?|novi[oa]|suegr[oa]|senor(?:a|es|as)?|muchach[oa]s?|persona|ciclista|hombre"
    r"|chav[oa]"
    r"|chamac[oa]|chiquill[oa]|acompanante|peaton|viejit[oa]|ancian[oa]|tipo|sujeto|vato|gente|alguien)"
)
_ART = r"(?:mi|el|la|un|una|su|los|las|mis|nuestr[oa]|otr[oa]|ese|esa)"
_THEY = rf"(?:{_ART} (?:otr[oa] )?(?:{_KIN}|\w+(?:tor|tora|jer[oa]|fer|ista))|el|ella|alguien)"
_FIT = (
    r"(?:infarto|paro(?: cardiaco)?|derrame(?: cerebral)?|ataque(?: (?:de asma|epileptico|al corazon|cardiaco))?"
    r"|embolia"
    r"|convulsion(?:es)?|aneurisma|anafilaxia|reaccion alergica|hemorragia|crisis(?: de asma)?)"
)
_WATER = (
    r"(?:rio|canal|lago|laguna|presa|mar|arroyo|alberca|pantano|zanja con agua|acequia|barranca|barranco|precipicio)"
)
BODY = part(
    # "le dio un derrame", "le acaba de dar", "me está dando"
    rf"\b(?:le|les|me|nos) (?:dio|(?:acaba|acaban) de dar|esta dando|estan dando|anda dando|quiere dar|va a dar)"
    rf"(?: como)?(?: un| una| unas| otro)? {_FIT}\b(?! (?:de risa|de nervios|cuando|al ver|de la risa))"
    rf"|\b{_THEY} (?:(?:ya |se |me |acaba de |esta )*)(?:desmay\w+|desplom\w+|desvanec\w+|convulsion\w+|desangr\w+"
    r"|se puso (?:azul|morad[oa]|gris|ties[oa]|blanc[oa])|dejo de respirar|perdio el conocimiento)\b(?! de la risa)"
    r"|\b(?:creo|parece|para mi) que (?:\w+ ){0,3}?(?:esta|estan) muert[oa]s?"
    rf"(?=$| (?:(?:el|la|los|las|un|una) (?:otr[oa] )?(?:{_KIN}|(?!mo|rec|sec)\w+tora?)|ayud\w+|por favor)\b)"
    rf"|\b(?:esta|estan) muert[oa]s? (?:el|la|los|las|un|una) (?:otr[oa] )?(?:{_KIN}|(?!mo|rec|sec)\w+tora?)\b"
    r"|\bse (?:le|me) (?:esta )?(?:cerro|cierra|cerrando|hincho|hinchando) (?:mucho )?(?:la )?(?:garganta|lengua)\b"
    r"|\b(?:garganta|lengua) (?:se (?:le|me) )?(?:esta )?(?:cerrando|hinchando)\w*\b"
    r"|\b(?:se (?:le|me) (?:corto|arranco|desprendio|cercene|quebro y se sale)|perdio|perdi) (?:(?:el|la|un|una|los|dos"
    r"|2|3) )?(?:brazo|pierna|mano|dedos?|pie)\b"
    r"|\b(?:se (?:me|le)|me|le) qued(?:o|aron) (?:el|la|los|las) (?:pies?|piernas?|manos?|brazos?|dedos?"
    r"|cabeza) (?:\w+ )?"
    r"(?:atorad|atrapad|prensad|atascad)[oa]s?\b"
    r"|\b(?:ya )?no sabe (?:ni )?(?:quien es|donde esta|como se llama|que dia es)\b"
    r"|\b(?:esta|quedo|sigue) (?:ahi )?tirad[oa] (?:ahi )?(?:llorando|gritando|quejandose|sangrando)\b"
    rf"|\b{_THEY} (?:\w+ )?(?:esta|estan) (?:jalando|arrastrando|golpeando|pegandole|pateando|ahorcando"
    rf"|apunalando)\w* a "
    rf"(?:un|una|mi|la|el|otr[oa]) {_KIN}\b"
    r"|\b(?:me|nos|le) acab(?:a|an) de (?:dar|meter|soltar) (?:una|un) (?:cachetada|punetazo|golpe en|patada|bofetada"
    r"|navajazo|balazo)\b"
    r"|\b(?:se agarra|se esta agarrando|se aprieta) el (?:pecho|corazon|brazo)\b",
    "dar|dio|dando|desmay|desplom|desvanec|convulsion|desangr|se puso|dejo de|conocimiento|muert|garganta|lengua"
    "|brazo|pierna|mano|dedo|pie|pecho|corazon|cabeza|sabe|tirad|jalando|arrastrando|golpeando|pegandole|pateando"
    "|ahorcando|apunalando|cachetada|punetazo|golpe en|patada|bofetada|navajazo|balazo",
)
"""Said in one clause, and not taken back by who is well after all."""
STRUCK = part(
    r"\b(?:atropelle|atropellamos|atropello|atropellaron|acabo de atropellar|acaba de atropellar|acaban de atropellar)"
    r"(?: a)? (?:un|una|mi|la|el|unos|alguien|dos|2)\b(?! (?:perr|gat|venad|vaca|animal|caball|coyote|gallin|borreg))"
    r"|\b(?:me|nos|lo|la|le|los|las) (?:acaba|acaban) de atropellar\b|\b(?:lo|la|los|las) atropell(?:e|o|amos|aron)\b"
    rf"|\b(?:le )?(?:acabo|acabamos|acaba) de (?:pegar\w*|golpear|chocar|llevar\w*|aventar) a (?:un|una|la|el|unos)"
    rf" (?:\w+ )?(?:{_KIN})\b(?! (?:de|por) (?:atras|detras))",
    "atropell|pegar|golpear|chocar|llevar|aventar",
)
"""Somebody on foot who was hit."""
POISONED = part(
    r"\b(?:me|se|nos) (?:tom(?:o|e|aron|amos)|bebi(?:o|eron)?|tragu?(?:o|e|aron)|comi(?:o|eron)?|acab(?:a"
    r"|o) de (?:tomar"
    r"|tragar|beber)) (?:(?:el|la|las|los|un|una|unas|unos|mi|mis|sus|su|todo|toda|todas|como|un monton de"
    r"|un frasco de|una botella de|medio frasco de|muchas|veinte|\d+) )*(?:anticongelante|refrigerante|cloro|veneno"
    r"|insecticida|raticida|gasolina|thinner|solvente|acido|detergente|pilas?|bateria|limpiador|jabon|aguarras"
    r"|destapacanos"
    r"|liquido)\b"
    r"|\b(?:me|se) (?:tom(?:o|e)|trag(?:o|ue)|acab(?:a|o) de (?:tomar|tragar)) (?:\w+ ){0,2}?(?:todas|frasco|bote"
    r"|monton|punado|muchas"
    r"|demasiadas|caja|tira|\d\d+)(?: \w+){0,3}? (?:pastillas|medicinas|tabletas|pastilla|capsulas|calmantes)\b"
    r"|\b(?:nin(?:it)?[oa]|beb(?:e|ito|ita)|hij(?:it)?[oa]|niet[oa]) (?:ya )?se (?:trago|tomo|comio) (?:\w+ ){0,3}?"
    r"(?:pastillas?|medicinas?|tabletas?|monedas?|imanes?)\b",
    "anticongelante|refrigerante|cloro|veneno|insecticida|raticida|gasolina|thinner|solvente|acido|detergente|pila"
    "|bateria|limpiador|jabon|aguarras|destapacanos|liquido|pastilla|medicina|tableta|capsula|calmante|moneda|iman",
)
"""What stays in somebody, whoever is well so far."""
AROUND = part(
    r"\b(?:esta|estan|sigue|empezo a|esta empezando a) (?:ya )?(?:ardiendo|arder|en llamas|prendido en fuego"
    r"|prendid[oa] fuego|incendiando\w*|incendiarse)\b|\bse (?:esta|estan) (?:\w+ )?prendiendo\b"
    r"|\b(?:agarro|agarrando|prendio) fuego\b|\bse (?:prendio|esta prendiendo)(?: el| la| mi)? (?:fuego|lumbre)\b"
    rf"|\b(?:caimos|cai|cayo|fuimos|fui|fue|hundimos|hundio|metimos) (?:\w+ ){{0,2}}?(?:al?|en|dentro de) (?:el |la |l "
    rf"|un |una )?{_WATER}\b"
    r"|\b(?:huele|oliendo|huelo|apesta) (?:muchisimo|horrible|feo|bastante|demasiado|fuertisimo|durisimo|bien|muy) "
    r"?(?:feo |fuerte )?a (?:gas|gasolina|quemado|humo)\b"
    r"|\b(?:gas|gasolina) (?:por todos lados|por todas partes|por toda la calle|tirad[oa]|regad[oa])\b"
    r"|\bagua (?:ya )?(?:nos|me|le|les) llega (?:al?|hasta) (?:la |el |las |los )?(?:cuello|pecho|cintura|rodillas?"
    r"|ventanas?|asientos?|cabeza)\b|\b(?:volteo|volco) (?:una|la) pipa\b"
    r"|\b(?:nos|me) (?:van|va) a (?:chocar|arrollar|aplastar|embestir|pegar (?:por|de) (?:atras"
    r"|detras))\b(?! (?:la prima|el precio|mi (?:mama"
    r"|papa|espos[oa]|marido)))"
    r"|\b(?:(?:se|nos|me) )*(?:quedo|quede|quedamos|paro|apago|atoro|atoramos|atasco|varo)(?: \w+){0,3}? (?:en|sobre"
    r"|encima de) las vias\b|\bno (?:nos|me) ven\b.{0,30}\b(?:oscur|curva|neblina|carril|niebla|lluvia)",
    "arder|ardiendo|llamas|fuego|lumbre|incendia|prendiendo|rio|canal|lago|laguna|presa|mar|arroyo|alberca|pantano"
    "|zanja|acequia|barranc|precipicio|gas|quemado|humo|chocar|pegar|arrollar|aplastar|embestir|vias|ven|llega|pipa",
)
"""Said in one clause; what is over, or out again, is none."""
_HOT = (
    r"(?:calor|sol|grados|no se mueve|jadeando|asfixiando|hirviendo|ardiendo|desmay\w+|sudando|llorando|inconsciente)"
)
_INSIDE = (
    r"(?:(?:estamos|estoy|seguimos|sigo|esta|estan|sigue|siguen|con(?: \w+)? \w+) (?:\w+ )?(?:adentro|dentro|abajo"
    r"|debajo|atrapad[oa]s?|prensad[oa]s?)|con nosotros|conmigo (?:a)?dentro|no (?:podemos|puedo|pueden"
    r"|puede) (?:salir|abrir))"
)
WITHIN = part(
    rf"\b(?:poste|arbol|barda|pared|techo|cable|cables|rama|torre|anuncio|puente|muro|transformador|roca|piedra|viga)\b"
    rf".*\b(?:encima|sobre|arriba|cofre|capo|techo)\b.*\b{_INSIDE}\b"
    rf"|\b(?:deje|dejamos|dejaron|dejo|esta|estan|quedo|quedaron|hay)(?: \w+){{0,4}}? (?:nin(?:it)?[oa]s?|beb(?:e|ito"
    r"|ita)s?|hij(?:it)?[oa]s?|niet[oa]s?|chiquit[oa]s?|abuelit[oa]) (?:\w+ ){0,2}?(?:encerrad[oa]s?|adentro con llave"
    r"|sol[oa]s? en el)\b"
    r"|\b(?:cerr|encerr|asegur)\w+ .*\bcon (?:el|la|mi|los|mis) (?:nin(?:it)?[oa]s?|beb(?:e|ito|ita)s?"
    r"|hij(?:it)?[oa]s?)"
    r" (?:a)?dentro\b"
    rf"|\b(?:perr(?:it)?[oa]s?|gat(?:it)?[oa]s?|mascota|cachorr[oa]s?|animalit[oa]s?)(?: \w+){{0,3}}? (?:encerrad"
    rf"|dejad|metid"
    rf"|amarrad)[oa]s?\b.*\b{_HOT}\b"
    r"|\ben medio de (?:la|el) \w+\b.*\b(?:nos|me) (?:van|va) a (?:chocar|pegar|matar|arrollar)\b",
    "encima|sobre|arriba|cofre|capo|techo|encerrad|con llave|dentro|sol|dejad|metid|amarrad|en medio de",
)
"""In the whole of the words: what came down or is shut, and that somebody is in it."""
WELL_AFTER = (
    r"\b(?:esta|estan|quedo|quedaron|salio|salieron|estamos todos|estuvo) (?:\w+ )?(?:bien|iles[oa]s?|a salvo|en casa"
    r"|mejor|sin un rasguno|como si nada)\b|\bno (?:le|les) (?:paso|hizo|hicimos) nada\b|\bse (?:levanto|fue caminando"
    r"|fue solo|fue sola)\b|\bya (?:me|nos|lo|la|los) sacaron\b|\bfalsa alarma\b|\bno paso (?:nada|a mas|a mayores)\b"
)
"""In the whole of the words: they are well after all."""
