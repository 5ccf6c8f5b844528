"""What a line knows beyond its prompts: passages of text that can be searched."""

from dataclasses import dataclass

__all__ = ["Finding"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One passage that fits a question."""

    title: str
    """Headings above it, joined by " > "."""
    text: str
    source: str
    """File or document that it comes from."""
