"""Plays runs in a process of their own."""
