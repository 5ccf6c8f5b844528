"""Books on files, SQL databases and tool servers."""
