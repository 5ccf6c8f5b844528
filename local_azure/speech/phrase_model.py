"""A small language model of a phrase list, in the ARPA format that PocketSphinx reads.

The service prefers what is on its phrase list; a second decoding with this model does the same for the local
recognizer. Bigrams with absolute discounting: phrases as they stand are likely, their words in another order are
possible, and nothing else is.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

__all__ = ["phrase_model"]

_BEGIN, _END = "<s>", "</s>"
_DISCOUNT = 0.4
_NEVER = -99.0


def phrase_model(phrases: Iterable[str]) -> str:
    """ARPA text of a bigram model; ``phrases`` are lower-case words between blanks, all in the dictionary."""
    sentences = [phrase.split() for phrase in phrases if phrase.strip()]
    follows: dict[str, Counter[str]] = defaultdict(Counter)
    for words in sentences:
        for before, after in zip([_BEGIN, *words], [*words, _END], strict=True):
            follows[before][after] += 1
    singles = _singles(sentences)
    ones = [_one(word, singles, follows) for word in (_BEGIN, *sorted(singles))]
    twos = [_two(before, after, follows[before], singles) for before in sorted(follows) for after in follows[before]]
    head = ["\\data\\", f"ngram 1={len(ones)}", f"ngram 2={len(twos)}", ""]
    return "\n".join([*head, "\\1-grams:", *ones, "", "\\2-grams:", *twos, "", "\\end\\", ""])


def _singles(sentences: list[list[str]]) -> dict[str, float]:
    counts = Counter(word for words in sentences for word in [*set(words), _END])
    total = sum(counts.values())
    return {word: count / total for word, count in counts.items()}


def _one(word: str, singles: dict[str, float], follows: dict[str, Counter[str]]) -> str:
    chance = _log(singles[word]) if word in singles else _NEVER
    if word not in follows:
        return f"{chance:.4f}\t{word}"
    return f"{chance:.4f}\t{word}\t{_log(_left_over(follows[word])):.4f}"


def _two(before: str, after: str, counts: Counter[str], singles: dict[str, float]) -> str:
    seen = max(counts[after] - _DISCOUNT, 0.0) / counts.total()
    return f"{_log(seen + _left_over(counts) * singles[after]):.4f}\t{before} {after}"


def _left_over(counts: Counter[str]) -> float:
    return _DISCOUNT * len(counts) / counts.total()


def _log(chance: float) -> float:
    return math.log10(max(chance, 1e-9))
