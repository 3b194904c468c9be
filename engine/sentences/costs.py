"""Price lists, estimates and the comparison."""

CHINESE: dict[str, str] = {}
