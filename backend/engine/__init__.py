"""One call from ring to hang-up.

A call is one object graph; nothing mutable is shared between calls and nothing here blocks
the event loop. Read in this order: ``call_desk`` (all calls of this worker), ``call`` (one
call's life), ``conversation`` (who has the floor), ``listening``, ``orchestrator``,
``speaking``, ``playout``.
"""
