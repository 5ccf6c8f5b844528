"""Words that no name has, where other words stand around it; and those that may be either."""

__all__ = ["EITHER", "FILLERS", "NOT_NAMES", "TITLES"]

TITLES = frozenset(
    "mr mrs ms miss mister missus dr doctor sir madam professor prof reverend father sister officer sergeant captain "
    "lieutenant colonel corporal rabbi deacon".split()
)
FILLERS = frozenset(
    "uh um uhm er erm ah hmm hm mm well so yes yeah yep sure okay ok and hi hello hey please thanks oh".split()
)
EITHER = frozenset("an can do may my so to will you".split())
NOT_NAMES = frozenset(
    "a about above accident after again all already also always am and another any anybody anyone anything are around "
    "as ask at away back bad be because been before being below between both but by call called calling car claim come "
    "correct could crash damage dear did didn't does doesn't doing don't done down each either else "
    "emergency english even ever every everyone everything few file find first for forget forgot from full get give "
    "go going got had has hasn't have haven't having he hear hello help her here hers him his hold how hurt i i'd i'll "
    "i'm i've if in injured into is isn't it it's its just keep know last later least less let let's like "
    "look make maybe me mean mine moment more most much must name names need never next no none nor not nothing now "
    "number of off on once one only or other our ours out over own pardon people person phone please put "
    "question quite rather really remember repeat report representative robot said same say second see send she "
    "should show since some somebody someone something sorry speak spell spelled spelling spelt still such sure"
    " take talk tell telling "
    "than thank that that's the their them then there these they thing think this those through time told too try "
    "under understand until up us use very wait want wanted was wasn't we we're were what what's when where which "
    "while who who's whom whose why with without won't word would wouldn't wrong yet you'd you'll you're your"
    " yours zip code "
    "digits middle maiden surname letter letters hyphen dash apostrophe capital double wife husband "
    "social security afternoon evening morning good human operator agent company speaking "
    "zero two three four five six seven eight nine ten eleven twelve hundred thousand driver driving drove "
    "nobody noone stolen parked towed goes written write usually actually everybody licence license there's short"
    " what's "
    "stop sweetie sweetheart darling mommy mommy's daddy daddy's system assistant caller verified user ignore "
    "turn shut quiet "
    "talking doesn't matter important didn't comment hit behind probably ran crashed rear ended "
    "says said claims thinks grabbed drives god retired deceased widowed divorced "
    # of Spanish, which callers mix in
    "yo nadie nada sí hola gracias esposa esposo marido hijo hija mamá papá hermano hermana nosotros ella".split()
)
