"""Spanish, of Mexico and of the United States: a reader for each kind, the sayings, and the words of turn-taking."""
