"""Commands of ``ringmaster`` that are more than a few lines."""
