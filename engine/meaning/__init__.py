"""What a rulebook means in every cell: the definition, the diagram, exact questions.

semantics  what a rulebook means for one case, three-valued: the definition
diagram    rulebook -> decision diagram: what it means in every case
regions    a condition on cells -> readable regions, their share of all tasks, a witness
glimpses   some regions of a condition in clauses
deciding   where each rule and policy decides
inquiry    what is asked on the way to a decision: facts, and the answers to others
study      a rulebook on a day, laid out for exact questions
guessing   the same by guesses that are refuted, of functions in clauses
search     the cheapest choices of facts that force an outcome
conflicts  conditions that can never hold together
promises   where the rules break an invariant
"""
