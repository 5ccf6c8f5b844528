"""How long a caller hears nothing."""

from backend.testing.stage import Stage

__all__ = ["heard_between", "silence_after"]


def _played(stage: Stage) -> list[float]:
    """When each frame of the agent's began to sound, in seconds of the call."""
    stage.link.heard_frames()
    return [begins - stage.began for begins, _ in stage.link.played]


def silence_after(stage: Stage, moment: float, *, until: float) -> float:
    """Seconds from ``moment`` to the first sound; up to ``until`` where there is none."""
    return min((at - moment for at in _played(stage) if at >= moment - 0.02), default=until - moment)


def heard_between(stage: Stage, begin: float, end: float) -> bool:
    """Was anything heard in this time?"""
    return any(begin <= at <= end for at in _played(stage))
