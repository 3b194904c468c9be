"""whytune's engine: rule files and the facts of a task in; a recommendation that shows why out.

The map, in reading order; a file imports only what stands above it.

    forks            locks that a forked child finds free
    problems         what can be wrong with an input, as values: code, message, place, hint
    letters          the letters that a text may hold, composed
    source           YAML text -> plain data, with the span of every node
    numerals         a number as people write it -> the plain numbers that it may mean
    text             names, numbers, and texts in each language
    vocabulary       facts, bands, groups, and the cells into which they cut the world
    case             the facts of one case, validated
    casefile         a case file -> its cases as written, with what a test expects of them
    rulebook         rules, options, decisions; frozen, with a digest
    loading          a folder -> a rulebook, every mistake at once at file:line:column
    semantics        what a rulebook means for one case, three-valued: the definition
    diagram          rulebook -> decision diagram: what it means in every case
    durable          rulebook -> durable-rules, and running it
    phrases          the fixed phrases in which whytune speaks, in each language
    sentences        what problems say, in languages other than English
    recommendation   advice, status and trace: values only
    judging          what holds in one case, and what can still come out -> the answer to each decision
    tracing          what fired -> the steps that a reader sees
    advisor          load once, advise many
    speaker          how the things of a rulebook are called in one language
    schema           a rulebook -> JSON Schema of its files, for editors
    scaffold         a rulebook, a rule or a case yet to be filled in, as text
    regions          a condition on cells -> readable regions, their share of all tasks, a witness
    deciding         where each rule and policy decides
    search           the cheapest choices of facts that force an outcome
    standing         how a rule stands in one case, condition by condition
    explanations     why, why not, what if, flips, sufficient reason, next question
    casebook         a rulebook's own cases: running them, what they cover, which changed meanings they notice
    translations     the texts of a rulebook, and whether their languages still say the same
    conflicts        conditions that can never hold together
    promises         where the rules break an invariant
    examination      a rulebook laid out for checking
    checks           what is wrong with a rulebook that loads: one file a check
    difference       what an edit changes: wording, safeguards, reasons, advice
    comparison       the approaches side by side, and the rows that matter for one case
    costs            price lists, and what training and serving cost
    ledger           every recommendation kept, proved untouched, and reproduced
"""

from .advisor import Advisor
from .loading import load
from .problems import EngineDisagreement, Problem, Span, WhytuneError
from .recommendation import Recommendation
from .rulebook import Rulebook

__version__ = "0.1.0"

__all__ = ["Advisor", "EngineDisagreement", "Problem", "Recommendation", "Rulebook", "Span", "WhytuneError", "load"]
