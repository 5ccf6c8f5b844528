"""Words for people: what they are to each other, and others who may be met on a road or in a house."""

__all__ = ["KIN", "PEOPLE", "RELATIONSHIPS"]

RELATIONSHIPS: dict[str, frozenset[str]] = {
    "spouse": frozenset("wife husband spouse partner fiance fiancé fiancee fiancée girlfriend boyfriend hubby".split()),
    "child": frozenset(
        "son daughter child kid stepson stepdaughter baby toddler boy girl teenager lad lass kiddo".split()
    ),
    "parent": frozenset("mother father mom dad parent mum mam stepmother stepfather mama papa stepmom stepdad".split()),
    "sibling": frozenset("brother sister twin stepbrother stepsister sibling".split()),
    "friend": frozenset("friend neighbor neighbour roommate buddy flatmate pal housemate mate".split()),
    "employee": frozenset("employee colleague coworker co-worker worker apprentice assistant".split()),
    "other": frozenset(
        "uncle aunt cousin nephew niece grandmother grandfather grandson granddaughter grandma grandpa nan nana "
        "granddad gran "
        "grandchild "
        "mechanic valet boss in-law mother-in-law father-in-law brother-in-law sister-in-law son-in-law "
        "daughter-in-law nanny babysitter tenant landlord stepchild ex-wife ex-husband ex-girlfriend ex-boyfriend"
        " ex godson goddaughter auntie associate chauffeur housekeeper caregiver lodger".split()
    ),
}
"""The words of each kind."""

KIN = {word: name for name, signs in RELATIONSHIPS.items() for word in signs}
"""The kind of each word for somebody else."""

PEOPLE = frozenset(KIN) | frozenset(
    "me him her them us driver passenger passengers man woman guy lady cyclist bicyclist biker pedestrian motorcyclist "
    "rider kids children people person somebody someone fellow gentleman child's parents friends wife's other".split()
)
