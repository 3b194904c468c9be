"""The phrases for states: of a decision, a rule or an option."""

from whytune.engine.language.casefile import Status
from whytune.engine.meaning.semantics import OptionState, RuleState
from whytune.engine.words.catalogue import Family

STATUS = Family[Status]("status")
"""The status of a decision, in a word."""

STATUS_EXPLAINED = Family[Status]()
"""The status of a decision, and what that means."""

STATE = Family[RuleState | OptionState]("state")
"""The state of a rule or an option."""
