"""Takes out of a growing text what is not meant for an ear: thoughts, tool calls written as text, code, directions.

Models that think aloud, and hosts that do not read a model's own marks, put such things into an answer. What may yet
turn out to be one of them is held back, so nothing of it is let through, wherever the stream is cut.
"""

import re

__all__ = ["Unspeakable"]

_LONGEST_TAG = 120
_LONGEST_HELD = 4000
"""Characters of an element or bracket whose end is waited for."""

_PLAIN_TAGS = frozenset(
    (
        "a abbr answer b big blockquote body br center cite dd del div dl dt em emphasis final font h1 h2 h3 h4 h5 h6 "
        "head hr html i ins lang li main mark message ol output p prosody q reply response s say say-as section small "
        "span speak speech strong sub sup table tbody td text tfoot th thead tr tt u ul voice"
    ).split()
)
"""Elements whose words are an answer's own; only the tags go."""

_HIDDEN_TAGS = re.compile(
    r"think|thought|reason|reflect|analy|scratch|monolog|plan\b|planning|internal|hidden|private|secret|tool|function|"
    r"invoke|param|call|action|observ|result|json|xml|code|script|style|system|context|memory|note|tactic|draft",
    re.IGNORECASE,
)
"""Elements that hide what is in them even where their end is missing."""

_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)([^<>]*?)(/?)>")
_TAG_BEGINS = re.compile(r"<(?:/?(?:[A-Za-z][\w:.-]*[^<>]*)?)?\Z")
_MARK = re.compile(r"<[|｜]([^<>|｜]*)[|｜]>")
_MARK_BEGINS = re.compile(r"<[|｜][^<>|｜]*[|｜]?\Z")
_COMMENT = "<!--"
_CHANNEL_END = re.compile(r"<\|(?:end|call|return)\|>|(?=<\|(?:start|channel)\|>)")
_CHANNEL = re.compile(r"\s*(\w*)[^<]*<\|message\|>")
_MESSAGE = re.compile(r"<\|message\|>|(?=<\|channel\|>)")

_OPENER = re.compile(r"```|~~~|[<{\[]|(?<![\w@.])[A-Za-z]\w*(?:[._]\w+)+\(", re.ASCII)
_MAY_OPEN = re.compile(r"(?<![\w@])[A-Za-z][\w.@-]*\Z|[`~]{1,2}\Z", re.ASCII)
_DATA = re.compile(r"\[\s*[\[{\"]")
_NEVER = re.compile(r"(?!)")
_BRACKETS = {"{": "}", "[": "]", "(": ")"}


class Unspeakable:
    """Fed with a model's text; lets through what may be spoken, as soon as that is certain."""

    def __init__(self) -> None:
        self._rest = ""
        self._hidden: re.Pattern[str] | None = None
        """What ends the passage that is being left out."""

    def feed(self, text: str) -> str:
        """Some more of it; gives what may be passed on now."""
        self._rest += text
        if self._hidden is None and _OPENER.search(self._rest) is None:
            return self._plain()  # which most of a text is
        return self._advance(ended=False)

    def finish(self) -> str:
        """The text is complete; gives the rest of what may be passed on."""
        return self._advance(ended=True)

    def _advance(self, *, ended: bool) -> str:
        let = ""
        while self._rest:
            if self._hidden is not None:
                if not self._leave_hidden(ended=ended):
                    break
                continue
            found = _OPENER.search(self._rest)
            if found is None:
                let += self._rest if ended else self._plain()
                self._rest = "" if ended else self._rest
                break
            let += self._rest[: found.start()]
            self._rest = self._rest[found.start() :]
            passed = self._open(found.group(), ended=ended)
            if passed is None:
                break
            let += passed
        return let

    def _plain(self) -> str:
        """Text without an opener; its last word may still become one."""
        let, word = self._rest, _MAY_OPEN.search(self._rest)
        if word is None or len(let) - (at := word.start()) >= _LONGEST_TAG:
            self._rest = ""
            return let
        self._rest = let[at:]
        return let[:at]

    def _leave_hidden(self, *, ended: bool) -> bool:
        assert self._hidden is not None
        end = self._hidden.search(self._rest)
        if end is not None:
            self._rest, self._hidden = self._rest[end.end() :], None
            return True
        self._rest = "" if ended else self._rest[-_LONGEST_TAG:]  # its end may be here in part
        return False

    # Each of the following deals with the opener at the beginning of the rest. It gives what is let through of it, or
    # ``None`` while that is not known.

    def _open(self, opener: str, *, ended: bool) -> str | None:
        if opener[0] in "`~":
            return self._hide(len(opener), re.compile(re.escape(opener)))
        if opener == "<":
            return self._angle(ended=ended)
        if opener == "[":
            return self._square(ended=ended)
        if opener == "{":
            return self._drop_balanced(0, ended=ended)
        return self._drop_balanced(len(opener) - 1, ended=ended)  # a call: a name, and its arguments

    def _hide(self, length: int, end: re.Pattern[str]) -> str:
        self._rest, self._hidden = self._rest[length:], end
        return " "

    def _skip(self, length: int) -> str:
        self._rest = self._rest[length:]
        return " "

    def _angle(self, *, ended: bool) -> str | None:
        rest = self._rest
        if rest.startswith(_COMMENT):
            return self._hide(len(_COMMENT), re.compile("-->"))
        if mark := _MARK.match(rest):
            return self._mark(mark, ended=ended)
        if tag := _TAG.match(rest):
            return self._tag(tag, ended=ended)
        short = len(rest) < _LONGEST_TAG
        begins = _COMMENT.startswith(rest) or _TAG_BEGINS.match(rest) or _MARK_BEGINS.match(rest)
        if begins and short and not ended:
            return None
        if begins and len(rest) > 1:
            return self._hide(1, re.compile(">"))
        self._rest = rest[1:]
        return "<"

    def _mark(self, mark: re.Match[str], *, ended: bool) -> str | None:
        """A mark of a model's own, as of the channels in which some keep thoughts and calls."""
        name = mark.group(1).strip().lower()
        if name == "start":
            return self._hide(mark.end(), _MESSAGE)
        if name != "channel":
            return self._skip(mark.end())
        head = _CHANNEL.match(self._rest, mark.end())
        if head is None and not ended and len(self._rest) < _LONGEST_TAG:
            return None
        if head and head.group(1).lower() == "final":
            return self._skip(head.end())
        return self._hide(mark.end(), _CHANNEL_END)

    def _tag(self, tag: re.Match[str], *, ended: bool) -> str | None:
        closing, name, empty = tag.group(1), tag.group(2).lower(), tag.group(4)
        if closing or empty or name in _PLAIN_TAGS:
            return self._skip(tag.end())
        end = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)
        if _HIDDEN_TAGS.search(name):
            return self._hide(tag.end(), end)
        # An element that nobody knows is left out with its words; a name in angle brackets has no end.
        if found := end.search(self._rest, tag.end()):
            return self._skip(found.end())
        if not ended and len(self._rest) < _LONGEST_HELD:
            return None
        return self._skip(tag.end())

    def _square(self, *, ended: bool) -> str | None:
        """A direction or a mark is left out; a link keeps its words."""
        end = _balanced(self._rest, 0)
        if end is None and not _DATA.match(self._rest) and (len(self._rest) > _LONGEST_TAG or "\n" in self._rest):
            return self._skip(1)
        if end is None:
            return self._unbalanced(ended=ended)
        label, after = self._rest[1 : end - 1], self._rest[end : end + 1]
        if not after and not ended:
            return None
        if after != "(":
            return self._skip(end)
        target = _balanced(self._rest, end)
        if target is None and not ended and len(self._rest) < _LONGEST_HELD:
            return None
        self._rest = self._rest[target or len(self._rest) :]
        return label

    def _drop_balanced(self, at: int, *, ended: bool) -> str | None:
        end = _balanced(self._rest, at)
        return self._unbalanced(ended=ended) if end is None else self._skip(end)

    def _unbalanced(self, *, ended: bool) -> str | None:
        """What has no end is left out to the end of the text."""
        if ended or len(self._rest) >= _LONGEST_HELD:
            return self._hide(len(self._rest), _NEVER)
        return None


def _balanced(text: str, at: int) -> int | None:
    """Where the bracket at ``at`` ends, those in quotation marks not counted; ``None`` where it does not."""
    opening, closing = text[at], _BRACKETS[text[at]]
    depth, quoted, escaped = 0, False, False
    for index in range(at, len(text)):
        character = text[index]
        if escaped:
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"':
            quoted = not quoted
        elif not quoted and character == opening:
            depth += 1
        elif not quoted and character == closing:
            depth -= 1
            if depth == 0:
                return index + 1
    return None
