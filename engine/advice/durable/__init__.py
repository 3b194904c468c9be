"""Rulebook -> durable-rules, and running it: the facts of a case go in, what fired comes out.

productions   rulebook -> what must fire, each with its dual
limits        productions -> as durable-rules can hold them
ruleset       some productions -> one ruleset
session       productions -> rulesets, and one case at a time through them
"""

from .session import Engine, SessionRun

__all__ = ["Engine", "SessionRun"]
