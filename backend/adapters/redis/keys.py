"""Every key that Ringmaster has in Redis. No other file makes one.

===============================  =======  ====================================  ==============
key                              type     what                                  life
===============================  =======  ====================================  ==============
``rm:session:{call_id}``         string   the call's session, JSON              session TTL
``rm:lease:{call_id}``           hash     its owner and fencing number          lease TTL
``rm:fence:{call_id}``           string   last fencing number given out         7 days
``rm:ring:{token}``              string   what a call is, JSON                  session TTL
``rm:calls``                     zset     tokens by the end of their leases     session TTL
``rm:workers``                   hash     workers with their load, JSON         1 minute
``rm:incoming:{key}``            string   worker that answers this ring         10 minutes
``rm:{tries}:{kind}:{hash}``      zset     failed verifications by their time     24 hours
``rm:{outbox:W}:entries``        zset     sealed entries of worker W, by number  30 days
``rm:{outbox:W}:holder``         string   who sees to them                      30 s
``rm:outboxes``                  set      workers that left entries             30 days
``rm:store:version``             string   agent store version that is live      30 days
``rm:store:moved``               channel  that version, when somebody moves it  --
===============================  =======  ====================================  ==============

Channel ``rm:to:{worker}`` carries what is asked of one worker. Keys hold ids only, never a number
or a name. Scripts use several of them at once, so Redis must not be a cluster of shards (replicas
are fine).
"""

__all__ = [
    "CALLS",
    "INCOMING_TTL_S",
    "OUTBOXES",
    "OUTBOX_TTL_S",
    "STORE_MOVED",
    "STORE_TTL_S",
    "STORE_VERSION",
    "WORKERS",
    "WORKERS_TTL_S",
    "fence",
    "incoming",
    "lease",
    "outbox",
    "outbox_holder",
    "ring",
    "session",
    "to_worker",
    "tries",
]

INCOMING_TTL_S = 600
OUTBOXES = "rm:outboxes"
OUTBOX_TTL_S = 30 * 24 * 3600
STORE_TTL_S = 30 * 24 * 3600
STORE_VERSION = "rm:store:version"
STORE_MOVED = "rm:store:moved"
CALLS = "rm:calls"
WORKERS = "rm:workers"
WORKERS_TTL_S = 60


def session(call_id: str) -> str:
    """A call's session."""
    return f"rm:session:{call_id}"


def lease(call_id: str) -> str:
    """Who owns a call."""
    return f"rm:lease:{call_id}"


def fence(call_id: str) -> str:
    """The last fencing number of a call."""
    return f"rm:fence:{call_id}"


def ring(token: str) -> str:
    """What a call is."""
    return f"rm:ring:{token}"


def incoming(key: str) -> str:
    """Who answers a ringing call."""
    return f"rm:incoming:{key}"


def to_worker(worker: str) -> str:
    """The channel that one worker listens to."""
    return f"rm:to:{worker}"


def tries(kind: str, hashed: str) -> str:
    """Failed verifications of one number or record, under a keyed hash. All in one slot: a script uses several."""
    return f"rm:{{tries}}:{kind}:{hashed}"


def outbox(worker: str) -> str:
    """What a worker could not write."""
    return f"rm:{{outbox:{worker}}}:entries"


def outbox_holder(worker: str) -> str:
    """Who writes it as soon as that is possible; in the slot of the entries."""
    return f"rm:{{outbox:{worker}}}:holder"
