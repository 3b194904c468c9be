"""whytune's engine: rule files and the facts of a task in; a recommendation that shows why out.

The map, in reading order; a file imports only what stands above it.

    problems         what can be wrong with an input, as values: code, message, place, hint
    source           YAML text -> plain data, with the span of every node
    text             names, numbers, and texts in each language
    vocabulary       facts, bands, groups, and the cells into which they cut the world
    case             the facts of one case, validated
    rulebook         rules, options, decisions; frozen, with a digest
    loading          a folder -> a rulebook, every mistake at once at file:line:column
    semantics        what a rulebook means for one case, three-valued: the definition
    diagram          rulebook -> decision diagram: what it means in every case
    durable          rulebook -> durable-rules, and running it
    phrases          the fixed phrases in which whytune speaks, in each language
    recommendation   advice, status and trace: values only
    tracing          what fired -> the steps that a reader sees
    advisor          load once, advise many
    speaker          how the things of a rulebook are called in one language
    search           the cheapest choices of facts that force an outcome
    standing         how a rule stands in one case, condition by condition
    explanations     why, why not, what if, flips, sufficient reason, next question
    ledger           every recommendation kept, proved untouched, and reproduced
"""

from .advisor import Advisor
from .loading import load
from .problems import EngineDisagreement, Problem, Span, WhytuneError
from .recommendation import Recommendation
from .rulebook import Rulebook

__version__ = "0.1.0"

__all__ = ["Advisor", "EngineDisagreement", "Problem", "Recommendation", "Rulebook", "Span", "WhytuneError", "load"]
