"""Spanish words that no name has where other words stand around it."""

__all__ = ["FILLERS", "NOT_NAMES", "PARTICLES", "TITLES"]

PARTICLES = frozenset("de la las los del y e san santa van von der da dos das di".split())
"""Small in the middle of a name (but "San" and "Santa")."""
TITLES = frozenset(
    "senor senora senorita don dona doctor doctora dr dra licenciado licenciada lic ingeniero ingeniera ing profesor "
    "profesora maestro maestra arquitecto arquitecta padre joven sr sra srita".split()
)
FILLERS = frozenset("eh este esto pues bueno ah mm mmm em um uh si claro mire oiga a ver hola ok okay gracias".split())
NOT_NAMES = frozenset(
    "yo tu usted ustedes el ella ellos nosotros mi mis su sus me te se nos le les lo un una uno unos unas al "
    "con sin por conmigo contigo consigo "
    "para pero porque que quien cual cuando donde como cuanto no ni nunca nadie nada nadie alguien algo todo "
    "todos toda "
    "es era fue fui son eran ser soy somos esta estaba estuvo estoy estan estaban iba ibamos iban va voy van "
    "vamos venia "
    "veniamos venian viene manejaba manejando manejo maneje conducia conduciendo conduje llevaba traia tenia "
    "tengo tiene "
    "hay habia hubo ha he han hizo hace hacer dice dicen dijo digo llamo llama llaman llamaba nombre apellido "
    "apellidos "
    "nombres completo completa primero primer segundo segunda quiero quisiera necesito puede puedo podria "
    "numero codigo "
    "postal carro coche auto camioneta accidente choque casa trabajo hoy ayer anoche antier manana tarde noche "
    "dia hora "
    "muy mas menos mucho bien mal aqui alli alla ahi ya tambien solo solamente sola nomas hijo hija hijos "
    "esposo esposa "
    "marido mujer pareja hermano hermana papa mama padre madre amigo amiga vecino vecina primo prima tio tia sobrino "
    "sobrina abuelo abuela cuñado cunado cunada suegro suegra yerno nuera novio novia jefe empleado empleada chofer "
    "companero companera nieto nieta ex hijastro hijastra padrastro madrastra o en letra letras acento tilde hache "
    "escribe deletreo gusta persona agente momento segundos favor perdon disculpe espere entonces luego despues antes "
    "estacionado parado vacio estacionada parada mayor menor mio mia mios "
    "mias seguramente siempre maneja normalmente generalmente segun agarro grande chico chica probablemente dentro "
    "adentro afuera otro otra otros mismo misma titular "
    "dueno my husband wife the was driving i nobody myself yes yeah yep nope hello hi thanks please just son daughter "
    "mom dad it okay".split()
)
"""In the plain spelling."""
