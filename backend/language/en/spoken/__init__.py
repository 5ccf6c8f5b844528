"""What turn-taking, tools and hand-overs hear in English words: asides, a goodbye, a machine, danger, digits."""
