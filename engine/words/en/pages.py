"""What stands around the pages of the service: where one can go, what a form asks, what a button does."""

PHRASES: dict[str, str] = {
    # where one can go
    "page_advise": "Advise",
    "page_next": "Interview",
    "page_what_if": "What if",
    "page_compare": "Compare",
    "page_facts": "Facts",
    "page_rules": "Rules",
    "page_check": "Findings",
    "page_test": "Cases",
    "page_records": "Records",
    "page_verify": "Verify",
    "page_other_language": "中文",
    "page_as_data": "This page as JSON",
    "page_menu": "Pages",
    "page_wrong": "This cannot be answered",
    # forms
    "page_all_facts": "What is known of the task",
    "page_changes": "What if this were otherwise?",
    "page_not_given": "not given",
    "page_assumed_else": "not given: {value} is assumed",
    "page_in_part": "a number, or a range such as 1000..5000",
    "page_show": "Show the advice",
    "page_go_on": "Go on",
    "page_search": "Search",
    "page_search_text": "Words in who, what for, case or evidence",
    # from an answer on
    "page_try": "Try what would change it",
    "page_more": "More about this advice",
    "page_why": "Why, with its proof",
    "page_reason": "The facts that alone force it",
    "page_flip": "All that would change it",
    "page_cost": "What it would cost",
    "page_why_not": "Why not {option}?",
    "page_listed": "One by one",
}
