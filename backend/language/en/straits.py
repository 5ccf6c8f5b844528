"""Fire, water, wires, what is locked and who attacks, in English: what happens around people, and that it is now.

All patterns are for the canonical spelling (:mod:`backend.language.en.canonical`), where an "is" may be a "has".
"""

from backend.language.en.wreck import DOER
from backend.language.hinted import part

__all__ = ["AROUND", "ATTACKED", "WITHIN"]

_KIN = (
    r"(?:wife|husband|partner|son|daughter|mom|dad|mother|father|brother|sister|grandma|grandpa|grand\w+|uncle|aunt"
    r"|friend|kids?|child|children|baby|babies|toddler|boys?|girls?|man|men|woman|women|guy|lady|people|person"
    r"|girlfriend|boyfriend|family|somebody|someone|twins|dogs?|puppy)"
)
_IS = r"(?:is|are|am)"
_HAS = r"(?:has|have|is|are|am)"
_NOW = r"(?:(?:just|still|now|all|really|already|stuck|trapped|sitting|both|right|upside down|here|\w+ly) )*"
_WATER = r"(?:river|canal|lake|pond|creek|sea|ocean|harbou?r|reservoir|stream|bayou|brook|flood|quarry|swamp|marsh|bay)"
_NO_WATER = r"(?! (?:district|view|views|house|street|road|park|area|county|city|front|side|crossing|state|avenue|inn))"
_OF_GAS = r"(?:gas|fuel|propane)"
_ABOVE = (
    r"(?:tree|branch|trunk|limb|pole|post|pylon|mast|wall|roof|ceiling|beam|bridge|crane|scaffold\w*|sign|container"
    r"|boulder|rocks?|load|logs?|pallet|girder|chimney|transformer|building)"
)
_WIRE = r"(?:wires?|cables?|pylons?|transformer|(?:power|electric\w*|utility|high voltage|overhead) (?:lines?|poles?))"
_FAR = (
    r"(?! (?:\w+ (?:of|on|in|by) (?:the|my|our|a) )?(?:street|road|yard|fence|lawn|ground|sidewalk|driveway|house"
    r"|garage|garden|field|grass|news|shed|path|bed))"
)
AROUND = part(
    r"\b(?:gone|going|goes|went) up in (?:flames|smoke)\b|\bthere (?:are|is) (?:\w+ ){0,2}flames\b"
    rf"|\b{_IS} {_NOW}(?:ablaze|blazing|alight|engulfed)\b"
    # "we are in the river", "it is gone into a lake"
    rf"|\b(?:i|we|he|she|they|(?:the|my|our|his|her) (?!house|home|boat|cabin|dock|marina|hotel|office|trip|place|kids"
    rf"|fish)\w+) {_IS} {_NOW}(?:in|under) (?:the|a|this) (?:\w+ )?{_WATER}\b{_NO_WATER}"
    rf"|\b{_HAS} (?:just )?(?:gone|driven|slid|rolled|plunged|fallen|skidded|come|ended up|dropped|run) "
    rf"(?:\w+ ){{0,4}}?(?:into|in) (?:the|a|this) (?:\w+ )?{_WATER}\b{_NO_WATER}"
    # gas
    rf"|\bhit (?:a|the|some) {_OF_GAS} (?:main|line|tank|pump|meter|pipe)|\b(?:gas|it) hissing\b"
    rf"|\b(?:can )?hear (?:the |a |some )?(?:gas|hissing)\b"
    rf"|\b{_OF_GAS} (?:{_IS} )?{_NOW}(?:everywhere|all over (?:the|us|me|my)|running (?:down|out|everywhere|across"
    rf"|along)"
    r"|pouring|gushing|spraying|hissing)\b(?! (?:prices?|so|too|expensive|the news))"
    r"|\bleaking (?:some |a |this )?(?:kind of |sort of )?(?:chemicals?|acid|ammonia|chlorine)\b"
    r"|\b(?:eyes|lungs|skin) are (?:all |really )?(?:burning|stinging|streaming)\b"
    # wires, and what lies on somebody
    rf"|\b(?:live|downed|sparking|high voltage|electric\w*|power) (?:wires?|cables?|lines?) (?:\w+ ){{0,3}}?(?:on"
    rf"|across"
    rf"|over|against|touching) (?:top of )?(?:the|his|her|their){_FAR} \w+(?= |$)"
    rf"|\b(?:pylon|transformer) (?:{_HAS} )?(?:just )?(?:came|come|fell|fallen|collapsed|landed|toppled) (?:right "
    rf"|down "
    rf"|over )*(?:on|onto|across) (?:top of )?(?:the|my|our|us|me|it|his|her){_FAR}(?= |$)"
    rf"|\b{_ABOVE} (?:{_HAS} )?(?:just |all )?(?:fallen|come down|came down|collapsed|landed|rolled|fell|toppled"
    rf"|tipped)"
    rf" (?:right |over |down )*(?:on|onto) (?:top of )?(?:us|me|him|her|them|(?:my|the|our) {_KIN})\b(?! is\b)"
    rf"|\b{_WIRE} {_IS} {_NOW}(?:lying |laying |hanging |draped |down |come down |fallen )*(?:on|onto|across|over) "
    rf"(?:top of )?(?:us|me|it|the|my|our){_FAR}(?= |$)"
    r"|\btanker\b.*\b(?:tipped|overturned|rolled|leaking|spilling|turned over)\b"
    # a near end on the road
    r"|\b(?:stopped|stuck|stalled|stranded|broken down|sitting) (?:\w+ ){0,3}?(?:on|in|round|around|past|behind) (?:a"
    r"|the) "
    r"blind (?:bend|corner|curve|hill|crest|spot)\b"
    r"|\b(?:\w+s|traffic|everybody|people) (?:are|is|keep|keeps) (?:\w+ ){0,2}?(?:missing|nearly hitting|almost hitting"
    r"|scraping past|brushing past|swerving (?:a)?round) (?:us|me)\b",
    "flames|smoke|ablaze|blazing|alight|engulfed|river|canal|lake|pond|creek|sea|ocean|harbo|reservoir|stream|bayou"
    "|brook|flood|quarry|swamp|marsh|bay|main|line|tank|pump|meter|pipe|hissing|hear|gas|fuel|propane|leaking|burning"
    "|stinging|streaming|wire|cable|pylon|transformer|tree|branch|trunk|limb|pole|post|mast|wall|roof|ceiling|beam|bridge"
    "|crane|scaffold|sign|container|boulder|rock|load|log|girder|pallet|chimney|building|tanker|blind|missing|hitting|past|swerving",
)
"""Said in one clause; what is over, or out again, is none."""
_HE = rf"(?:he|she|they|somebody|someone|{_KIN}|{DOER})"
ATTACKED = part(
    rf"\b{_HE} (?:{_IS}|keeps?) {_NOW}(?:trying to |going to )?(?:smash\w*|break\w*|kick\w*|bash\w*|punch\w*|bang\w*"
    r"|hammer\w*) (?:in |down |on |at |up )?(?:my|our|the) (?:\w+ )?(?:windows?|doors?|glass)\b"
    rf"|\b{_HE} {_IS} {_NOW}(?:beating|strangling|raping|stabbing|assaulting|mugging|robbing|dragging|throttling)"
    rf" (?:me|us|him|her|them|my \w+|(?:a|the) (?:old |young |little )?{_KIN})\b"
    rf"|\b{_HE} {_HAS} (?:just )?(?:beaten|strangled|raped|stabbed|assaulted|mugged|attacked|shot|hit|punched|kicked"
    rf"|slapped)"
    r" (?:me|us|him|her|my (?:wife|husband|son|daughter|mom|dad|kid|friend|brother|sister|partner|girlfriend"
    r"|boyfriend))\b(?! (?:from|in the (?:rear|back)|with (?:his|her|their|a|the) (?!fist|bat|knife|bottle|hammer)))"
    rf"|\b(?:there is {_HE}|{_HE} {_IS}) {_NOW}(?:breaking|forcing|climbing|smashing)(?: his| their"
    rf"| her)?(?: way)? (?:in|into)\b"
    r"(?! (?:the|my|our) (?:lane|traffic|side))"
    rf"|\b{_HE} (?:{_IS} )?{_NOW}(?:keeps? |still )?(?:ramming|running|forcing|pushing) (?:into )?(?:me|us)"
    r"(?: off the (?:road|highway)|$)"
    rf"|\b{_HE} {_HAS} {_NOW}(?:got|pulled|drawn|pulled out|taken out) (?:an? |his |her |their )?(?:\w+ )?(?:gun|knife"
    r"|pistol|machete|rifle|shotgun|axe|crowbar|bat|hatchet|taser)\b"
    rf"|\b{_HE} (?:{_HAS} )?(?:just )?(?:taken|took|snatched|grabbed|kidnapped) my (?:\w+ )?(?:baby|kids?|child"
    rf"|children"
    r"|son|daughter|little (?:boy|girl))\b(?! (?:to (?:school|the (?:hospital|doctor|er)|practice)|home|out for))",
    "window|door|glass|beat|strangl|rap|stab|assault|mugg|robb|dragg|throttl|attack|shot|hit|punch|kick|slap|breaking"
    "|forcing|climbing|smashing|ramming|running|pushing|gun|knife|pistol|machete|rifle|axe|crowbar|bat|hatchet|taser"
    "|taken|took|snatched|grabbed|kidnap",
)
"""Said as it is now."""
_INSIDE = (
    rf"(?:i|we|he|she|they|{_KIN}) {_IS} {_NOW}(?:in (?:it|there|here|the (?:back|front))|inside|trapped|stuck|under"
    r"(?:neath)?(?: it)?)(?=$| (?!(?:once|twice|every|line|house|traffic|a meeting|the (?:house|kitchen|yard))\b))"
)
_HOT = r"(?:degrees|hot|heat|boiling|roasting|panting|baking|sweltering|overheating|not moving|floppy|sun)"
WITHIN = part(
    rf"\b(?:{_WIRE}|{_ABOVE}) (?:[\w']+ ){{0,4}}?(?:on|onto|across|over|against|touching) (?:top of )?(?:the|my|our|us"
    rf"|me|his|her|it)\b.*\b{_INSIDE}"
    rf"|\b(?:went|drove|slid|rolled|plunged|fell|skidded|came|ran|veered|swerved) (?:\w+ ){{0,5}}?(?:into|in) "
    rf"(?:the|a|this) (?:\w+ )?{_WATER}\b{_NO_WATER}.*\b(?:{_INSIDE}|sinking|can not (?:open|get)|up to (?:my|our|the))"
    rf"|\block\w*\b.*\bwith (?:my|the|a|our) (?:\w+ ){{0,2}}?{_KIN} (?:still )?(?:inside|in (?:it|there|the back))\b"
    rf"|\b(?:shut|lock\w*|closed)\b.*\b(?:baby|kids?|child|children|toddler|boy|girl|son"
    rf"|daughter) {_IS} {_NOW}(?:in (?:it"
    r"|there)|inside)\b.*\bkeys?\b|\bkeys?\b.*\b(?:shut|lock\w*|closed)\b.*\b(?:baby|kids?|child|children|toddler|son"
    rf"|daughter) {_IS} {_NOW}(?:in (?:it|there)|inside)\b"
    rf"|\b(?:dogs?|puppy|puppies|cat|kittens?|pups?|animals?) (?:\w+ ){{0,4}}?(?:locked|shut|left|trapped|stuck)"
    rf"(?: up)? (?:in|inside)\b.*\b{_HOT}\b"
    rf"|\b(?:baby|kids?|child|children|toddler|boy|girl) (?:\w+ ){{0,3}}?(?:left|alone|asleep) (?:\w+ )?(?:in|inside)\b"
    rf".*\b{_HOT}\b"
    r"|\b(?:can not|will not|nobody can|no one can|do not) see (?:me|us)\b.*\b(?:lane|highway|road|dark|bend|curve|fog"
    r"|middle)\b|\b(?:lane|highway|road|dark|bend|curve|fog|middle)\b.*\b(?:can not|will not|nobody can|no one can"
    r"|do not) see (?:me|us)\b",
    "wire|cable|pylon|transformer|line|pole|tree|branch|trunk|limb|post|mast|wall|roof|ceiling|beam|bridge|crane"
    "|scaffold|sign|container|boulder|rock|load|log|pallet|girder|chimney|building|river|canal|lake|pond|creek|sea"
    "|ocean|harbo|reservoir|stream|bayou|brook|flood|quarry|swamp|marsh|bay|lock|closed|shut|left|trapped|stuck|alone|asleep"
    "|see me|see us",
)
"""In the whole of the words: what came down or went under, and that somebody is in it."""
