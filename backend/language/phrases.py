"""The phrases that come with a language, for stores that have none of their own for it."""

from functools import lru_cache
from importlib.resources import files

from backend.domain.phrases import Phrases
from backend.yaml_loader import load_yaml

__all__ = ["base_of", "standard_phrases"]

_NONE = Phrases()


def base_of(language: str) -> str:
    """``es`` of ``es-MX``."""
    return language.partition("-")[0].lower()


@lru_cache(32)
def standard_phrases(language: str) -> Phrases:
    """Those of ``en-US``, and of ``en`` where the region has none; nothing where the language comes with none."""
    base = base_of(language)
    found = _read(base)
    return found if language == base else _read(language).over(found)


def _read(name: str) -> Phrases:
    if not name.replace("-", "").isalnum():
        return _NONE
    place = files("backend.language") / "standard_phrases" / f"{name}.yaml"
    if not place.is_file():
        return _NONE
    content = load_yaml(place.read_text("utf-8"))
    for key, value in content.items():
        content[key] = tuple(value) if isinstance(value, list) else value
    return Phrases.model_validate(content)
