"""The commands as they are typed: arguments and help. What they do is in ``backend/cli``, imported when they run."""
