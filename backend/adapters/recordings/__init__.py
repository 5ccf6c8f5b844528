"""Where recordings are kept: a folder of this machine, or Azure Blob Storage."""
