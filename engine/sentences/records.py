"""Ledgers, keys, checkpoints and exports."""

CHINESE: dict[str, str] = {}
