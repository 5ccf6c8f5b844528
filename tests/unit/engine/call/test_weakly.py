"""A callback of a part to its owner, which it does not keep."""

import gc

from backend.engine.call.weakly import weakly


class Owner:
    def __init__(self) -> None:
        self.part = weakly(self.name, "nobody")

    def name(self, greeting: str = "") -> str:
        return f"{greeting}owner"


def test_it_calls_its_owner_and_does_not_keep_it() -> None:
    gc.disable()
    try:
        owner = Owner()
        part = owner.part
        assert (part(), part("the "), part(greeting="an ")) == ("owner", "the owner", "an owner")
        del owner
        assert part() == "nobody"
    finally:
        gc.enable()
