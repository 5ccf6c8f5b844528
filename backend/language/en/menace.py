"""Somebody who is in danger of another, in English: followed, held, beaten, not free to speak."""

from backend.language.hinted import part

__all__ = ["MENACED", "STILL_HERE"]

_ARM = (
    r"(?:gun|guns|pistol|rifle|shotgun|knife|bat|baseball bat|weapon|machete|crowbar|hammer|golf club|pipe|chain"
    r"|screwdriver|blade|axe|(?:[\w']+ )iron)"
)
_ONE = (
    r"(?:he|she|they|somebody|someone|(?:(?:the|this|that|an?|some|other|another|my) )+(?:[\w']+ )?(?:guy|guys|man|men"
    r"|woman"
    r"|lady|kid|dude|person|people|ex|boyfriend|girlfriend|husband|stranger|[\w']+er|\w+ him))"
)
_IS = rf"(?:{_ONE}(?:'s| is|'re| are| keeps?| started| starts)(?: been)?)"
_DEADLY = r"(?:gun|guns|pistol|rifle|shotgun|knife|weapon|machete|axe|blade)"
_NOW = r"(?:(?:still|now|just|right|like|coming|actually|trying|walking|running) )*"
MENACED = part(
    # "he's following me": not "following me too closely", which tells how it came to the damage
    rf"\b{_IS} {_NOW}(?:following|tailing|stalking|chasing|hunting|after|coming (?:after|at|for|toward|towards))"
    r" (?:me|us|her|him)\b(?! (?:too|so|very|really|pretty|way|home|to the (?:shop|garage|station|police)|in (?:his|her"
    r"|their|the|our|a)|about))"
    r"|\b(?:i'm|we're|i am|we are|i think i'm|think we're) being (?:followed|chased|stalked|attacked|beaten|robbed"
    r"|mugged"
    r"|carjacked|threatened|shot at|hunted|held|watched)\b"
    rf"|\b{_ONE} (?:won't|will not|doesn't|is not going to|isn't going to) let (?:me|us|her|him|them) "
    r"(?:go|leave|out|move|get (?:out|away)|call)\b(?! (?:the|to work|with|until|through|in the))"
    rf"|\b(?:he's|she's|they're|is|are|still) (?:still )?(?:pointing|aiming|waving) (?:the|that|this|a) {_DEADLY}\b"
    r"|\b(?:he's|she's|they're|guy's) (?:still |now )?(?:banging|pounding|kicking|beating) (?:on|at"
    r"|in) the (?:\w+ )?(?:window"
    r"|windows|door|doors)\b"
    rf"|\b(?:swinging|waving|holding|carrying|brandishing|coming at (?:me|us) with|pulled|pulled out|pulling|has got"
    rf"|got out with|came out with|comes out with|standing there with|'s got|has) (?:out )?(?:an?|his|her|their) "
    rf"{_ARM}\b"
    # "he's still here with a knife": not "he was there with his hammer", which may be a neighbor's help
    rf"|\b{_IS} (?:(?:still|now|just|right|standing|sitting|waiting|here|there|outside|around|in front of (?:me|us)) )+"
    rf"with (?:an?|his|her|their) (?:[\w']+ )?{_DEADLY}\b"
    rf"|\bthere(?:'s| is) {_ONE} (?:(?:here|there|outside|right|standing) )*with (?:an?|his|her) (?:[\w']+ )?"
    rf"{_DEADLY}\b"
    rf"|\b{_ONE} (?:just |keeps? |is |'s )?(?:punched|punching|slapped|slapping|choked|choking|strangled|beat|beating"
    r"|kicked|kicking|assaulted|attacked|dragged|stabbed) (?:me|us|him|her|my (?:wife|husband|son|daughter|kid|mom"
    r"|mother|dad|father|friend|partner|brother|sister))\b"
    r"(?! (?:to|through|out of the way))"
    r"|\b(?:he|she|(?:boyfriend|girlfriend|ex|husband|guy|man|stranger|somebody|someone|partner))(?:'s| is) "
    r"(?:(?:right|still|now|standing|waiting|sitting|parked|just|here|pounding|banging|yelling|screaming) )*"
    r"(?:outside|at|in front of|on|behind) (?:of )?my (?:door|house|window|apartment|place|building|porch|home"
    r"|bedroom)\b"
    r"|\b(?:he|she|they)(?:'s|'re| is| are) (?:listening|watching me)\b(?! (?:too|in|on|to|as well))"
    r"|\b(?:he|she|they)(?:'ll| will| can| might|'s going to)? hear me\b"
    r"|\b(?:i'm|i am|we're|we are) (?:(?:still|just|now) )?(?:hiding|held hostage|locked in the bathroom)\b"
    r"|\b(?:says|said|saying|yelling|screaming|shouting)(?: that)? (?:he|she|they)(?:'s|'ll|'re| is| are| will)? ?"
    r"(?:going to |gonna |about to )?(?:kill|hurt|shoot|stab|beat|find|get) (?:me|us|him|her)\b"
    r"|\b(?:he|she|they)(?:'s|'re|'ll| is| are| will) (?:going to |gonna |about to )?(?:hurt|shoot|stab|beat|attack) "
    r"(?:me|us|her|him)\b"
    r"|\b(?:afraid|scared|terrified) (?:that )?(?:he|she|they)(?:'s|'ll|'re| is| are| will| might| may)? ?(?:going to "
    r"|gonna )?(?:kill|hurt|come (?:back|after)|find me|shoot|beat)\b|\b(?:scared|afraid|fear|fearing) for my life\b",
    "bang|pound|window|door|aiming|pointing|"
    "afraid|fear|scared|terrified|following|tailing|stalking|chasing|hunting|after|coming|being|let |a |an |his |her |"
    "their |punch|slapp|chok|strangl|beat|kick|assault|attack|dragg|stab|my |listening|watching me|hear me|hiding|"
    "hostage|bathroom|kill|hurt|shoot|find|get|"
    "gun|pistol|rifle|knife|bat|weapon|machete|crowbar|hammer|golf|pipe|chain|screwdriver|blade|axe|iron",
)
"""Said as it is now."""
STILL_HERE = part(
    r"\b(?:robbed|mugged|attacked|carjacked|broke in|broken in|breaking in|stabbed|shot)\b.*\b(?:he's|she's"
    r"|they're|they "
    r"are|he is|she is) (?:(?:still|right|all|just|now) )*(?:here|inside|outside|downstairs|upstairs|in the (?:house"
    r"|building|kitchen|garage))\b",
    "robbed|mugged|attacked|jacked|broke|break|stabbed|shot",
)
"""In the whole of the words: who has robbed or attacked, and has not gone."""
