"""What people say around a place, and the words that its pieces begin with."""

__all__ = [
    "BOUND",
    "CITY_FIRST",
    "NEAR",
    "NEXT",
    "NO_CITY",
    "OWN",
    "PLACES",
    "SENTENCE",
    "STOPS",
    "TALK",
    "TIMES",
    "VERBS",
    "WITH",
]

PLACES = frozenset(
    "on onto in at near by off along outside inside around between behind past towards toward before after across"
    " under beside over "
    "opposite from into".split()
)
"""Words that a new piece of a description begins with."""
WITH = {
    ("next", "to"),
    ("close", "to"),
    ("in", "front"),
    ("across", "from"),
    ("corner", "of"),
    ("right", "by"),
    ("intersection", "of"),
}
TIMES = frozenset(
    "morning afternoon evening night today yesterday tonight noon midnight monday tuesday wednesday thursday"
    " friday saturday "
    "lunchtime dinnertime suppertime bedtime midday daybreak dawn dusk sundown "
    "sunday o'clock am pm a.m p.m last ago minutes hours hour week".split()
)
TALK = frozenset(
    "um uh er yeah yes well so like you know i i'm i was it it's was were happened happen we he she they my me"
    " our think guess mean "
    "sorry please that that's is when where there driving hit drove going went coming turning left crashed crash"
    " accident car "
    "there's that'd it'd that'll it'll "
    "okay ok oh hi just had got happening sir ma'am let's see be would been did who which what this these those"
    " his her "
    "their city town place called somewhere actually exactly way took one no not street's located address is"
    " address parked "
    "stopped said told right waiting walking sitting standing heading stop stopping then downtown".split()
)
"""What people say around a place, and nothing of it."""
OWN = frozenset("home house driveway work apartment garage yard office".split())
NO_CITY = frozenset(
    "the a an my our your this that his her their front it there here traffic between case order me".split()
)
CITY_FIRST = frozenset("in outside near around inside".split())
SENTENCE = frozenset(
    "i'd i'll have to look need check don't know can't what who how why do does did could would should want tell ask "
    "find remember call give if because speak talk need says said shows showed".split()
)
"""Words of a sentence that is no description of a place."""
NEAR = frozenset("near off past before after between outside by behind under at around over".split())
VERBS = frozenset("was were is happened hit driving drove going crashed went turning".split())
BOUND = frozenset("northbound southbound eastbound westbound clockwise anticlockwise counterclockwise".split())
"""Which way along a road, said behind everything else."""
NEXT = frozenset("when because while where who he she they we it i i'm".split())
"""Words that a clause of its own begins with."""
STOPS = frozenset("truck bus way rest pit".split())
"""Stand before a "stop" that is a place's name: "the truck stop"."""
