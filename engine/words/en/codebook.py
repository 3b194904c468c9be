"""How a description becomes facts: instructions for the person or assistant that reads it."""

PHRASES: dict[str, str] = {
    "codebook_title": "From a description to facts: the codebook of `{name}` {version}",
    "codebook_task": (
        "Below stands the description of a task. Write down which of these facts it states: the rules decide from them."
    ),
    "codebook_task_alone": (
        "Read the description of a task. Write down which of these facts it states: the rules decide from them."
    ),
    "codebook_how": "How to read it",
    "codebook_stated": "Give a fact only if the text states it. Leave out what it does not say: that is asked for.",
    "codebook_quote": "For each fact that you give, quote below `evidence` the words that state it, unchanged.",
    "codebook_doubt": "Where the words leave several values open, give all of them, as the form of the answer shows.",
    "codebook_spelling": "Write names and values as they are spelled here, not in the words of the text.",
    "codebook_advice": "Give no advice, and do not choose values for the sake of what might be advised.",
    "codebook_facts": "The facts",
    "codebook_proof": "What would prove it",
    "codebook_answer": "The answer",
    "codebook_form": "Answer with nothing but this, a line for each fact that the text states:",
    "codebook_name": "what the task is, in one line",
    "codebook_fact": "FACT",
    "codebook_value": "VALUE",
    "codebook_open": 'several possible ones: one | another; a number known in part: 1000..5000 or ">= 500"',
    "codebook_words": "the words of the text",
    "codebook_then": "Saved as case.yaml, whytune reads it, checks every name and value, and advises:",
    "codebook_description": "The description",
}
