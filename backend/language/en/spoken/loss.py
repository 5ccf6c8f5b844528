"""Does somebody report that something has happened: an accident, a theft, damage?"""

import re

from backend.language.tokens import words

__all__ = ["reports_loss"]

_EVENT = (
    r"(?:accident|crash|collision|wreck|fender bender|hit and run|incident|theft|break ?in|burglary|vandalism|damage"
    r"|dent|fire|flood|hail|loss)"
)
_REPORT = re.compile(
    rf"\b(?:report|file|filing|make|making|open|start|submit|register|lodge|put in|tell you about|call(?:ing)? about)\b"
    rf" (?:[\w'-]+ ){{0,5}}?(?:{_EVENT}|claim)s?\b"
    rf"|\b(?:this|it|that)(?:'s| is| was) about (?:[\w'-]+ ){{0,3}}?{_EVENT}\b"
    rf"|\b{_EVENT} (?:that |which )?(?:i|we|he|she|they|my \w+) (?:just |have |has )?had\b"
    r"|\bnew claim\b|\bclaim to (?:report|file|make|open)\b|\breport (?:it|this|that|something)\b"
)
_THERE_WAS = re.compile(
    rf"\b(?:had|have had|having|got in(?:to)?|(?:was|been|were|am|are|we're|i'm) (?:just )?in(?:volved in)?|"
    rf"there(?:'s| is| was| has| were|'s been)|has been|just had)\b (?:[\w'-]+ ){{0,4}}?{_EVENT}s?\b"
)
_HAPPENED = re.compile(
    r"\b(?:hit|hits|struck|rear-? ?ended|side-? ?swiped|t-? ?boned|crashed|smashed|totall?ed|wrecked|stole|stolen"
    r"|scratched|dented|dinged|vandali[sz]ed|keyed|broke into|broken into|ran into|run into"
    r"|(?:backed|drove|ran|crashed|pulled|rolled) (?:[\w'-]+ ){0,3}?into"
    r"|(?:messed|banged|busted|tore|beat|smashed) up"
    r"|slammed (?:[\w']+ ){0,3}?into|bumped|clipped|nudged|collided|damaged|rolled over|skidded|flooded|burned|burnt"
    r"|scraped|shattered|caught fire|fell (?:on|onto|over|into|off)|fallen (?:on|onto|over)|ran over|came down on"
    r"|came off|landed on|blew (?:[\w']+ ){0,3}?(?:off|onto|into|over)|flew (?:up|into|onto)|cracked|slid|spun|flipped"
    r"|tipped over|broke(?! down)|drove off|rolled (?:back|forward|into|down)|(?:took|tore|ripped|knocked) (?:off|out)"
    r"|pushed (?:[\w']+ ){0,3}?into|swerved|lost control|went off the|went into (?:a|the|my)"
    r"|ended up in (?:a|the|some) (?:[\w']+ )?(?:ditch|fence|field|tree|river|median|wall|hedge|yard|pole)"
    r"|ran (?:me|us) off|(?:ran|jumped|stopped|braked|pulled out|walked|stepped) in front of"
    r"|in front (?:stopped|braked)"
    r"|lying on|lies on|is on my (?:car|truck|van|hood|roof)|sitting on my"
    r"|stuck under|bent|crushed|went through|smacked|plowed into|rammed)\b"
)
_SOMEBODYS = frozenset(
    "i me my mine we us our car truck van suv someone somebody guy lady driver he she they bumper windshield "
    "another it wife husband son daughter mother father".split()
)
_THING = (
    r"(?:car|cars|truck|van|suv|pickup|minivan|jeep|motorcycle|bike|trailer|windshield|windscreen|window"
    r"|windows|mirror|mirrors|bumper|door|doors|hood|trunk|roof|fender|headlight|taillight|light|lights|converter|wheel"
    r"|wheels|rim|tire|tires|sunroof|plate|plates|garage|side|back|front|engine|paint)"
)
_BAD_STATE = re.compile(
    rf"\b(?:my|our|his|her|the) (?:[\w'-]+ ){{0,3}}?{_THING} (?:[\w']+ ){{0,2}}?"
    r"(?:gone|missing|taken|broken|hanging|bent|smashed|shattered|cracked|leaking|ruined|destroyed|dented|scratched"
    r"|damaged|totaled|wrecked|flooded|torn|crushed|got hit|been hit|was hit)\b"
    rf"|\b(?:my|our|the) (?:[\w'-]+ ){{0,3}}?{_THING} (?:has|have|had|got)(?: got)? (?:[\w'-]+ ){{0,3}}?"
    r"(?:dents?|scratch\w*|hole|crack|damage|scrape)\b"
    rf"|\b(?:hole|dent|scratch|scratches|crack|scrape) (?:in|on|along|across) (?:my|our|the) (?:[\w'-]+ )?{_THING}\b"
    r"|\b(?:been|got|getting) hit\b|\b(?:got|went) in(?:to)? a (?:ditch|wall|fence|pole|tree|post|guard ?rail)\b"
    r"|\bafter (?:hitting |i hit )?a pothole\b|\b(?:little|small|slight|bad) mishap\b|\bwater (?:got|came) in(?:to)?\b"
)
_BARE = re.compile(
    r"^(?:(?:uh|um|hi|hello|hey|yes|yeah|good|morning|afternoon|evening|well|a|an|my|the|car|auto|new|i|we|want|need"
    r"|to|make|file|just) )*(?:claim|mishap|windshield|windscreen|glass damage|broken glass)"
    r"(?: please| thanks)?$"
)
_CONDITION = re.compile(
    r"\b(?:if|in case|suppose|what happens when|whenever) (?:[\w']+ ){0,3}?"
    r"(?:had|have|hit|hits|get|gets|crash|crashes|steals|stole|damages|damaged|were|was|is|are|happens|falls?|fell)\b"
)
_COVERAGE = re.compile(r"\b(?:cover(?:s|ed|age)?|deductible|premium|my policy|rental|pay for)\b")
_QUESTION = re.compile(
    r"^(?:(?:uh|um|so|and|hi|hello|hey|well) )*"
    r"(?:what|what's|is|are|does|do|did|can|could|would|will|how|when|where|who|am|have you)\b"
    r"|\bquestion\b|\bstatus\b|\b(?:(?:to|you) know|wondering|ask) (?:if|whether)\b"
)
_EARLIER = re.compile(
    r"\b(?:my|our|the|an?|that) (?:existing|open|old|last|current|earlier|previous|pending) claim\b"
    r"|\bclaim i (?:have )?(?:filed|made|reported|opened)\b|\bclaims? (?:status|number|check|payment|adjuster)\b"
    r"|\babout (?:my|the|our) claim\b"
)
_DENIED = re.compile(r"\b(?:not|never|haven't|didn't|wasn't|no)\b (?:[\w']+ ){0,4}?(?:accident|crash|claim|damage)\b")
_SHORT = 6


def reports_loss(text: str) -> bool:
    """Is a loss reported here? A question about coverage or about an earlier claim is no report."""
    said = " ".join(words(text))
    if _EARLIER.search(said) or _DENIED.search(said):
        return False
    if _REPORT.search(said) or _BARE.match(said):
        return True
    if _CONDITION.search(said):
        return False
    if _THERE_WAS.search(said):
        return True
    if _COVERAGE.search(said) or _QUESTION.search(said):
        return False
    tokens = said.split()
    if (_HAPPENED.search(said) and _SOMEBODYS & set(tokens)) or _BAD_STATE.search(said):
        return True
    named = re.search(rf"\b{_EVENT}\b", said) and "no" not in tokens
    return len(tokens) <= _SHORT and bool(named)
