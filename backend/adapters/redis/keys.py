"""Every key that Ringmaster has in Redis. No other file makes one.

===============================  =======  ====================================  ==============
key                              type     what                                  life
===============================  =======  ====================================  ==============
``rm:session:{call_id}``         string   the call's session, JSON              session TTL
``rm:lease:{call_id}``           hash     its owner and fencing number          lease TTL
``rm:fence:{call_id}``           string   last fencing number given out         session TTL
``rm:incoming:{key}``            string   worker that answers this ring         10 minutes
``rm:store:version``             string   agent store version that is live      30 days
``rm:store:moved``               channel  that version, when somebody moves it  --
===============================  =======  ====================================  ==============

Keys hold ids only, never a number or a name.
"""

__all__ = ["INCOMING_TTL_S", "STORE_MOVED", "STORE_TTL_S", "STORE_VERSION", "fence", "incoming", "lease", "session"]

INCOMING_TTL_S = 600
STORE_TTL_S = 30 * 24 * 3600
STORE_VERSION = "rm:store:version"
STORE_MOVED = "rm:store:moved"


def session(call_id: str) -> str:
    """A call's session."""
    return f"rm:session:{call_id}"


def lease(call_id: str) -> str:
    """Who owns a call."""
    return f"rm:lease:{call_id}"


def fence(call_id: str) -> str:
    """The last fencing number of a call."""
    return f"rm:fence:{call_id}"


def incoming(key: str) -> str:
    """Who answers a ringing call."""
    return f"rm:incoming:{key}"
