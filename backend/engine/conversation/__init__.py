"""Who has the floor: the caller's turns, the agent's answers, interruptions, silence and goodbyes."""
