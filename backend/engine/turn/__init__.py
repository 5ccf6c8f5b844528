"""What the rooms hand each other: the caller's words, a turn, and how an answer is written."""
