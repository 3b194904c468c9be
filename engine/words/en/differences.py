"""What an edit changes."""

PHRASES: dict[str, str] = {
    "level_nothing": "Nothing changes",
    "level_wording": "Every task gets the same advice for the same reasons; only words change",
    "level_safeguards": "Every task gets the same advice for the same reasons, but invariants or waivers change",
    "level_reasons": "No advice changes, but reasons or facts do",
    "level_advice": "Some advice changes",
    "known_changes": "What can be known and advised",
    "uncompared": "Only one of the rulebooks knows {values} of “{fact}”: tasks with that are not compared",
    "dormant": "Changed, but not valid on this day: {rules}",
    "another_day_offer": "(--as-of looks at another day)",
    "advice_changes": "Other advice",
    "omission_changes": "Other advice where a fact is left out",
    "crossed": (
        "“{fact}”: the assumed value, {value}, counts otherwise now, so advice changes where the fact is left out, too"
    ),
    "left_out": "“{fact}” left out (assumed: {before} → {after})",
    "told_above": "As above.",
    "same_tasks": "The tasks are those told above.",
    "from_day": "{said}, from {day}",
    "changes_from_day": "From {day} on, as rules begin or end, the edit changes other advice than before",
    "no_changes_from_day": "From {day} on, as rules begin or end, the edit no longer changes any advice",
    "unseen_from_day": "Not looked at: days from {day} on when rules begin or end",
    "share_is_no_frequency": (
        "A share counts kinds of tasks, each one combination of answers; how often such a task occurs, it does not "
        "say. The cuts of both rulebooks divide its numbers, so there may be more kinds than `whytune test --coverage` "
        "counts in one."
    ),
    "checked_out": "with {revision} checked out",
    "left_out_as_before": "“{fact}” left out",
    "goes_to": "{before} → {after}: {share}",
    "goes_over": "{before} → {after}",
    "same_advice": "Same advice as before",
    "advice_becomes": "Who gets another answer to “{ask}”",
    "advice_becomes_how": "The answers that lead to other advice than before",
    "comparing": "Comparing all tasks",
    "changes_drawn": "Which answers lead to other advice is drawn in {file}",
    "in_all": "In all of these",
    "all_tasks": "all tasks",
    "not_decided_there": "not decided",
    "blamed_on": "Because of",
    "decides_now": "Now decided by",
    "decides_no_longer": "No longer decided by",
    "affected_advice": "other advice for {share}",
    "affected_reasons": "the same advice for other reasons for {share}",
    "reason_changes": "Same advice, other reasons",
    "speaks_now": "Now",
    "speaks_no_longer": "No longer",
    "reason_changes_overlap": "Same advice, other reasons (one task may count at several of these)",
    "decides_more": "now also decides {tasks} of {all} tasks ({percent})",
    "decides_less": "no longer decides {tasks} of {all} tasks ({percent})",
    "decides_more_somewhere": "comes to decide tasks that it did not decide",
    "decides_less_somewhere": "no longer decides some tasks",
    "cautions_more_somewhere": "now also in other tasks",
    "cautions_less_somewhere": "no longer in some tasks",
    "part_changes": "Written differently",
    "safeguard_changes": "Invariants and waivers",
    "wording_changes": "Worded differently",
    "unrevised": "`{path}` stays as it was: is it still true?",
    "still_said": "Texts that still say {number}, which is no longer a cut",
    "rows_inserted": "rows inserted",
    "rows_removed": "rows removed",
    "rows_moved": "rows moved",
    "rows_moved_and_changed": "rows moved and changed",
    "rows_reordered": "rows in another order, which means nothing here",
    "rows_changed": "rows changed",
    "part_added": "added",
    "part_removed": "removed",
    "part_changed": "changed",
    "part_fact": "fact",
    "part_rule": "rule",
    "part_table": "table",
    "part_conclusion": "conclusion",
    "part_decision": "decision",
    "part_option": "option",
    "part_document": "document",
    "part_note": "note",
    "part_invariant": "invariant",
    "part_waiver": "waiver",
    "part_rulebook": "rulebook",
    "nothing_there": "nothing",
    "version": "Version",
    "version_too_low": "{versions}, but what changed calls for {step}: at least {least}",
    "version_malformed": "{versions}, which is not a version MAJOR.MINOR.PATCH: at least {least}",
    "version_goes_back": "{versions}, which is lower: nothing changed, so {before} may stay",
    "versions_apart": "{new} beside {old}: two names, each with versions of its own",
    "step_major": "a major step",
    "step_minor": "a minor step",
    "step_patch": "a patch",
    "beyond_intent": "Beyond what was declared",
    "undeclared_reasons": "Other reasons, not declared; `reasons: yes` allows them",
    "undeclared_parts": "What can be known and advised, not declared; `facts: yes` allows that",
    "undeclared_safeguards": "Invariants and waivers, not declared; `safeguards: yes` allows that",
    "within_intent": "Nothing beyond what was declared",
    "case_changes": "Stored cases that change",
    "no_case_changes": "No stored case changes on the day asked about, of {count}",
    "rewritten_cases": "The rulebook's own cases that say something else now, or have another name",
    "added_cases": "New cases of the rulebook",
    "removed_cases": "Cases that the rulebook no longer has",
    "case_called_before": "called before",
    "case_unread": "does not fit the rulebook",
    "more_of_these": "and {count} more",
    "comment_cut": "There is more than a comment can hold: run `whytune diff` for the rest.",
    "diff_title": "What this edit changes in `{name}`",
    "level_cautions": "No advice changes, but what to keep in mind does",
    "caution_changes": "Cautions told with the advice",
    "cautions_more": "now also in {tasks} of {all} tasks ({percent})",
    "cautions_less": "no longer in {tasks} of {all} tasks ({percent})",
    # what an edit requires elsewhere
    "to_adapt": "To adapt before this edit can land",
    "listed_by_kind": "{count} in all, listed under this heading",
    "to_look_at": "To look at, and to leave where it is still true",
    "look_at": (
        "A quote goes on saying what its document says, and a note about it may stay true: the edit can land without "
        "any change here, and the list stays as long as these texts do. Only what is no longer true must be rewritten, "
        "and that nobody but you can tell. Not listed are texts that this edit wrote."
    ),
    "name": "Name",
    "name_of_shipped": (
        "still `{name}`, as a rulebook that comes with whytune is called; with a `name:` of its own, records tell the "
        "two apart by more than a digest"
    ),
    "old_numbers": (
        "{count} in all, each naming a number that is no cut any more; a list to read, which keeps no edit from "
        "landing and need not become empty"
    ),
    "nothing_to_adapt": (
        "Nothing is left to adapt, so the edit can land: version, expectations of cases, invariants, waivers, labels "
        "and the sources of new cuts and of the rules that test them fit. Whether some case notices each change, "
        "`whytune test --coverage` and `whytune test --mutate` tell."
    ),
    "cases_to_adapt": "Cases, if the edit is meant",
    "found_above": "as told above, among the new findings",
    "found_since": "What the checks find since the edit",
    "sources_to_adapt": "Sources",
    "sources_say": "Sources that say {number}, which is no longer a cut: does each still support its part?",
    "generated_to_adapt": "Generated files that are out of date",
    "write_this": "write `{written}`",
    "write_instead": "write `{written}` in place of `{old}`",
    "write_list": "write `{written}` in place of the list",
    "write_apart": "not all cases that share `{old}` get the same: let each say what it expects",
    "take_out": "take `{old}` out",
    "flip_out": (
        "a flip is a fact that, changed so, was expected to change the advice; this one no longer does: take it out, "
        "or change another fact in it"
    ),
    "edge_lost": (
        "`{band}` is cut at {number} now, and no case stands at {numbers}; these stand next to the old cut: move those "
        "that test it, with their titles and comments, or add others"
    ),
    "source_silent": "`{band}` is cut at {number}, which its source {documents} does not say: {quotes}",
    "rule_source_silent": (
        "rule `{rule}` tests `{band}`, which is cut at {number} now; its source {documents} says the old number: "
        "{quotes}"
    ),
    "rule_quote_cited": (
        "an answer that rests on the rule cites these words, beside numbers for which they do not hold: name another "
        "source, or a document by which you decide it"
    ),
    "quote_stays": "a quote is never changed to fit an edit: name another source, or a document by which you decide it",
}
