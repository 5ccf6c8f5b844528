"""Redis: the live calls of all workers."""
