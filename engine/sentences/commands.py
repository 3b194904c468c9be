"""What was asked of the command line, pictures, commits."""

CHINESE: dict[str, str] = {}
