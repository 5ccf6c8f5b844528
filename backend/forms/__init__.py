"""Forms filled by voice: what they ask for, what is understood, what is read back and filed."""
