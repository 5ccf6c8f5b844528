"""States of the United States, and cities that are a state's alone."""

__all__ = ["CALLED", "CITIES", "CODES", "COUNTRIES", "STATES"]

STATES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID",
    "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY", "north carolina": "NC",
    "north dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR", "pennsylvania": "PA",
    "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", "tennessee": "TN", "texas": "TX",
    "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA", "west virginia": "WV",
    "wisconsin": "WI", "wyoming": "WY", "district of columbia": "DC", "d c": "DC", "dc": "DC",
}  # fmt: skip
COUNTRIES = frozenset(
    "argentina|australia|austria|bahamas|belgium|belize|brazil|britain|canada|chile|china|colombia|costa rica|croatia"
    "|cuba|denmark|dominican republic|ecuador|egypt|el salvador|england|finland|france|germany|great britain|greece"
    "|guatemala|honduras|hungary|iceland|india|ireland|israel|italy|jamaica|japan|mexico|morocco|netherlands"
    "|new zealand|nicaragua|norway|panama|peru|philippines|poland|portugal|scotland|south africa|south korea|spain"
    "|sweden|switzerland|thailand|turkey|united kingdom|venezuela|vietnam|wales".split("|")
)
"""Countries that may be told behind a city: they are none of their own then."""
CALLED = {
    "nyc": "New York City",
    "vegas": "Las Vegas",
    "philly": "Philadelphia",
    "la": "Los Angeles",
    "l a": "Los Angeles",
}
"""Cities that people call otherwise than they are written."""
CODES = frozenset(STATES.values())
CITIES = {
    "chicago": "IL", "houston": "TX", "dallas": "TX", "austin": "TX", "san antonio": "TX", "fort worth": "TX",
    "el paso": "", "seattle": "WA", "spokane": "", "tacoma": "", "miami": "FL", "orlando": "FL", "tampa": "FL",
    "jacksonville": "", "denver": "CO", "colorado springs": "", "boston": "MA", "atlanta": "GA", "savannah": "",
    "phoenix": "AZ", "tucson": "AZ", "mesa": "", "scottsdale": "", "philadelphia": "PA", "pittsburgh": "PA",
    "detroit": "MI", "grand rapids": "", "san francisco": "CA", "los angeles": "CA", "san diego": "CA",
    "san jose": "CA", "sacramento": "CA", "oakland": "", "fresno": "", "long beach": "", "bakersfield": "",
    "anaheim": "", "new york city": "NY", "new york": "NY", "brooklyn": "NY", "queens": "", "buffalo": "",
    "las vegas": "NV", "reno": "", "minneapolis": "MN", "cleveland": "OH", "columbus": "", "cincinnati": "OH",
    "toledo": "", "akron": "", "nashville": "TN", "memphis": "TN", "knoxville": "", "chattanooga": "",
    "baltimore": "MD", "charlotte": "", "raleigh": "", "greensboro": "", "asheville": "", "st louis": "",
    "saint louis": "", "kansas city": "", "milwaukee": "WI", "madison": "", "indianapolis": "", "omaha": "",
    "salt lake city": "UT", "albuquerque": "", "santa fe": "", "oklahoma city": "", "tulsa": "",
    "new orleans": "LA", "baton rouge": "", "louisville": "", "lexington": "", "honolulu": "HI",
    "anchorage": "", "boise": "", "little rock": "", "des moines": "", "providence": "", "hartford": "",
    "newark": "", "jersey city": "", "richmond": "", "virginia beach": "", "birmingham": "",
    "washington dc": "DC", "washington d c": "DC", "portland": "", "springfield": "", "arlington": "", "aurora": "",
}  # fmt: skip
"""Cities that are known by their name, and the state that goes without saying; empty where none does."""
