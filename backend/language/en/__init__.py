"""English, as it is spoken in the United States and in Great Britain: readers and sayings, a file a kind."""
