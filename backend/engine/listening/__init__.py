"""What is heard of a caller: voice, noise, pauses, keys, and when their turn is over."""
