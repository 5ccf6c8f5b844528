"""Somebody in a wreck who cannot help themselves, in English: held, crushed, run over, hanging, still inside."""

from backend.language.hinted import hinted, part

__all__ = ["DOER", "IN_A_WRECK", "NO_SIGN_OF_LIFE", "STILL_INSIDE"]

_KIN = (
    r"(?:wife|husband|partner|son|daughter|mother|father|mom|mommy|mum|dad|daddy|grandma|grandpa|nan|brother|sister"
    r"|friend|buddy|kids?|child|children|baby|babies|toddler|boy|girl|grand\w+|uncle|aunt|cousin|nephew|niece"
    r"|neighbor|girlfriend|boyfriend|cyclist|bicyclist|biker|rider|pedestrian|jogger|man|woman|guy|lady|people|person"
    r"|family|somebody|someone)"
)
DOER = (
    r"(?:the|an?|my|our|his|her|other) (?!water|trail|camp|scoot|comput|roll|mow|lock|bump|fend|pap|ord|numb|lett|corn"
    r"|off|weath|summ|wint|pow|answ|pap|lay|lad|ladd|pitch)[\w']+ers?"
)
"""Who does something, of which nothing else is known."""
_WHO = rf"(?:i|we|he|she|they|{_KIN}(?: (?:in|from|on|of|behind|with) (?:[\w']+ ){{0,2}}[\w']+)?|{DOER})"
_IS = rf"(?:{_WHO}(?:'s| is|'m| am|'re| are))"
_NOW = r"(?:(?:still|just|now|all|completely|really|kind of|sort of|stuck|right) )*"
_LIMB = r"(?:legs?|arms?|foot|feet|hands?|head|chest|body|hips?|knees?|ankles?|neck|fingers?)"
_THEIRS = rf"(?:me|us|him|her|them|(?:my|his|her|our|their) (?:{_LIMB}|{_KIN}))"
_ELSEWHERE = (
    r"(?:hospital|house|home|store|shop|shock|building|office|bank|gas|restaurant|station|garage|mall|school|er"
    r"|emergency|doctor\w*|ambulance|waiting|middle|process|kitchen|bath\w*|hotel|room|apartment|line)"
)
_INSIDE = rf"inside(?=$| (?:it|of it|there)\b| (?:the|that|my|his|her) (?!{_ELSEWHERE}\b))"
_EDGE = r"(?:bridge|edge|cliff|overpass|guard ?rail|embankment|ledge|ramp|pier|dock|ravine|canal)"
IN_A_WRECK = part(
    rf"\b{_IS} {_NOW}(?:hanging|dangling|suspended) (?:(?:upside down|there) )*(?:by|from|in) (?:my|his|her|our|their"
    r"|the) (?:[\w']+ )?(?:belts?|seatbelts?|harness|straps?)\b"
    rf"|\b{_IS} {_NOW}(?:trapped|pinned|crushed|wedged|slumped|unconscious|unresponsive|bleeding|not (?:breathing"
    r"|responding(?! to))|out cold)\b(?! (?:it|this|that|everything|me|us|my|our|his|her|the)\b)"
    rf"|\b(?:has|have|got|is keeping) {_THEIRS} {_NOW}(?:trapped|pinned|crushed|wedged|squashed)\b"
    rf"|\b(?:crushing|squashing|pinning) {_THEIRS}\b"
    rf"|\b(?:my|his|her|their) {_LIMB}(?:'s|'re| is| are) {_NOW}(?:trapped|pinned|crushed|wedged|squashed|severed"
    r"|mangled|caught|stuck)\b"
    rf"|\b{_IS} {_NOW}(?:lying|laying|caught|trapped|pinned|stuck) (?:under|underneath|beneath) (?:the|my|his|her|a|it"
    r"|that|their)\b(?! (?:impression|table|bed|weather|policy|plan|law|contract))"
    rf"|\bthere(?:'s| is| are) (?:an? |my |some |still )*(?:[\w']+ )?{_KIN} {_NOW}(?:trapped|pinned|in there"
    rf"|in the water|on fire|burning|(?:under|underneath|beneath) (?:the|my|his|her|a|it|that|their)\b|{_INSIDE})"
    rf"|\b(?:{_KIN}|{DOER}|he|she)(?:'s| is)? (?:still |got )?(?:under|underneath|beneath) (?:the|my|his|her)"
    r" (?:[\w']+ )?(?:wheels?|axle|engine|train|bus|van|tractor|semi|bike|machine)\b"
    r"|(?:n't|\bnot|\bcannot) (?:even )?(?:get up|getting up|sit up|sitting up|stand up|standing up)(?:$| (?:off|from)"
    r" the (?:road|ground|street|pavement|floor|asphalt))"
    r"|\bblood(?:'s| is)? (?:(?:just|all|still) )*(?:pouring|gushing|spurting|squirting)\b"
    r"|\bthere(?:'s| is) (?:(?:so much|a lot of|lots of|just) )*blood (?:all over|everywhere|coming)\b"
    r"(?!(?: on)? (?:the|my) (?:hood|bump\w+|grill\w*|fend\w+|wind\w+|front|paint|door))"
    r"|\b(?:stinks?|reeks?|smells) (?:(?:really|badly|so much|strongly|of|like) )+"
    r"(?:gas|gasoline|petrol|fuel|propane|smoke)\b"
    r"|\b(?:it's|it is|they're|(?:wires?|lines?|cables?|pole|box) (?:is|are)) (?:still )?(?:sparking|arcing)\b"
    r"|\b(?:wheels?|end|half|front|back)(?: [\w']+){0,3} (?:is|are|'s) (?:(?:hanging|dangling|half|halfway|partly"
    rf"|part way) )*(?:off|over) (?:of )?the (?:[\w']+ )?{_EDGE}\b(?! of (?:the|my|our) (?:driveway|lawn|curb|road"
    r"|street|lot))"
    r"|\bice(?:'s| is) (?:(?:starting to|really|now) )*(?:crack|break|cracking|breaking|giving way)\b"
    r"|\b(?:train|avalanche|tornado)(?:'s| is) coming\b"
    r"|\b(?:it|this|thing|(?:the|my) (?!boss|head|husband|wife|phone|mom|dad|son|daughter)[\w']+)(?:'s| is|'ll| will)? "
    r"(?:(?:going to|gonna|about to|might|could) )+(?:explode|blow up|blow|catch fire|go up|burst into flames)"
    r"(?=$| (?:any|soon|now|on us|with))"
    r"|\b(?:fire|flames?)(?:'s| is| are) (?:(?:still|now|really) )*(?:spreading|growing|getting (?:bigger"
    r"|worse|closer|in)|coming|under|inside|everywhere|near|close)\b"
    r"|\b(?:it|(?:the|my|our|his|her|that) (?!throat|skin|stomach|mouth|eye|ear|heart|nose|tongue)[\w']+)(?:'s| is) "
    r"(?:(?:still|now) )*burning\b(?! (?:oil|coolant|through|more|less|up the|a lot|too much|rubber off|money))"
    rf"|\b{_WHO}(?:'s|'re| is| are)? {_NOW}(?:screaming|yelling|crying|calling|begging) (?:for help|to get out"
    rf"|from inside|in there|{_INSIDE})(?! with\b)"
    r"|\blips(?:'re| are) (?:(?:turning|going|all|getting) )*(?:blue|purple|gray|grey)\b"
    r"|\b(?:is|are|got|was|been) (?:impaled|decapitated)\b|\b(?:sticking|sticks) (?:out of|through|into)"
    rf" (?:my|his|her|their) (?:{_LIMB}|stomach|belly|throat|face|eye|thigh)\b",
    "hanging|dangling|suspended|trapped|pinn|crush|wedged|slumped|unconscious|unresponsive|bleeding|not breath|not resp"
    "|out cold|squash|severed|mangled|caught|stuck|under|beneath|ting up|standing up|get up|sit up|stand up|blood|"
    "stink|reek|smells|sparking|arcing|off|over|ice|coming|explode|blow|catch fire|go up|flame|fire|burning|screaming|"
    "yelling|crying|calling|begging|lips|impaled|decapitated|sticking|sticks|there's|there is|there are",
)
"""Said as it is now, in one clause."""
NO_SIGN_OF_LIFE = hinted(
    r"\b(?:no|without a|(?:can't|cannot|couldn't) (?:find|feel|get) (?:a|his|her|the|any)"
    r"|(?:don't|doesn't|does not) (?:have|feel) a|has no|have no) pulse\b"
    r"|\b(?:(?:don't|do not) (?:think|know|believe)|can't (?:tell|say|see)|not sure|no idea)(?: (?:if|that|whether))? "
    rf"(?:he|she|they|(?:my|the|our) {_KIN}|{DOER})(?:'s|'re| is| are) (?:(?:even|still) )?(?:breathing|alive"
    r"|conscious)\b",
    "pulse|breathing|alive|conscious",
)
"""Says its own "not"."""
_PLACE = (
    r"(?:upside down|on (?:its|his|her|the|their) (?:roof|side|top|back)|(?:in|into) the (?:[\w']+ )?(?:river|water"
    r"|lake|canal|creek|pond|pool|ocean|bay|sea)|under ?water|smoking|burning|on fire|sinking)"
)
_UPSET = (
    rf"(?:{_PLACE}|rolled(?: over)?|flipped(?: over)?|overturned|(?:tipped|turned) over|through the guard ?rail"
    r"|off (?:the|a) (?:bridge|cliff|overpass)|smoke|caught fire|flames)"
)
_IS_UPSET = rf"(?:is|are|am|'s|'re|'m|[a-z]+'s|[a-z]+'re|i'm|there's) {_NOW}(?:{_PLACE}|smoke|flames)"
_SEATED = (
    r"still (?:(?:stuck|strapped|sitting|trapped|hanging|buckled) )*(?:inside|in (?:it|there|here|(?:the|my|his|her|our"
    rf"|their|that) (?!{_ELSEWHERE}\b)[\w']+))\b"
)
_SHUT = (
    r"(?:(?:can't|cannot|can not|couldn't) (?:(?:get|seem to|open|reach|budge) )+(?:(?:the|my|our|any|either) )?"
    r"(?:[\w']+ )?(?:doors?|windows?|seat ?belt|belt|out)|(?:doors?|windows?|seat ?belt|belt) "
    r"(?:(?:is|are|just|still) )*(?:won't (?:open|budge|release|come)|jammed|stuck|locked))\b"
)
STILL_INSIDE = part(
    rf"\b{_UPSET}\b.*\b{_IS} (?:(?:all|just|right) )*{_SEATED}|\b{_IS} {_SEATED}.*\b{_UPSET}\b"
    rf"|\b{_IS_UPSET}\b.*\b{_SHUT}|\b{_SHUT}.*\b{_IS_UPSET}\b",
    "still|can't|cannot|can not|couldn't|won't|jammed|stuck|locked",
)
"""In the whole of the words: what is happening around them, and that somebody is in it now."""
