"""LiveKit: a worker that takes jobs, rooms in which it speaks, and SIP."""
