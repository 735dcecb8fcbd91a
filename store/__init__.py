"""MEMORY: graphs are kept, one per release, and read back as rows."""
