"""States of Mexico and the United States, and larger cities of these and of Spain, as Spanish speakers name them."""

__all__ = ["CITIES", "NAMED_WITH_ARTICLE", "STATES"]

_US = (
    "alabama AL|alaska AK|arizona AZ|arkansas AR|california CA|colorado CO|connecticut CT|delaware DE|florida "
    "FL|georgia GA"
    "|hawai HI|hawaii HI|idaho ID|illinois IL|indiana IN|iowa IA|kansas KS|kentucky KY|luisiana LA|louisiana LA"
    "|maine ME"
    "|maryland MD|massachusetts MA|michigan MI|minnesota MN|misisipi MS|mississippi MS|misuri MO|missouri MO|montana MT"
    "|nebraska NE|nevada NV|nuevo hampshire NH|new hampshire NH|nueva jersey NJ|new jersey NJ|nuevo mexico NM"
    "|new mexico NM"
    "|nueva york NY|new york NY|carolina del norte NC|north carolina NC|dakota del norte ND|north dakota ND|ohio OH"
    "|oklahoma OK|oregon OR|pensilvania PA|pennsylvania PA|rhode island RI|carolina del sur SC|south carolina SC"
    "|dakota del sur SD|south dakota SD|tenesi TN|tennessee TN|texas TX|tejas TX|utah UT|vermont VT|virginia "
    "occidental WV"
    "|west virginia WV|virginia VA|washington WA|wisconsin WI|wyoming WY|distrito de columbia DC"
)
_MEXICO = (
    "aguascalientes AGU|baja california sur BCS|baja california BCN|campeche CAM|chiapas CHP|chihuahua CHH|coahuila COA"
    "|colima COL|durango DUR|guanajuato GUA|guerrero GRO|hidalgo HID|jalisco JAL|estado de mexico MEX|michoacan MIC"
    "|morelos MOR|nayarit NAY|nuevo leon NLE|oaxaca OAX|puebla PUE|queretaro QUE|quintana roo ROO|san luis potosi SLP"
    "|sinaloa SIN|sonora SON|tabasco TAB|tamaulipas TAM|tlaxcala TLA|veracruz VER|yucatan YUC|zacatecas ZAC"
)
STATES: dict[str, str] = {pair[: pair.rindex(" ")]: pair.split()[-1] for pair in f"{_US}|{_MEXICO}".split("|")}
"""The code of each; of Mexico as ISO 3166-2 has them."""

CITIES = frozenset(
    (
        "albuquerque|arlington|atlanta|austin|baltimore|boston|brownsville|charlotte|charleston|chicago"
        "|cincinnati|cleveland|columbus"
        "|corpus christi|dallas|denver|detroit|el paso|fort worth|fresno|houston|indianapolis|jacksonville"
        "|kansas city|laredo"
        "|las vegas|long beach|los angeles|mcallen|memphis|mesa|miami|milwaukee|minneapolis|nashville|nueva "
        "york|oakland|omaha"
        "|orlando|filadelfia|philadelphia|phoenix|fenix|pittsburgh|portland|raleigh|riverside|sacramento|san "
        "antonio|san bernardino"
        "|san diego|san francisco|san jose|santa ana|santa fe|seattle|san luis|st louis|tampa|tucson|vancouver"
        "|aurora|anaheim"
        "|ciudad de mexico|guadalajara|monterrey|puebla|tijuana|leon|ciudad juarez|juarez|zapopan|merida|cancun"
        "|queretaro|toluca"
        "|mexicali|culiacan|acapulco|hermosillo|saltillo|aguascalientes|morelia|chihuahua|durango|veracruz"
        "|xalapa|villahermosa"
        "|tuxtla gutierrez|cuernavaca|pachuca|oaxaca|tampico|reynosa|matamoros|nuevo laredo|torreon|mazatlan"
        "|ensenada|celaya|irapuato"
        "|naucalpan|ecatepec|tlalnepantla|nezahualcoyotl|san pedro garza garcia|la paz|los cabos|puerto "
        "vallarta|playa del carmen|campeche|colima|guanajuato|san luis potosi|tlaxcala|zacatecas"
        "|madrid|barcelona|valencia|sevilla|zaragoza|malaga|murcia|palma|bilbao|alicante|cordoba|valladolid|vigo|gijon"
        "|vitoria|granada|elche|oviedo|cartagena|jerez|almeria|salamanca|toledo|burgos|santander|castellon|albacete"
        "|logrono|badajoz|huelva|lleida|tarragona|cadiz|pamplona|san sebastian|segovia|avila|caceres|lugo|ourense"
    ).split("|")
)
"""Only to tell where a street ends and a city begins when nothing stands between them."""

NAMED_WITH_ARTICLE = (
    "la paz",
    "la habra",
    "los angeles",
    "las vegas",
    "el paso",
    "los cabos",
    "la mesa",
    "las cruces",
    "el monte",
)
"""Cities whose article is a part of their name, wherever it stands."""
