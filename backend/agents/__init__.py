"""Loads, checks and renders what operations people write: agents, lines, prompts."""
