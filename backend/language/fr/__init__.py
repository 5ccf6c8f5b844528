"""French: numbers, digits, yes and no. What else a caller says in it is the model's to read, and is read back."""
