"""Facts, rules, decisions, policies, and what is too large."""

CHINESE: dict[str, str] = {}
