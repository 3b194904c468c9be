"""The facts of a case, and the cases of a rulebook."""

CHINESE: dict[str, str] = {}
