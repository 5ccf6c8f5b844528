"""Calls: how they are taken, heard, answered and spoken to.

Seven rooms, each seeing only those after it: ``desk`` (all calls of a worker), ``call`` (one call's life),
``conversation`` (who has the floor), ``speaking`` and ``thinking``, ``listening``, and ``turn`` (what they hand each
other). A call is one object graph; nothing mutable is shared between calls and nothing here blocks the event loop.
Read in this order: ``desk.call_desk``, ``call.call``, ``conversation.conversation``, ``listening.listening``,
``thinking.orchestrator``, ``speaking.speaking``, ``speaking.playout``.
"""
