"""Findings about a rulebook."""

PHRASES: dict[str, str] = {
    "check_title": "Findings about the rulebook `{name}`",
    "checks_title": "The checks",
    "confirmed_title": "Confirmed translations of the rulebook `{name}`",
    "error": "error",
    "warning": "warning",
    "note": "note",
    "concerns": "Concerns",
    "share": "{tasks} of {all} tasks, {percent}",
    "share_counted": "{tasks} of {all} tasks",
    "share_of_many": "{percent} of all tasks",
    "one_in_many": "about 1 in {count} tasks",
    "more_regions": "and {count} more",
    "all_regions_offer": "(--all-regions lists them)",
    "other_regions": "and others",
    "one_such_task": "one such task",
    "anything_but": "anything but {values}",
    "neither": "neither {values}",
    "nor": " nor ",
    "waived_by": "accepted by waiver `{waiver}` ({owner}, {until}): {because}",
    "accepted_until": "until {day}",
    "accepted_for_good": "for good",
    "waiver_expired": "waiver `{waiver}` has expired: its last day was {day}",
    "waiver_needs": (
        "To accept such a finding, write a waiver with `finding: {code}` and, as its `about`, the name that "
        "`whytune check` shows after the code."
    ),
    "not_counted": (
        "The decision diagram would be too large: only some regions are told, and how many tasks they hold is not "
        "counted"
    ),
    "found_not_decided": "not decided within the bound of search",
    "becomes_in_some": "`{decision}` becomes `{after}` instead of `{before}`",
    "nothing_found": "Nothing found",
    "count_error": "errors: {count}",
    "count_warning": "warnings: {count}",
    "count_note": "notes: {count}",
    "count_waived": "waived: {count}",
    "waived_offer": "(--waived shows them)",
    "translations_confirmed": "All languages are taken to say the same, as of now: {file}",
    "confirmed_new": "`{text}` is new",
    "confirmed_stale": "`{text}` changed in {changed} and not in {kept}",
    "confirmed_changed": "`{text}` changed in {changed}",
    "confirmed_nothing": "Nothing has changed since the last time",
    "count_changed": "changed: {count}",
    "count_new": "new: {count}",
    "found_undecided": "no rule decides `{decision}`: only the fallback `{option}` answers",
    "found_overlapping_rows": (
        "`{first}` and `{second}` hold together and say different things, though only one row of `{table}` is to hold"
    ),
    "found_several_stand": "`{first}` and `{second}` of `{decision}` both stand, and the preference takes `{first}`",
    "found_referred": "`{first}` and `{second}` of `{decision}` both stand, and a person has to decide",
    "found_not_preferred": (
        "`{first}` and `{second}` of `{decision}` both stand, and a person has to decide: the preference leaves "
        "out {missing}"
    ),
    "found_contradictory_condition": "the conditions of `{rule}` can never hold together: {conditions}",
    "found_contradictory_alternative": "alternative {number} of `{rule}` can never hold: {conditions}",
    "found_never_in_force": "`{rule}` is never in force: its exception switches it off wherever its conditions hold",
    "found_always_yields": "`{rule}` is never in force: wherever its conditions hold, it yields to {others}",
    "found_never_met": "`{rule}` is never in force: no task meets {condition}",
    "found_never_decisive": "without `{rule}` the advice would be the same in every case",
    "found_twin": (
        "without `{rule}` the advice would be the same in every case: `{twin}` does the same wherever it is in force"
    ),
    "found_shorter_table": "`{table}` would say the same with {edits}",
    "edit_rows": "{rows} as one row, `{cell}` below `{column}`",
    "edit_cell": "`{cell}` below `{column}` in {row}",
    "more_edits": "{count} more such edits",
    "found_masked_veto": "`{rule}` rules out `{option}` where nothing proposes it",
    "found_dead_option": "`{option}` is never the advice on `{decision}`",
    "found_unused_fact": "no rule tests `{fact}`, and nothing waits for it",
    "found_undecisive_fact": "rules test `{fact}`, but no advice depends on it",
    "found_unused_band_cut": (
        "the cut {cut} of `{band}` changes no advice: {rules} tells `{below}` from `{above}`, and they lead to the same"
    ),
    "found_cut_covered": (
        "the cut {cut} of `{band}` changes no advice: "
        "{rules} tells `{below}` from `{above}`, where {others} does the same"
    ),
    "found_cut_not_tested": "the cut {cut} of `{band}` changes no advice: no rule tells `{below}` from `{above}`",
    "found_assumption_matters": "`{fact}: {value}` is assumed, and the advice would differ if it were otherwise",
    "found_idle_exception": "the exception of `{rule}` never meets its conditions",
    "found_overlapping_exception": (
        "the exception of `{rule}` changes no advice: there the same effect comes from {others}"
    ),
    "found_exception_without_effect": "the exception of `{rule}` changes no advice",
    "found_not_always": "invariant `{invariant}` is broken: `{decision}` must be {options}, and is {advice}",
    "found_not_never": "invariant `{invariant}` is broken: `{decision}` must never be {options}, and is {advice}",
    "found_leads_away": (
        "invariant `{invariant}` is broken: as `{fact}` grows from {low} to {high}, `{decision}` goes from "
        "{before} to {after}"
    ),
    "found_coming_change": "from {day} on ({rules}) the advice is different: {changes}",
    "coming_breach": "then it breaks {invariants}",
    "coming_failure": "cases that fail then and not the day before: {cases} of {of}",
    "rule_begins": "`{rule}` begins",
    "rule_ends": "`{rule}` has ended",
    "option_becomes": "`{decision}` becomes `{after}` instead of `{before}` (tasks: {tasks})",
    "found_expired_rule": "the last day of `{rule}` was {day}",
    "found_rule_ends_soon": "the last day of `{rule}` is {day}",
    "found_waiver_ends_soon": "the last day of waiver `{waiver}` is {day}: then its findings come back",
    "found_never_reviewed": "`{rule}` has no `reviewed_on`",
    "found_review_overdue": "`{rule}` was reviewed on {reviewed}, and its next review was due by {due}",
    "found_no_main": (
        "no other decision rests on {decisions}, and nothing says which is the main one; `{last}` is taken"
    ),
    "found_weak_source": "`{rule}` rests on practice alone",
    "found_stale_source": "the document `{document}` is dated {date}, more than {months} months ago",
    "found_undated_source": "neither `date` nor `seen_on` says how old the document `{document}` is",
    "found_uncited_band": "the cuts of `{band}` have no source",
    "found_uncited_policy": "the policy `{policy}` says neither why nor where it comes from",
    "found_uncited_document": "nothing cites the document `{document}`",
    "found_missing_translation": "`{text}` seems not to be translated into `{language}`",
    "found_stale_translation": "`{text}` changed in {changed} and not in {kept} since its translation was confirmed",
    "found_stale_label": (
        "“{fact}”: `{band}` is cut at {cuts}, but its labels name numbers that are no bounds of their pieces: {said}"
    ),
    "found_untested_rule": "no case brings `{rule}` into force",
    "found_untested_boundary": "no case lies directly beside the cut {cut} of `{band}`, in {pieces}",
    "gathered_untested-rule": "no case brings {count} rules into force ({names}): `{command}` writes cases that do",
    "gathered_untested-boundary": (
        "no case lies right beside {count} cuts ({names}): `{command}` writes cases that do"
    ),
    "found_placeholder": "`{text}` is still to be written",
    "found_idle_waiver": "waiver `{waiver}` waives nothing: it covers no finding `{finding}` about `{about}`",
    "found_waiver_of_no_check": "waiver `{waiver}` waives nothing: no check that can be waived is called `{finding}`",
    "found_idle_yield": "`{rule}` is in force in the same cases without its `yields_to` ({others})",
    "found_yield_without_effect": "the `yields_to` of `{rule}` ({others}) changes no advice",
    "found_only_if_always": "the `only_if` of `{decision}` holds in every case",
    "found_only_if_never": "the `only_if` of `{decision}` holds in no case: the decision never applies",
    "found_idle_caution": "where `{rule}` is in force, `{option}` is never the advice, and the caution is never told",
}
