"""What fields are for, read from the source of their classes."""

from backend.docstrings import docstrings_of


class Base:
    """A class."""

    first: int = 1
    """What the first is for,

    and more.
    """
    plain: str = ""

    class Inner:
        """Another class, with a field of the same name."""

        first: int = 2
        """The inner one's."""


class Child(Base):
    """A class of the same source."""

    second: str = "x"
    """What the second is for."""
    first: int = 3
    """What the first is for here."""


def test_each_field_has_its_own_and_those_of_the_base() -> None:
    assert docstrings_of(Base) == {"first": "What the first is for,\n\nand more."}
    assert docstrings_of(Child) == {"first": "What the first is for here.", "second": "What the second is for."}


def test_a_class_within_a_class_is_another() -> None:
    assert docstrings_of(Base.Inner) == {"first": "The inner one's."}


def test_a_class_without_source_has_none() -> None:
    assert docstrings_of(type("Made", (), {"__module__": "nowhere"})) == {}
    assert docstrings_of(int) == {}
