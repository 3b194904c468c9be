"""Values -> documents, and documents -> text: whatever a reader is told is told here, once.

document    what is told, as blocks, in one language, before it has a format
levels      how much is told
terminal    a document -> text for a terminal
page        a document -> a self-contained HTML page
called      names in a text -> what they are called
markdown    a document -> Markdown that acts on nothing
shell       words as a shell takes them
python_calls
            commands -> calls, for readers in Python
states      the phrases for states
conditions  conditions and rules as they stand, in sentences
changes     changes of facts, in sentences
firings     steps of a trace, their reasons and sources
short       what a short answer says besides the main advice
answer      a recommendation
why         what decided it, and what each rival lacked
why_not     what stands between an option and the advice
what_if     what changes if some facts were otherwise
flips       the smallest changes that lead elsewhere
reason      the few facts that force the advice
question    what to ask next, and why
summary     a recommendation on one page
record      what a ledger keeps of one recommendation
regions     regions of tasks in words
rulebook    what a rulebook holds: its facts, rules, policies and notes
codebook    how a description becomes facts of a rulebook
rule_table  tables of a rulebook, with the state of their rows on a case
row_columns
            how the columns of a table of tasks were read
shelf       the rulebooks that come with whytune
comparison  approaches side by side
prices      what every estimate says of itself
gpu         what fine-tuning on rented GPUs costs
estimate    what an approach costs
faults      what is wrong with a ledger, and where
records     what a ledger holds, taken together
ledger_verdict
            is all of a ledger as it was written, and which checkpoints are met?
one_proof   is one record as it was written, and what proves it?
suggested   ready-made cases as YAML
casebook    what the cases of a rulebook showed
told_case   one case of a rulebook: what it gives and expects
two_speakers
            how the things of two rulebooks are called
written_changes
            parts, cases and texts that an edit wrote otherwise
reaches     rules, policies and cautions that speak of other tasks than before
requirements
            what must be adapted before an edit can land
difference  what an edit of a rulebook changes
findings    findings about a rulebook, and the pages of the checks
edit_review
            what an edit of one file does to findings, cases and advice
imported_file
            what a file of another tool changes in a rulebook, or the rulebook that it makes
"""
