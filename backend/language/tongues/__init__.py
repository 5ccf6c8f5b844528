"""What people call out and say in languages that a line may not have; a file each, for its speakers to mend."""
