"""All calls of a worker: which are taken, who serves them, what is written down of them, and how they end."""
