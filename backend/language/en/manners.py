"""What people put around an answer and that says nothing: whom they speak to, and how they swear."""

import re

from backend.language.turn_memory import remembered

__all__ = ["is_scorn", "plain_speech", "turns_aside"]

_NEVER_MEANT = frozenset("dear honey hon sweetie sweetheart darling luv ma'am madam sir miss".split())
_TO_WHOM = rf"(?:{'|'.join(sorted(_NEVER_MEANT))}|buddy|pal|bro|bruh|dude|mate|man|boss)"
_OWNING = frozenset(
    "a an the my his her our your their this that these those old young another other same one nice poor some "
    "any".split()
)
_MEANING = _OWNING | frozenset("with by and for of was is were no not as like".split())
"""Before such a word it means somebody: "it was a man", "my buddy"."""
_TRAILING = re.compile(
    rf"^(?P<rest>.*?\S)[ ,]+(?:my )?(?P<whom>{_TO_WHOM})(?P<mark>[.!?]*)$", re.IGNORECASE | re.DOTALL
)
_BEFORE_A_MARK = re.compile(rf"(?<=\w)[ ,]+{_TO_WHOM}(?=[,;.!?])", re.IGNORECASE)
_LEADING = re.compile(r"^(?:oh |well )?(?:dear(?: me| lord| god)?|man|boy|dude)[, ]+(?=\w)", re.IGNORECASE)
_SWEARS = re.compile(
    r"\b(?:fucking|fuckin'?|freaking|freakin'?|frigging|friggin'?|fricking|frickin'?|effing|flipping"
    r"|goddam+it|goddamn it|god damn(?:ed)?(?: it)?|goddamn(?:ed)?|goddam|damn(?:ed)? (?:it\b)?|dammit|damn well)\b ?",
    re.IGNORECASE,
)
_OATHS = re.compile(
    r"[, ]*\b(?:for (?:christ'?s|god'?s|heaven'?s|pete'?s|fuck'?s|crying out loud) ?(?:sake)?|jesus(?: christ)?|christ"
    r"|holy (?:shit|crap|cow|moly))\b",
    re.IGNORECASE,
)
_BEFORE_AN_ANSWER = re.compile(
    r"\b(?:hell|heck|fuck|shit|damn) (?=(?:yes|yeah|yep|yup|no|nope|right)\b)", re.IGNORECASE
)
_POLITE = re.compile(
    r"[, ]*\bif (?:you don'?t mind|you wouldn'?t mind|it's not too much trouble)\b"
    r"|(?<=\w)(?:[ ,.]+(?:(?:like|as) i (?:just |already )?(?:said|told you)(?: before| already| earlier)?"
    r"|i(?:'ve| have)? (?:already |just )+(?:told you|said|given you)(?: that| so| this| it)?(?: already| before)?)"
    r"|[,.] ?for the (?:second|third|fourth|fifth|last|hundredth|millionth|tenth) time(?: now| already)?)[.!]*$",
    re.IGNORECASE,
)
"""Behind an answer it says nothing, and its "don't" denies nothing; nor does impatience, "I already told you"."""
_REMARKS = re.compile(
    r"[, ]*\b(?:of all (?:days|nights|mornings|evenings|times|things|places|people)"
    r"|(?:can|could|would) (?:you|ya) (?:even )?believe (?:it|that)|believe it or not|if you can believe (?:it|that)"
    r"|would(?:n't| not) (?:you|ya) know(?: it)?|as luck would have it|just my luck|go figure"
    r"|(?:god|lord) (?:help|love|bless) (?:me|him|her|us|them)|bless (?:his|her|their|my)"
    r" (?:heart|soul|little heart))\b",
    re.IGNORECASE,
)
"""Say how somebody feels about what they tell, and nothing of it: "on Christmas, of all days", "believe it or not"."""
_LACKS_IT = re.compile(r"^((?:oh |well |okay )*(?:yes|yeah|yep),? )(?=is (?:all|everything)\b[^?]*$)", re.IGNORECASE)
""" "Yes is all correct", as who learned the language says it, asks nothing."""
_TO_SOMEBODY_ELSE = re.compile(
    r"^(?:yes|yeah|yep|yup)(?: (?:it is|it's right|that's (?:right|correct|it)|correct|right))?"
    r" (?!(?:please|but|and|just|so|do|don't|you|can|could|now|then|it|i|we|to|that|this|not|never|let|will|the|a|an|my"
    r"|your|no|actually|cancel|delete|file|forget|change|correct|right|or|if)\b)[a-z]+(?: please)?"
    r" (?:stop(?: it| that)?|quit it|sit (?:down|still)|put (?:that|it) down|come here|get down|be quiet|shush|hush"
    r"|leave (?:it|that|him|her)(?: alone)?|give me that|don't(?: do that)?)$"
)
""" "Yes, Emma, stop": nobody can hear for sure that it was not said to the line."""
_SPEAKS_ELSEWHERE = re.compile(
    r"\b(?:not (?:to )?you\b.*|(?:i'm|i am|i was|was|just|wasn't|not|am) (?:only )?)"
    r"(?:talking|speaking|yelling|saying that) to (?!you$)"
    r"(?:my|the|him|her|them|somebody|someone|you)\b|\b(?:not|wasn't) meant for you\b"
)
""" "Not you, I was talking to the dog"."""
_SCORN = re.compile(
    r"^(?:(?:ha|haha|oh|ooh|pff|psh|huh|well|hm|hmm) )*(?:(?:yeah|ya|yah|sure) right|as if|oh sure|yeah sure whatever"
    r"|sure whatever|yeah whatever|oh (?:just )?(?:great|wonderful|lovely|brilliant|perfect|fantastic)"
    r"|(?:that's |isn't that )?just (?:great|wonderful|lovely|brilliant)|like hell|in your dreams|you wish"
    r"|tell me another(?: one)?|if you say so)$"
)
"""Words of a yes that are mostly said in scorn; nobody can hear which it is, so it is asked once more."""


def is_scorn(said: str) -> bool:
    """Are these words of a yes mostly said in scorn, "yeah right"? ``said`` has no marks."""
    return _SCORN.match(said) is not None


def turns_aside(said: str) -> bool:
    """Is it said to somebody who is beside the caller, or may it be? ``said`` has no marks."""
    return _TO_SOMEBODY_ELSE.match(said) is not None or _SPEAKS_ELSEWHERE.search(said) is not None


@remembered
def plain_speech(text: str) -> str:
    """The words without whom they are spoken to and without swearing: "hell yes, dear" is "yes".

    The words as they are where nothing would be left.
    """
    plain = _BEFORE_AN_ANSWER.sub("", _OATHS.sub("", _SWEARS.sub("", text.replace("’", "'"))))
    plain = _LACKS_IT.sub(r"\1it ", _REMARKS.sub("", _POLITE.sub("", plain)))
    plain = _BEFORE_A_MARK.sub("", _LEADING.sub("", plain.strip()))
    while (found := _TRAILING.match(plain)) and not _is_meant(found):
        plain = found["rest"].rstrip(" ,") + found["mark"]
    plain = " ".join(plain.split()).strip(" ,")
    return plain if any(character.isalnum() for character in plain) else text


def _is_meant(found: re.Match[str]) -> bool:
    """Is it somebody that the words speak of, and not to?"""
    before = found["rest"].split()[-1].lower().strip(",")
    return before in (_OWNING if found["whom"].lower() in _NEVER_MEANT else _MEANING)
