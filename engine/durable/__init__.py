"""Rulebook -> durable-rules, and running it: the facts of a case go in, the trace of what fired comes out."""

from .session import Engine, Run

__all__ = ["Engine", "Run"]
