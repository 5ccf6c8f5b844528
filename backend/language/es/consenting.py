"""Spanish words that agree, refuse, change or hedge, in the plain spelling, as the consent reader weighs them."""

__all__ = ["CHANGING", "HEDGED", "NOTHING", "REFUSING", "RIGHT", "TIMES", "YES"]


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in text.split("|"))


YES = _phrases(
    "si|sip|va que va|arre|con toda confianza|dele para adelante|dele nomas|claro"
    "|claro que si|por supuesto|por supuesto que si|desde luego|desde luego que si|obvio|obvio que si|ok"
    "|okay"
    "|oquei|okey|dale|dele|adelante|hagalo|hagale|haganlo|andele|andale|orale|sale|sale pues|va|va pues|vale|como no"
    "|con gusto|con mucho gusto|aja|mjm|mhm|ujum|uju|aha|simon|afirmativo|seguro|seguro que si|confirmo|confirmado"
    "|acepto|conforme|estoy conforme|estoy de acuerdo|de acuerdo|me parece bien|me parece perfecto|me parece|proceda"
    "|siga|siga adelante|mandelo|mandemelo|mande lo|envielo|enviemelo|registrelo|registre lo|guardelo|hagalo asi"
    "|lo confirmo|si quiero|si lo quiero|si acepto|si confirmo|si se puede|absolutamente|definitivamente|no hay"
    " problema"
    "|no tengo problema|no hay inconveniente|no tengo inconveniente|sin problema|sin problemas|claro con gusto|yes"
    "|positivo"
    "|no veo por que no|no le veo por que no|no hay por que no|no tengo nada en contra|nada en contra"
    "|que si|digo que si|yo digo que si|te digo que si|le digo que si"
)
"""Agree to what was proposed."""
RIGHT = _phrases(
    "a todo dar|al cien|al puro cien|al 100|al puro 100|bien dicho|esta bien dicho"
    "|al pie de la letra|ni mas ni menos|clarito|todo claro|esta clarito|esta claro"
    "|todo esta clarito|asi dejelo|correcto|correcta|es correcto|es correcta"
    "|esta correcto|esta correcta|estan correctos|son correctos|todo correcto"
    "|es todo correcto|esta todo correcto|todo es correcto|todo esta correcto|correctisimo|esta bien|esta muy bien"
    "|todo bien"
    "|esta todo bien|todo esta bien|todo esta muy bien|todo muy bien|estan bien|asi esta bien|eso esta bien|bien|muy"
    " bien"
    "|exacto|exactamente|asi es|asi fue|asi mero|asi merito|asi mismo|eso es|eso mero|eso fue|es eso|es verdad|verdad"
    "|cierto|es cierto|perfecto|esta perfecto|todo perfecto|perfectamente|tal cual|efectivamente|en efecto|excelente"
    "|genial|todo en orden|esta en orden|lo tiene bien|la tiene bien|lo entendio bien|entendio bien|me entendio bien"
    "|lo dijo bien|es como usted dice|como usted dice|es como lo dijo|tal como lo dijo|no hay nada que cambiar"
    "|nada que cambiar|no hay nada que corregir|nada que corregir|no cambie nada|no hay que cambiar nada"
    "|no falta nada"
    "|no hay errores|no hay error|no hay ningun error|no veo ningun error|no tiene errores|no tiene ningun error"
    "|sin errores|ningun error|no le falta nada|no tengo nada que agregar"
    "|nada que agregar"
)
"""Say that something is right."""
NOTHING = _phrases(
    "eh|este|esto|ah|ay|mm|mmm|em|um|pues|por favor|porfa|porfavor|gracias|muchas gracias|muchisimas gracias|senor"
    "|senora|senorita|joven|mire|mira|oiga|oye|ya|y|usted|todo|eso|asi|lo|la|le|muy amable|amable|favor|ahora|ahora"
    " mismo"
    "|ahorita|ahorita mismo|pronto|rapido|de una vez|nomas|gracias a dios|a ver|que bueno|le agradezco"
    "|se lo agradezco"
    "|si me hace favor|si me hace el favor|si fuera tan amable|hombre|mija|mijo|oh|uh|bueno|entonces|es|esta|estan"
)
"""Say nothing by themselves."""
REFUSING = frozenset(
    "no nada nadie ningun ninguno ninguna nunca jamas tampoco ni incorrecto incorrecta mal equivocado equivocada"
    " equivoco equivocaron negativo falso nel error errores sin nop nanay rechazo cancele cancelar cancela".split()
)
CHANGING = frozenset(
    "pero sino cambie cambiar cambia cambielo cambiele corrija corregir corrige corrijalo quite quitar "
    "quitele agregue"
    " agregar agreguele ponga ponerle pongale falta faltan falto sobra excepto menos salvo aunque espere espera"
    " esperese"
    " perdon disculpe digo mejor otro otra otros diferente distinto distinta solo solamente nomas salvo".split()
) - {"nomas"}
HEDGED = (
    r"creo|tal vez|quizas?|a lo mejor|supongo|puede ser|puede que|mas o menos|casi|no se|no sé|no lo sé|no lo se"
    r"|no estoy segur[oa]|parece que|probablemente|posiblemente|segun yo|segun|depende|no recuerdo|no me acuerdo"
    r"|imagino"
    r"|pienso|ojala|espero|si usted lo dice|lo que usted diga|da igual|me da lo mismo|igual"
)
TIMES = frozenset(
    "lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio julio agosto "
    "septiembre"
    " octubre noviembre diciembre ayer hoy anoche antier manana tarde noche mediodia medianoche primero segunda media"
    " cuarto".split()
)
"""Days and hours: who says one is putting something right."""
