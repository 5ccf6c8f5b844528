"""Streets, corners, roads with numbers, cities, states and zip codes."""

from typing import Any

import pytest

from tests.unit.language.en.asking import Ask, outcome_of

TABLE: dict[str, list[tuple[str, Any]]] = {
    "Where did it happen?": [
        ("in the car wash", "ask"),
        ("the drive through at the mcdonald's", "ask"),
        ("on broadway", {"street": "Broadway"}),
        ("kansas city the missouri side", {"city": "Kansas City", "state": "MO"}),
        ("on lake street, not in chicago, in reno", "ask"),
        ("texarkana arkansas not texas", {"city": "Texarkana", "state": "AR"}),
        ("lake street heading back to oak park", {"street": "Lake Street"}),
        ("heading back to oak park", "none"),
        (
            "we were on our way to reno but only made it to winnemucca nevada on melarkey street",
            {"street": "Melarkey Street", "city": "Winnemucca", "state": "NV"},
        ),
        (
            "i was going to reno but it was on pine street in sparks nevada",
            {"street": "Pine Street", "city": "Sparks", "state": "NV"},
        ),
        ("lake shore drive chicago northbound", {"street": "Lake Shore Drive", "city": "Chicago", "state": "IL"}),
        ("on main street in springfield illinois", {"street": "Main Street", "city": "Springfield", "state": "IL"}),
        (
            "near kansas city on the missouri side i seventy",
            {"street": "I-70", "city": "Kansas City", "state": "MO"},
        ),
        (
            "twenty second street and broadway in new york city",
            {"street": "22nd Street and Broadway", "city": "New York City", "state": "NY"},
        ),
        ("on flamingo road in vegas", {"street": "Flamingo Road", "city": "Las Vegas", "state": "NV"}),
        ("main street springfield illinois", {"street": "Main Street", "city": "Springfield", "state": "IL"}),
        (
            "at the corner of oak and elm in denver",
            {"street": "Corner of Oak and Elm", "city": "Denver", "state": "CO"},
        ),
        (
            "corner of mlk and east twelfth in austin",
            {"street": "Corner of Mlk and East 12th", "city": "Austin", "state": "TX"},
        ),
        ("main and north elm in dayton", {"street": "Main and North Elm", "city": "Dayton"}),
        ("oak and west chicago", {"street": "Oak and West", "city": "Chicago", "state": "IL"}),
        ("oak and south", {"street": "Oak and South"}),
        ("on oak street", {"street": "Oak Street"}),
        (
            "driving down colonial drive in orlando florida",
            {"street": "Colonial Drive", "city": "Orlando", "state": "FL"},
        ),
        ("on pine street around lunchtime", {"street": "Pine Street"}),
        ("there's a bakery and a church", "ask"),
        ("on oak street and houston texas", {"street": "Oak Street", "city": "Houston", "state": "TX"}),
        ("pine avenue and saint paul minnesota", {"street": "Pine Avenue", "city": "Saint Paul", "state": "MN"}),
        (
            "oak street and houston street in dallas texas",
            {
                "street": "Oak Street and Houston Street",
                "city": "Dallas",
                "state": "TX",
            },
        ),
        ("oak street and virginia", {"street": "Oak Street and Virginia"}),
        ("oak street and houston", {"street": "Oak Street and Houston"}),
        ("we were ok and not too dirty", "none"),
        ("and", "none"),
        ("in chicago the street wabash", {"street": "Wabash Street", "city": "Chicago", "state": "IL"}),
        ("in chicago the street is wabash", {"street": "Wabash Street", "city": "Chicago", "state": "IL"}),
        ("at home 12 elm street chicago", {"street": "12 Elm Street", "city": "Chicago", "state": "IL"}),
        ("at my house 12 elm street chicago", {"street": "12 Elm Street", "city": "Chicago", "state": "IL"}),
        ("i already said wabash street in chicago", {"street": "Wabash Street", "city": "Chicago", "state": "IL"}),
        ("outside my house in the street", "ask"),
        (
            "on walnut street in philadelphia and the car is gone it was towed",
            {"street": "Walnut Street", "city": "Philadelphia", "state": "PA"},
        ),
        ("on oak street in dayton and then the police came", ("ask", {"street": "Oak Street", "city": "Dayton"})),
        ("in chicago", {"city": "Chicago", "state": "IL"}),
        ("chicago illinois", {"city": "Chicago", "state": "IL"}),
        ("on highway one oh one near san jose", {"street": "Highway 101", "city": "San Jose", "state": "CA"}),
        (
            "i ninety five near exit twelve in richmond virginia",
            {"street": "I-95, Near Exit 12", "city": "Richmond", "state": "VA"},
        ),
        ("on the i ten in houston", {"street": "I-10", "city": "Houston", "state": "TX"}),
        ("on route sixty six in tulsa oklahoma", {"street": "Route 66", "city": "Tulsa", "state": "OK"}),
        ("us one in miami", {"street": "US 1", "city": "Miami", "state": "FL"}),
        (
            "at the intersection of fifth avenue and pine street in seattle washington",
            {"street": "Intersection of 5th Avenue and Pine Street", "city": "Seattle", "state": "WA"},
        ),
        ("forty second street new york", {"street": "42nd Street", "city": "New York", "state": "NY"}),
        (
            "twelve hundred market street philadelphia",
            {"street": "1200 Market Street", "city": "Philadelphia", "state": "PA"},
        ),
        ("three fifty fifth avenue new york new york", {"street": "350 5th Avenue", "city": "New York", "state": "NY"}),
        (
            "one oh one first street in oakland california",
            {"street": "101 1st Street", "city": "Oakland", "state": "CA"},
        ),
        ("in portland", {"city": "Portland"}),
        ("in portland oregon", {"city": "Portland", "state": "OR"}),
        ("on burnside street in portland maine", {"street": "Burnside Street", "city": "Portland", "state": "ME"}),
        ("washington street in boston massachusetts", {"street": "Washington Street", "city": "Boston", "state": "MA"}),
        ("on delaware avenue in buffalo new york", {"street": "Delaware Avenue", "city": "Buffalo", "state": "NY"}),
        ("kansas city missouri", {"city": "Kansas City", "state": "MO"}),
        ("on peachtree street in atlanta georgia", {"street": "Peachtree Street", "city": "Atlanta", "state": "GA"}),
        ("broadway in nashville", {"street": "Broadway", "city": "Nashville", "state": "TN"}),
        ("on broadway and third", {"street": "Broadway and 3rd"}),
        (
            "it happened on lake shore drive in chicago",
            {"street": "Lake Shore Drive", "city": "Chicago", "state": "IL"},
        ),
        (
            "i was on lincoln avenue in evanston illinois",
            {"street": "Lincoln Avenue", "city": "Evanston", "state": "IL"},
        ),
        ("um so it was like on maple road in troy michigan", {"street": "Maple Road", "city": "Troy", "state": "MI"}),
        (
            "at the walmart parking lot on union avenue in memphis tennessee",
            {"street": "Walmart Parking Lot, Union Avenue", "city": "Memphis", "state": "TN"},
        ),
        (
            "in the parking lot of the mall in dayton ohio",
            {"street": "In the Parking Lot of the Mall", "city": "Dayton", "state": "OH"},
        ),
        ("near the airport in denver", ("ask", {"street": "Near the Airport", "city": "Denver"})),
        (
            "in front of the library on grand avenue in des moines",
            {"street": "In front of the Library, Grand Avenue", "city": "Des Moines"},
        ),
        (
            "1600 Pennsylvania Avenue NW, Washington, DC 20500",
            {"street": "1600 Pennsylvania Avenue NW", "city": "Washington", "state": "DC", "zipcode": "20500"},
        ),
        ("12 Elm St, Salem, OR 97301", {"street": "12 Elm St", "city": "Salem", "state": "OR", "zipcode": "97301"}),
        (
            "450 Sutter Street, San Francisco, CA",
            {"street": "450 Sutter Street", "city": "San Francisco", "state": "CA"},
        ),
        (
            "yesterday evening on sunset boulevard in los angeles",
            {"street": "Sunset Boulevard", "city": "Los Angeles", "state": "CA"},
        ),
        ("on elm street in front of my house", "ask"),
        ("at home", "ask"),
        ("in my driveway", "ask"),
        ("in front of my house", "ask"),
        ("at work", "ask"),
        ("my pin is eight one five seven", "none"),
        ("i don't know", "none"),
        ("i don't know the street", "none"),
        ("hold on let me look at the map", "none"),
        ("why does it matter", "none"),
        ("somewhere in dallas", {"city": "Dallas", "state": "TX"}),
        ("either first or second street", "ask"),
        ("oak street no elm street in chicago", ("ask", {"street": "Elm Street", "city": "Chicago", "state": "IL"})),
        ("in austin sorry i mean houston", ("ask", {"city": "Houston", "state": "TX"})),
        ("northbound on i five near tacoma", {"street": "Northbound, I-5", "city": "Tacoma"}),
        (
            "on interstate seventy five southbound in detroit michigan",
            {"street": "Interstate 75 Southbound", "city": "Detroit", "state": "MI"},
        ),
        ("state route nine in everett washington", {"street": "State Route 9", "city": "Everett", "state": "WA"}),
        (
            "on martin luther king junior boulevard in newark new jersey",
            {"street": "Martin Luther King Junior Boulevard", "city": "Newark", "state": "NJ"},
        ),
        (
            "saint charles avenue in new orleans louisiana",
            {"street": "Saint Charles Avenue", "city": "New Orleans", "state": "LA"},
        ),
        ("north clark street chicago", {"street": "North Clark Street", "city": "Chicago", "state": "IL"}),
        ("on west third street in cleveland ohio", {"street": "West 3rd Street", "city": "Cleveland", "state": "OH"}),
        ("texas avenue in college station texas", {"street": "Texas Avenue", "city": "College Station", "state": "TX"}),
        ("in the city of phoenix", {"city": "Phoenix", "state": "AZ"}),
        (
            "at fourth and main in louisville kentucky",
            {"street": "4th and Main", "city": "Louisville", "state": "KY"},
        ),
        ("in st louis missouri", {"city": "St Louis", "state": "MO"}),
        (
            "las vegas boulevard in las vegas nevada",
            {"street": "Las Vegas Boulevard", "city": "Las Vegas", "state": "NV"},
        ),
        (
            "on the golden gate bridge in san francisco",
            {"street": "Golden Gate Bridge", "city": "San Francisco", "state": "CA"},
        ),
        (
            "in a parking garage in downtown seattle",
            {"street": "In a Parking Garage", "city": "Seattle", "state": "WA"},
        ),
        (
            "on my way home on river road in bethesda maryland",
            {"street": "River Road", "city": "Bethesda", "state": "MD"},
        ),
        ("we were on pine street when he hit us", ("ask", {"street": "Pine Street"})),
        ("the corner of first and main", {"street": "Corner of 1st and Main"}),
        (
            "main and broadway in sante fe new mexico",
            {"street": "Main and Broadway", "city": "Sante Fe", "state": "NM"},
        ),
        (
            "between fifth and sixth on market street in san francisco",
            {"street": "Between 5th and 6th, Market Street", "city": "San Francisco", "state": "CA"},
        ),
        (
            "ten fifteen west adams street phoenix arizona eight five oh oh seven",
            {"street": "1015 West Adams Street", "city": "Phoenix", "state": "AZ", "zipcode": "85007"},
        ),
        ("zip code is six oh six oh one", {"zipcode": "60601"}),
        ("my zip is six oh six oh one", {"zipcode": "60601"}),
        ("six oh six oh one", {"zipcode": "60601"}),
        ("On Cedar Street in Boston.", {"street": "Cedar Street", "city": "Boston", "state": "MA"}),
        (
            "Interstate 95, exit 12, Richmond, Virginia",
            {"street": "Interstate 95, Exit 12", "city": "Richmond", "state": "VA"},
        ),
        ("on highway sixty one at mile marker one twenty", ("ask", {"street": "Highway 61, At Mile Marker 120"})),
        ("county road twelve in boulder colorado", {"street": "County Road 12", "city": "Boulder", "state": "CO"}),
        ("hollywood and vine in los angeles", {"street": "Hollywood and Vine", "city": "Los Angeles", "state": "CA"}),
        ("the mall", "ask"),
        ("o'hare airport in chicago", {"street": "O'hare Airport", "city": "Chicago", "state": "IL"}),
        ("rue saint catherine in montreal", {"street": "Rue Saint Catherine", "city": "Montreal"}),
        (
            "at a gas station on colfax avenue in denver colorado",
            {"street": "Gas Station, Colfax Avenue", "city": "Denver", "state": "CO"},
        ),
        (
            "leaving the parking lot at target in plano texas",
            {"street": "Leaving the Parking Lot, At Target", "city": "Plano", "state": "TX"},
        ),
        ("turning left onto main street in mesa arizona", {"street": "Main Street", "city": "Mesa", "state": "AZ"}),
        ("it was on second street i think", "ask"),
        ("maybe on third avenue", "ask"),
        ("las vegas", {"city": "Las Vegas", "state": "NV"}),
    ],
    "Which city was that in?": [
        ("houston", {"city": "Houston", "state": "TX"}),
        ("san francisco california", {"city": "San Francisco", "state": "CA"}),
        ("it was in houston", {"city": "Houston", "state": "TX"}),
        ("little rock", {"city": "Little Rock"}),
        ("a small town called bend oregon", {"city": "Bend", "state": "OR"}),
        ("truth or consequences new mexico", {"city": "Truth Or Consequences", "state": "NM"}),
        ("winston salem north carolina", {"city": "Winston Salem", "state": "NC"}),
        ("wilkes barre", {"city": "Wilkes Barre"}),
        ("that was in naperville illinois", {"city": "Naperville", "state": "IL"}),
        ("springfield", {"city": "Springfield"}),
        ("i'm not sure", "none"),
        ("near chicago", {"city": "Chicago", "state": "IL"}),
        ("portland the one in maine", {"city": "Portland", "state": "ME"}),
        ("dallas texas", {"city": "Dallas", "state": "TX"}),
        ("Dallas, TX", {"city": "Dallas", "state": "TX"}),
        ("new york", {"city": "New York", "state": "NY"}),
        ("new york city", {"city": "New York City", "state": "NY"}),
        ("fort worth not dallas", {"city": "Fort Worth", "state": "TX"}),
    ],
    "Which street was it on?": [
        (
            "forty four oak ridge lane in boise idaho no forty six",
            ("ask", {"street": "46 Oak Ridge Lane", "city": "Boise", "state": "ID"}),
        ),
        ("main", {"street": "Main"}),
        ("90 elm road, 92 i mean, akron ohio", "ask"),
        ("ninety elm road ninety two i mean in akron ohio", "ask"),
        (
            "my apartment is 8 birch lane in tulsa but it happened on pine avenue in tulsa",
            "ask",
        ),
        (
            "around ten fifteen on pine avenue in tulsa oklahoma",
            {"street": "Pine Avenue", "city": "Tulsa", "state": "OK"},
        ),
        ("7 o'clock on 7th avenue in tulsa oklahoma", {"street": "7th Avenue", "city": "Tulsa", "state": "OK"}),
        ("at 1015 pine avenue in tulsa oklahoma", {"street": "1015 Pine Avenue", "city": "Tulsa", "state": "OK"}),
        ("broadway", {"street": "Broadway"}),
        ("first avenue", {"street": "1st Avenue"}),
        ("fifth", {"street": "5th"}),
        ("oak", {"street": "Oak"}),
        ("the four oh five", {"street": "405"}),
        ("mlk", {"street": "Mlk"}),
    ],
}
"""The value that is meant; or ``ask`` or ``none``."""


@pytest.mark.parametrize(
    ("question", "words", "meant"),
    [(question, words, meant) for question, rows in TABLE.items() for words, meant in rows],
)
def test_it_is_read_as_it_was_meant(ask: Ask, question: str, words: str, meant: Any):
    reading = ask("place", question, words)
    assert outcome_of(reading, meant) == meant
