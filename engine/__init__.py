"""whytune's engine: rule files and the facts of a task in; a recommendation that shows why out.

The rooms, in reading order; a room imports only rooms that stand above it, and each has a map of its own.

    language    what people write: YAML, facts, rules and cases -> a checked rulebook, checked facts
    meaning     what a rulebook means in every cell: the definition, the diagram, exact questions
    words       how things are said, in each language
    advice      one case answered: fired, judged, traced, explained
    bulk        many cases at once: rows in, the same answers as columns out
    authoring   what an editor is offered: schemas, and rules yet to be filled in
    review      a rulebook judged: its own cases, checks, and what an edit changes
    costs       what an approach costs, and how approaches compare
    ledger      what was advised, kept and proved
"""

from .advice.advisor import Advisor
from .advice.recommendation import Recommendation
from .language.loading import load
from .language.problems import EngineDisagreement, Problem, Span, WhytuneError
from .language.rulebook import Rulebook

__version__ = "0.1.0"

__all__ = ["Advisor", "EngineDisagreement", "Problem", "Recommendation", "Rulebook", "Span", "WhytuneError", "load"]
