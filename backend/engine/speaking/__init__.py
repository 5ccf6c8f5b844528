"""From the words of an answer to the caller's ear, and what of them was heard."""
