"""What people say about waiting: that they need a moment themselves, or that they will wait no longer."""

import re

from backend.language.tokens import words

__all__ = ["asks_for_time", "calls_off", "is_hesitation"]

_TIME = r"(?:moment|second|minute|sec|min|bit|momentito|momento|segundo|minuto)"
_ASKS = re.compile(
    r"\b(?:hold|hang) on\b(?! to\b)"
    r"|\bbear with me\b"
    r"|\b(?:just|only|give me|wait|need|in|gimme|takes?) (?:just |only )?"
    rf"(?:a|one|another|two|a couple of) {_TIME}s?\b"
    rf"|^(?:a|one|two|un|uno) {_TIME}s?\b"
    r"|\blet me (?:just |quickly )?(?:find|get|grab|fetch|check|look|see|think|pull|open|go|dig|search|ask)\b"
    r"|\bi (?:will|have to|need to|must|gotta|am going to|want to) (?:just |quickly )?(?:go |have to )?"
    r"(?:find|get|grab|fetch|check|look|dig|search)\b"
    r"|\bi am (?:still |just )?(?:looking|searching|checking)\b"
    r"|\b(?:stay|wait) (?:there|here|on the line)\b|\bdo not hang up\b|\bstill looking\b"
    r"|\b(?:espere|espera|esperen)\b"
)
_PAST = re.compile(rf"\b{_TIME}s? (?:ago|later|after|before|earlier|walk|drive)\b")
_NO_MORE = re.compile(
    r"\b(?:stop|cancel|forget (?:it|that|about)|never ?mind|go back|no need|changed my mind|call it off"
    r"|do not (?:bother|connect|transfer|put)|(?:rather|just) (?:go on|continue|stay|talk) with you"
    r"|(?:go on|continue|stay) with you|(?:cannot|will not|do not want to) wait)\b"
)
_HESITATIONS = frozenset("uh um er hmm hm mm erm ah oh okay ok so well and now let's see where is it the my".split())
_LONGEST = 16
_SHORT_FORMS = {
    "i'll": "i will", "i'm": "i am", "i've": "i have", "don't": "do not", "won't": "will not", "can't": "cannot",
    "i'd": "i would", "didn't": "did not", "lemme": "let me",
}  # fmt: skip
_LEAD = frozenset("uh um er hmm oh okay ok yes yeah sure well so please sorry and hi hey alright".split())


def asks_for_time(text: str) -> bool:
    """Does the speaker ask to be waited for ("hold on", "let me find my papers")?

    Who goes on to say what they were asked for needs no waiting; a long utterance is a story.
    """
    tokens = _plain(text)
    if not tokens or len(tokens) > _LONGEST:
        return False
    while len(tokens) > 1 and tokens[0] in _LEAD:
        tokens = tokens[1:]
    plain = " ".join(tokens)
    return bool(_ASKS.search(plain)) and not _PAST.search(plain)


def calls_off(text: str) -> bool:
    """Does somebody who is being connected want to be connected no longer ("never mind", "stop")?"""
    return bool(_NO_MORE.search(" ".join(_plain(text))))


def is_hesitation(text: str) -> bool:
    """Is it only the mumbling of somebody who is looking for something?"""
    return all(token in _HESITATIONS for token in words(text))


def _plain(text: str) -> list[str]:
    return " ".join(_SHORT_FORMS.get(token, token) for token in words(text)).split()
