"""How another language is asked for in English: "can we do this in Spanish", "I don't speak English well, Spanish"."""

from backend.language.asking_language import AskingLanguage

__all__ = ["asks_for_language"]

_MAY = (
    r"(?:(?:can|could|may|might|would|will|should|shall|do|does) (?:you|we|i|this|it|anybody|anyone|somebody|someone)"
    r"(?: (?:please|also|maybe|possibly|even|all|guys|just|be able to|happen to|here|there))*"
    r"|is it (?:possible|okay|ok|all right) (?:to|if (?:we|i|you)|for (?:us|me|you) to)|are you able to|let's|let us"
    r"|let me|i'd (?:like|prefer|rather|love|need)(?: to)?|is there (?:anybody|anyone|somebody|someone)"
    r"(?: (?:who|that|here|there|can|could))*"
    r"|i (?:want|wanna|wanted|need|prefer|would (?:like|prefer|rather|love)|can|could|only|just|also|feel better"
    r"|am better)(?: (?:to|just|only|better|if we))*)"
)
_SPEAK = (
    r"(?:(?:speaks?|talks?|speaking|talking|do|doing|have|continue|go on|carry on|keep going|go|switch|change|say|use"
    r"|hear|read|explain|answer|understand|be|done|proceed|communicate)"
    r"(?: (?:this|it|that|everything|the rest|the call|the conversation|with (?:me|you|us|someone|somebody)"
    r"|to (?:me|you|us|someone|somebody)|over|all|my|your|some))*(?: (?:in|en|into|to|over to))?)"
)

asks_for_language = AskingLanguage(
    code="en",
    plain=str,
    filler=(
        r"(?:(?:um|uh|er|erm|oh|ah|hmm|hm|well|so|and|but|okay|ok|yes|yeah|no|please|sorry|i'm sorry|excuse me|wait"
        r"|hey|hello|hi|good (?:morning|afternoon|evening)|now|then|thanks|thank you|sir|ma'am|miss|actually) )*"
    ),
    not_well=(
        r"(?:i (?:don't|do not|can't|cannot|no|not)(?: (?:really|even))? (?:speak|understand|know)"
        r"(?: (?:much|good|very good|very well|well|any|a lot of|too much|so much|that much|the))* NAME"
        r"(?: (?:very|so|too|that|all that|good|well|much))*|not (?:much|good|so good) NAME"
        r"|my NAME (?:is|isn't)(?: (?:not|no|very|so|too|really|that|a little|a bit))* (?:good|bad|poor|well|great"
        r"|weak))(?: (?:so|but|and|please|sorry|only|just))*"
    ),
    wish=rf"(?:(?:{_MAY} )?{_SPEAK} |{_MAY} (?:(?:in|en) )?|(?:in|en) |i (?:only |just )?speak )?",
    tail=(
        r"(?: (?:please|sorry|now|then|thanks|thank you|sir|ma'am|miss|instead|with me|to me|with you|for me|better"
        r"|at all|by any chance|if possible|if you can|if that's okay|or not|or no|here|there|too|only|it's easier"
        r"|is better|would be better))*"
    ),
)
"""The code of the language that the whole of the words asks for; empty where they ask for none."""
