"""One file per command: it reads, asks and presents."""
