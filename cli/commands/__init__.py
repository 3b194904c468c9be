"""One file a command: it reads, asks, and presents."""
