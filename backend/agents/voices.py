"""Azure's voices by name, as far as they are known here: a misspelt one is silent, and nobody is told until a call."""

import re
from collections.abc import Iterator
from typing import Literal

from backend.domain.agent import AgentSpec

__all__ = ["KNOWN_VOICES", "VoiceFault", "doubtful_voice"]

VoiceFault = tuple[Literal["misspelt", "unknown"], str]

_PLAIN = {
    "en-US": "Amber Ana Andrew Aria Ashley Ava Blue Brandon Brian Christopher Cora Davis Elizabeth Emma Eric Guy Jacob "
    "Jane Jason Jenny Kai Luna Michelle Monica Nancy Roger Sara Steffan Tony",
    "en-GB": "Abbi Alfie Bella Elliot Ethan Hollie Libby Maisie Noah Oliver Olivia Ryan Sonia Thomas",
    "en-CA": "Clara Liam",
    "en-AU": "Annette Carly Darren Duncan Elsie Freya Joanne Ken Kim Natasha Neil Tim Tina William",
    "en-IE": "Connor Emily",
    "en-IN": "Aarav Aarti Aashi Ananya Arjun Kavya Kunal Neerja Prabhat Rehaan",
    "en-NZ": "Mitchell Molly",
    "es-US": "Alonso Paloma",
    "es-MX": "Beatriz Candela Carlota Cecilio Dalia Gerardo Jorge Larissa Liberto Luciano Marina Nuria Pelayo Renata "
    "Yago",
    "es-ES": "Abril Alvaro Arnau Dario Elias Elvira Estrella Irene Laia Lia Nil Saul Teo Triana Vera Ximena",
    "es-PR": "Karina Victor",
    "fr-CA": "Antoine Jean Sylvie Thierry",
    "fr-FR": "Alain Brigitte Celeste Claude Coralie Denise Eloise Henri Jacqueline Jerome Josephine Maurice Yves "
    "Yvette",
    "de-DE": "Amala Bernd Christoph Conrad Elke Gisela Kasper Katja Killian Klarissa Klaus Louisa Maja Ralf Tanja",
    "it-IT": "Benigno Calimero Cataldo Diego Elsa Fabiola Fiamma Gianni Giuseppe Imelda Irma Isabella Lisandro Palmira "
    "Pierina Rinaldo",
    "pt-BR": "Antonio Brenda Donato Elza Fabio Francisca Giovanna Humberto Julio Leila Leticia Manuela Nicolau Thalita "
    "Valerio Yara",
    "zh-CN": "Xiaochen Xiaohan Xiaomo Xiaoqiu Xiaorui Xiaoshuang Xiaoxiao Xiaoyan Xiaoyi Xiaoyou Xiaozhen Yunfeng "
    "Yunhao Yunjian Yunjie Yunxi Yunxia Yunyang Yunye Yunze",
    "vi-VN": "HoaiMy NamMinh",
    "fil-PH": "Angelo Blessica",
    "ko-KR": "BongJin GookMin Hyunsu InJoon JiMin SeoHyeon SoonBok SunHi YuJin",
}
_MULTILINGUAL = {
    "en-US": "Adam Alloy Amanda Andrew Ava Brandon Brian Christopher Cora Davis Derek Dustin Echo Emma Evelyn Fable "
    "Jenny Lewis Lola Nancy Nova Onyx Phoebe Ryan Samuel Serena Shimmer Steffan",
    "en-GB": "Ada Ollie",
    "en-AU": "William",
    "es-ES": "Arabella Isidora Tristan Ximena",
    "es-MX": "Dalia Jorge",
    "fr-FR": "Lucien Remy Vivienne",
    "de-DE": "Florian Seraphina",
    "it-IT": "Alessio Giuseppe Isabella Marcello",
    "pt-BR": "Macerio Thalita",
    "zh-CN": "Xiaochen Xiaoxiao Xiaoyu Yunfan Yunxiao Yunyi",
    "ko-KR": "Hyunsu",
}
_TURBO = {"en-US": "Alloy Echo Fable Nova Onyx Shimmer"}
_DRAGON = {
    "en-US": "Adam Alloy Andrew Andrew2 Aria Ava Brian Davis Emma Emma2 Jenny Nova Phoebe Serena Steffan",
    "es-ES": "Tristan Ximena",
    "fr-FR": "Remy Vivienne",
    "de-DE": "Florian Seraphina",
    "zh-CN": "Xiaochen Yunfan",
}
_FORMS = (
    (_PLAIN, "Neural"),
    (_MULTILINGUAL, "MultilingualNeural"),
    (_TURBO, "TurboMultilingualNeural"),
    (_DRAGON, ":DragonHDLatestNeural"),
)

KNOWN_VOICES = frozenset(
    f"{language}-{name}{form}" for table, form in _FORMS for language, names in table.items() for name in names.split()
)
"""learn.microsoft.com/azure/ai-services/speech-service/language-support?tabs=tts; there are more, and new ones come."""

_SHAPE = re.compile(r"(?P<name>[A-Z][a-z]*[0-9]?)(?P<form>(Turbo)?(Multilingual)?Neural(HD)?|:DragonHD\w*Neural)")
_OF_SYLLABLES = ("zh-", "ko-")
"""Languages in which names are made of few short syllables: Xiaochen and Xiaozhen are two voices."""
_SHORT = 4
"""Names of so few letters are alike by chance: Ana and Ava are two voices."""


def doubtful_voice(agent: AgentSpec) -> Iterator[VoiceFault]:
    """Is the agent's voice none that is known here: one that is all but written so, or one of which nobody knows?"""
    voice = agent.voice.name
    if voice in KNOWN_VOICES:
        return
    near = sorted((_distance(voice, known), known) for known in KNOWN_VOICES if _same_language(voice, known))
    if near and near[0][0] <= 1 and not _may_be_another(voice, near[0][1]):
        yield "misspelt", f"there is no voice {voice}; did you mean {near[0][1]!r}?"
    else:
        yield "unknown", f"the voice {voice} is not known here; a misspelt one says nothing, so have it say a sentence"


def _distance(voice: str, known: str) -> int:
    from rapidfuzz.distance import Levenshtein  # a sound store asks for nothing

    return Levenshtein.distance(voice.casefold(), known.casefold(), score_cutoff=1)


def _same_language(voice: str, known: str) -> bool:
    return voice.casefold().split("-")[:2] == known.casefold().split("-")[:2]


def _may_be_another(voice: str, known: str) -> bool:
    """Are both well written, and their names so short that either may be a name?"""
    one, other = (_SHAPE.fullmatch(name.split("-", 2)[-1]) for name in (voice, known))
    if one is None or other is None or one["form"] != other["form"] or one["name"] == other["name"]:
        return False
    short = max(len(one["name"]), len(other["name"])) <= _SHORT
    counted = one["name"].rstrip("0123456789") == other["name"].rstrip("0123456789")
    return short or counted or voice.startswith(_OF_SYLLABLES)
