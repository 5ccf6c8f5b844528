"""Somebody who speaks of ending or harming their own life, or of another who does, in English."""

import re

from backend.language.en.figures_of_speech import without_figures
from backend.language.hinted import hinted
from backend.language.tokens import words

__all__ = ["despairs"]

_SELF = r"(?:myself|ourselves|himself|herself|themselves|themself)"
_MEANS_TO = (
    r"(?:want(?:s|ed|ing)? to|wanna|going to|gonna|about to|tr(?:y|ies|ying) to|plan(?:s|ning)? (?:to|on)|feel like"
    r"|feels like|feeling like|thinking (?:of|about)|thought about|think about|threatening to|threatens to|ready to"
    r"|might|may|will|i'll|he'll|she'll|they'll|should|rather|let me|wish i could|could just)"
)
_HAPPENED = (
    r"(?! (?:i|he|she|they|we) (?:(?:really|badly|just|also|actually|probably|kind of|sort of) )*(?:hurt|cut)\b)"
)
""" "I feel like I hurt myself", "I may have cut myself" tell what the crash did."""
_BETWEEN = r"(?:(?:kind|sort) of |(?!have\b(?! to\b)|of\b)[\w']+ ){0,2}?"
_DEEDS = hinted(
    rf"\b{_MEANS_TO}{_HAPPENED} {_BETWEEN}(?:kill|killing|hurt|hurting|harm|harming|cut|cutting|shoot|shooting|hang"
    rf"|hanging) {_SELF}\b"
    rf"|\bkill(?:ing)? {_SELF}\b"
    r"|\b(?:end|ending|take|taking) (?:my|his|her|their) (?:own )?life\b"
    r"|\b(?:end it all|ending it all|do(?:ing)? away with myself|throw(?:ing)? myself (?:off|in front|under))\b"
    r"|\bjump(?:ing)? off (?:the|a|this) (?:bridge|roof|building|overpass)\b"
    r"|(?<!was )(?<!were )\b(?:want to|wanna|going to|gonna|about to|thinking (?:of|about)|feel like) (?:just )?"
    r"(?:driv(?:e|ing)|walk(?:ing)?|step(?:ping)?|jump(?:ing)?|run(?:ning)?"
    r"|steer(?:ing)?) (?:[\w']+ ){0,3}?(?:off (?:the|a"
    r"|this) (?:bridge|cliff|pier|overpass|edge|roof)|into (?:a|the) (?:wall|tree|train|river|lake|oncoming \w+)"
    r"|in front of (?:a|the) (?:train|bus|\w+))\b(?! parking)"
    r"|\bsuicidal\b|\b(?:commit|committing|attempt|attempting|thinking of|thinking about|thoughts of|consider"
    r"|considering) suicide\b",
    "off |into |in front of|"
    "end it all|ending it all|herself|himself|jump|life|myself|ourselves|suicidal|suicide|themself|themselves",
)
_SOMEWHERE = r"(?:with|in|on|at|near|next|close|around|by|here(?! any ?more)|there|up|my|the|him|her|them|this way)\b"
_OUT_THERE = (
    r"\b(?:stood|standing|sitting|sat|i'm|i am) (?:up |out |over )*on (?:the|a) (?:bridge|ledge|parapet|railing|edge"
    r"|roof|rooftop|train tracks|overpass)\b"
)
_HOPELESS = (
    r"(?:nothing left|no point|goodbye|done with (?:everything|it all|life)|can't go on|cannot go on"
    r"|(?:nobody|no one) (?:cares|will care))\b"
)
_LIFE = hinted(
    r"\b(?:don't|do not|doesn't|does not|didn't|no longer|not) (?:really |even |just )?(?:want to|wanna|wants to) "
    r"(?:live|be alive|go on living|keep living|wake up|exist|be here any ?more|be around any ?more)\b"
    rf"(?! {_SOMEWHERE})"
    r"|\b(?:want to|wants to|wanna|going to|gonna|ready to|rather) (?:just )?(?:die|be dead)\b(?! (?:of|from|laughing"
    r"|on me|for a|at it|any))"
    r"|\b(?:i'm|i'd be|i am|i would be|everyone(?:'d| would) be|they'd be|you'd be|all) (?:all )?better off"
    r" (?:dead|without me)\b"
    r"|\bwish i (?:was|were|had been|could be) (?:dead|never born)\b|\bwish i (?:had|'d|would"
    r"|could) (?:just )?(?:died?)\b"
    r"|\bwish i'd died\b|\bwish (?:i|it|he|she|they|that|the [\w']+)(?: [\w']+){0,2}? (?:had|would have|would've"
    r"|could have"
    r"|'d) (?:just |only )*(?:killed|finished|taken|ended|run over) me\b|\bwish (?:it|he|they|that|the [\w']+)'d "
    r"(?:just )?"
    r"(?:killed|finished) me\b|\bshould(?:'ve| have) (?:just )?(?:killed me|let me (?:die|go)|finished me)\b"
    r"|\b(?:wish|hoped?|hoping|sorry|pity|shame|too bad) (?:that )?i (?:survived|had(?:n't| not) (?:survived|made it"
    r"|woken up"
    r"|woke up)|didn't (?:survive|die|wake up)|never (?:woke|made it))\b"
    r"|\b(?:won't|don't want to|not going to) (?:be here|be around) (?:much longer|any ?more)\b"
    r"|\b(?:nobody|no one) (?:would|will) (?:miss me|care if i)\b|\b(?:can't|cannot|can not) (?:take|do|bear|stand) "
    r"(?:it|this"
    r"|life|living) any ?more\b.*\b(?:end|die|over|done|goodbye)\b|\bsay(?:ing)? goodbye to (?:everyone|my (?:kids"
    r"|family|life))\b"
    r"|\b(?:nothing|no reason|not worth|isn't worth|no point)(?: left)? (?:to live for|to live|living|in living)\b"
    r"|\bno point (?:in|to) me(?=$| (?:any ?more|now|being|living|existing|carrying|going|i'm|i am)\b)"
    rf"|{_OUT_THERE}.*\b{_HOPELESS}|\b{_HOPELESS}.*{_OUT_THERE}"
    r"|\b(?:bottle|box|handful|packet|pile|whole lot) of (?:[\w']+ )?(?:pills|tablets)\b.*\b(?:nobody|no one|no point"
    r"|what's the point|goodbye|end it|over|care|sorry)\b"
    r"|\b(?:can't|cannot|can not) (?:go on|keep) living\b"
    r"|\b(?:can't|cannot|can not) (?:go on|keep going)\b.*\b(?:want|wish|hope)\w* (?:it|this|everything) (?:all )?to "
    r"(?:end|stop|be over)\b|\btired of (?:living|being alive)\b",
    "be around any|be here any|better off|exist|going to|gonna|isn't worth|live|living|no point|no reason|"
    "not worth|nothing|rather|ready to|tired of|wake up|wanna|want to|wants to|wish|hope|hoping|sorry|pity|shame|"
    "too bad|have|be here|be around|miss me|care if|any more|anymore|goodbye|"
    "go on|keep going|pills|tablets|longer|more|should|die|bridge|ledge|parapet|railing|edge|roof|tracks|overpass",
)
_DENIED = re.compile(
    r"(?:\bnot|n't|\bnever|\bnobody|\bno one|\bwithout|\bnearly|\balmost|\bcould have|\bcould've|\bwould have"
    r"|\bcan't even)"
    r"(?: (?:really|even|just|going to|gonna|want to|wanna|wants to|trying to|about to|planning to|be|being|thinking of"
    r"|thinking about|feeling|at all))*$"
    r"|\bthought [\w']+ (?:was|were)$|\b(?:music|wait|waiting|queue|weather|traffic|prices?|paperwork|bills?|menus?)"
    r" (?:just |really |always )*makes? me$"
)
""" "I'm not going to kill myself over it", "I almost killed myself": what comes right before it takes it back."""


def despairs(text: str) -> bool:
    """Does somebody want to die, or to harm themselves? A near miss in the crash, and a denial, are no wish."""
    return _means_it(text) and ((plain := without_figures(text)) == text or _means_it(plain))


def _means_it(text: str) -> bool:
    said = " ".join(words(text))
    deeds = any(not _DENIED.search(said[: found.start()].rstrip()) for found in _DEEDS.finditer(said))
    return deeds or any(not _is_fear(said[: found.start()], found.group()) for found in _LIFE.finditer(said))


def _is_fear(before: str, found: str) -> bool:
    """ "I don't want to die" says the opposite, and "nobody wants to die here" does too."""
    negated = re.match(r"(?:don't|do not|doesn't|does not|didn't|no longer|not)\b", found)
    return not negated and bool(_DENIED.search(before.rstrip()))
