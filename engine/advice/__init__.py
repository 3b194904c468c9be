"""One case answered: fired, judged, traced, explained.

forks           locks that a forked child finds free
recommendation  advice, status and trace: values only
durable         rulebook -> durable-rules, and running it
agreement       what fired and what is meant -> nothing, or that they differ
judging         what holds in one case, and what can still come out -> the answer to each decision
tracing         what fired -> the steps that a reader sees
recall          cases that are answered alike, of which one is fired
given_places    what was given -> its kind: all that is given alike is answered alike
alike           what was given -> the answer to all that is alike, worked out once
advisor         load once, advise many
standing        how a rule stands in one case, condition by condition
changed_facts   changes of facts: the nearest values that lead elsewhere, and the case with them
explanations    why, why not, what if, flips, sufficient reason, next question
"""
