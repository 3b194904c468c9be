"""What a ledger holds, whether it verifies, and the page of one record."""

PHRASES: dict[str, str] = {
    "recorded_as": "Recorded as {id}",
    "recorded": "Recorded as {id} in {file}",
    "kept_out": "Kept out: {facts}. What was decided, and which rules were in force, may tell it all the same.",
    "given_away": "The rest of the record gives away: {facts}",
    "given_away_band": "{fact} (which band)",
    "kept_as_is": "Kept as they are, though sensitive: {facts}",
    "none_sensitive": "This rulebook marks no fact as sensitive",
    "rows_recorded": "Records kept: {count}, from {first} to {last}, in {file}",
    "records_looked_at": "{count} records",
    "concealed": "kept out of the record",
    "concealed_step": "{label}: kept out of the record",
    "sensitive": "Sensitive",
    "sensitive_said": "records keep a salted hash of its value",
    "no_such_advice": "no recorded advice is called `{name}`; there are: {known}",
    "no_such_rulebook": "no record is by a rulebook `{name}`; there are: {known}",
    "no_such_rule": "no recorded advice was decided by a rule `{name}`; those that decided: {known}",
    "vetoed_by": "Ruled out by, though another rule proposed it",
    "no_records": "No records",
    "more_records": "There are more records: page {page} of {pages}.",
    "record_head": "Record {id}",
    "recorded_at": "Recorded",
    "time_given": "a time that the caller gave, not the clock",
    "recorded_by": "Facts given by",
    "recorded_for": "Purpose",
    "purpose_or_case": "Purpose or case",
    "recorded_case": "Case",
    "not_said": "not said",
    "evidence_for": "Evidence for “{fact}”",
    "proof": "What proves this record",
    "hash": "Hash (SHA-256)",
    "previous_hash": "Hash of the record before",
    "rules_day": "Rules as of",
    "every_day": "all rules, whatever their dates",
    "software": "Computed by",
    "verified": (
        "Verified: every record is whole and in its place, and so are the rulebooks. Records: {count}\n"
        "The last hash is {head}"
    ),
    "verified_so_far": (
        "Verified as far as it goes: every record that is there is whole and in its place, and so are the rulebooks; "
        "whether records are missing at the end, only a checkpoint can tell. Records: {count}\n"
        "The last hash is {head}"
    ),
    "verified_unused": (
        "This proves the records and the rulebooks. Bytes of the file that belong to neither may have been changed; "
        "they do not count."
    ),
    "verified_empty": "Verified: the ledger is empty",
    "verified_empty_so_far": "The ledger is empty; whether records were taken from it, only a checkpoint can tell",
    "verified_signed": "Checkpoints met: {count}",
    "verified_by": "{file}: records 1 to {count}, signed {time} by the key with SHA-256 {key}…",
    "verified_unsigned": (
        "No checkpoint was given, so nobody can tell whether records were cut off at the end or the whole chain was "
        "recomputed."
    ),
    "checkpoint_offer": "`whytune audit keygen` and `whytune audit checkpoint` sign how far it goes now",
    "proof_title": "Is record {id} as it was written?",
    "proof_proven": "Record {id} is as it was signed: its hash fits it, and a checkpoint covers it",
    "proof_holds": (
        "What is proved: the bytes of record {id} give its hash, and the hash and the link of each record from {first} "
        "to {last} hold"
    ),
    "proof_holds_alone": "What is proved: the bytes of record {id} give its hash, and it is the first",
    "proof_unsigned": (
        "What is not: that nobody recomputed the whole chain. Only a checkpoint that covers the record proves that."
    ),
    "proof_unheld": (
        "What is not: that it is the record that was signed. What should cover it could not be held against it: see "
        "below."
    ),
    "proof_doubtful": "The hash of record {id} fits it, but a checkpoint contradicts it: see below",
    "proof_hash": "Its hash, recomputed",
    "proof_place": "Its place",
    "proof_signed": "Checkpoint",
    "proof_number": "{seq} of {of}",
    "proof_first": "it is the first",
    "proof_follows": "it names the hash of the record before it",
    "proof_follows_not": "it does not name the hash of the record before it: one of the two was changed or replaced",
    "proof_before_faulty": "record {seq} before it is missing or not whole",
    "proof_last": "it is the last",
    "proof_followed": "the record after it names its hash",
    "proof_followed_not": "the record after it does not name its hash: one of the two was changed or replaced",
    "proof_after_faulty": "record {seq} after it is missing or not whole",
    "proof_not_signed": "none was given that covers it",
    "proof_signed_before": "none that was given covers it: they end at record {count}, before it was written",
    "proof_signed_unmet": "none that was given proves it: see below",
    "proof_cut": (
        "{file} signs records 1 to {count} ({time}), and there are {of}: the end is missing, so it cannot tell of this "
        "one"
    ),
    "proof_unmet": (
        "{file} signs records 1 to {count} ({time}), but record {count}, to which the chain leads from this one, is "
        "not the one that was signed"
    ),
    "proof_broken": (
        "{file} signs records 1 to {count} ({time}), but on the way there the chain breaks at record {seq} ({reason}), "
        "so that it could not be held against this one"
    ),
    "proof_same": "the stored facts, put to the stored rules again, give the same, byte for byte",
    "proof_differs": "the stored facts, put to the stored rules again, give something else",
    "proof_changed": "{file} signs records 1 to {count} ({time}), but not what stands here",
    "hash_borne": "The hash that it bears",
    "proof_kept_out": "not tried, since this was kept out of the record: {facts}",
    "proof_with_values": "To replay it with what was kept out: {command}",
    "proof_of_one": (
        "This is about one record. Compare the hash with the one on the page that you have: the id holds its first "
        "digits. Whether others were changed or cut off, the verification of the whole tells."
    ),
    "proof_offer": "`{command} --record {id} --checkpoint FILE --public-key FILE` holds it against a checkpoint",
    "verified_sent": "What was verified: {file}, the file that was sent",
    "verified_served": "What was verified: the ledger of this service",
    "unmet_short": "{file} is not met: it signs records 1 to {count} ({time}), and of these {whole} verify",
    "unmet_still": (
        "It proves records {first} to {last} all the same: each names the hash of the one before it, and the last is "
        "the one that was signed"
    ),
    "unmet_still_one": "It proves record {last} all the same: that is the one that was signed",
    "unmet_cut": "{file} is not met: of the {count} records that it signs ({time}), the last {missing} are missing",
    "unmet_other": "{file} is not met: records 1 to {count}, which it signs ({time}), are not those that stand here",
    "record_verifies": "Verified",
    "record_holds": "yes",
    "record_unproven": "no",
    "record_open": "not proved",
    "records_after_fault": (
        "Records before it that the chain of hashes proves: {count}. Nothing here proves those after it; a checkpoint "
        "that covers them may."
    ),
    "records_before_fault": (
        "Records before it that the chain of hashes proves: {count}. What follows is about these alone, since "
        "nothing here proves those after it."
    ),
    "chain_broken": "The chain is broken at record {seq}: ",
    "ledger_broken": "The ledger was tampered with: ",
    "record_in_doubt": (
        "{fault}. So nothing here proves that record {id} is as it was written; a checkpoint that covers it may."
    ),
    "record_unproved": "{fault}. So the chain does not prove that record {id} is as it was written.",
    "record_checked": "Checked now",
    "record_holds_alone": "its hash, and that it is the first; no signature",
    "record_chain_holds": "the hash and the link of each record from {first} to {last}; no signature",
    "record_chain_broken": "the chain around it does not hold, as is told above",
    "verify_all_by": "To verify all records, also against a checkpoint: {command}",
    "verify_one_by": (
        "To hold it against a checkpoint: whytune audit verify --ledger LEDGER --record {id} --checkpoint FILE "
        "--public-key FILE"
    ),
    "fault_at": "Not verified, at record {seq}: ",
    "fault_in_file": "Not verified: ",
    "fault_before": "Records before it that verify: {count}",
    "fault_beside": "Records that verify: 1 to {count}; what came after them, only a checkpoint or a copy can tell",
    "fault_record": "What stands there now, without proof:",
    "fault_unknowable": "What was written there, this file alone cannot tell: a copy kept elsewhere can.",
    "verified_beside": "Record {id} in both ledgers",
    "verified_member": "What differs",
    "verified_in": "In {ledger}",
    "verified_here": "In the ledger of this service",
    "verified_alike": "Both say the same.",
    "fault_after": (
        "Records after it: {count}. Each of them is whole and linked to the one before it, up to the end. The chain "
        "does not prove them, since it is broken before them."
    ),
    "fault_record_whole": "What stands there now; its own hash fits it:",
    "fault_after_rulebook": (
        "Records after it: {count}. Each of them is whole and linked to the one before it, up to the end."
    ),
    "fault_resting": "Records that rest on what is wrong, and so cannot be asked or replayed: {count} ({records})",
    "fault_after_signed": "A checkpoint that was signed over one of them, or over a later one, may prove them.",
    "fault_after_broken": (
        "Records after it that are whole and linked to one another: {count}. Then the chain breaks again, at record "
        "{seq}. It proves none of them, since it is broken before them, too."
    ),
    "fault_next_broken": "The one after it, record {seq}, does not fit the chain, either.",
    "fault_unguarded": "the tables or triggers of the file are not those that whytune makes",
    "fault_missing": "this record is missing",
    "fault_strange": "what stands there is not a record",
    "fault_moved": "the record here is {detail}, made for another place",
    "fault_changed": "it was changed after it was written, since its hash no longer fits it",
    "fault_unlinked": "it does not name the hash of the record before it: one of the two was replaced",
    "fault_earlier": "its time, {detail}, is before that of the record before it",
    "fault_rulebook_missing": "{detail}, a file of its rulebook, is not stored",
    "fault_rulebook_changed": "{detail}, a stored file of its rulebook, was changed",
    "fault_rulebook_unread": "this whytune cannot read its rulebook: {detail}",
    "fault_rulebook_other": "a different rulebook is stored for it; its digest is {detail}",
    "fault_unowned": (
        "the stored file {detail} belongs to no record that is here: the records that used it were taken out, or it "
        "was put in"
    ),
    "fault_cut": "it is missing: the end was cut off. There should be {detail} in all",
    "fault_rewritten": "it is not the record that was signed: it, or something before it, was rewritten",
    "fault_longer": "more records follow than the head of the export announces",
    "fault_damaged": "the file cannot be read any further: {detail}",
    "keys_made": (
        "{private} signs checkpoints (`whytune audit checkpoint --key {private}`): keep it from those who write to the "
        "ledger. {public} verifies them."
    ),
    "impact_same_version": (
        "Some records are by a rulebook that is also called {name} {version} and is not this one: digest {then}, here "
        "{now}"
    ),
    "replayed_one": "Record {id} gives the same result again, byte for byte",
    "replayed_same": "Records with the same result again: {count}",
    "replayed_different": "Records with another result now: {count}",
    "replayed_kept_out": (
        "Not replayed, because the values of sensitive facts were kept out: {count}. Whether these give the "
        "same result again is not known."
    ),
    "replayed_with_values": (
        "With its values each can be replayed: `whytune audit replay ID --set FACT=VALUE --ledger LEDGER`"
    ),
    "asked_of_record": "Record {id} of {time}, by the rules kept with it ({rulebook})",
    "record_differs": "Asked again, it does not come out as it was recorded. What follows is what comes out now.",
    "advice_same": "the advice is the same, but not every byte",
    "advice_differs": "the advice is different",
    "first_difference": "first difference: {path}",
    "other_version": "It was made by whytune {then}; this is {now}",
    "impact_title": "What the rulebook `{name}` would advise differently",
    "decided_before": "decided then by",
    "decided_after": "would now be decided by",
    "records_title": "Recorded recommendations",
    "records_of": "Records {first} to {last} of {count}",
    "record": "Record",
    "verdict_title": "Verification",
    "replay_title": "Replay",
    "impact_head": "{changed} of {count} recorded recommendations would come out differently",
    "impact_head_partly": (
        "{changed} of {count} recorded recommendations that were asked again would come out differently; {left} "
        "could not be asked"
    ),
    "impact_kept_out": "Not asked again, because the values of sensitive facts were kept out: {count}",
    "impact_unfit": "Not asked again: {count}, for {why}",
    "no_decision": "no such decision",
    "records_counted": "Records: {count}",
    "records_readable": "Records that can be read: {count}",
    "and_decisions": "{value}; other decisions: {count}",
    "who_and_what_for": "Who asked, and what for",
    "picture_way": "The way of this case. A dashed line rests on an assumption, or its answer is not known.",
    "picture_whole": "The same way through the whole flowchart, computed from the rules as they stood.",
    "picture_hidden": "What was kept out of the record is drawn as not known.",
    "what_flips": "What would have changed the advice",
    "flips_hidden": "This cannot be said from the record: values of sensitive facts were kept out.",
    "flips_too_many": "The search for the smallest changes takes too many steps.",
    "fact": "Fact",
    "value": "Value",
    "origin": "Origin",
    "origin_implied": "follows from others",
    "origin_given": "given",
    "origin_assumed": "assumed by the rulebook",
    "origin_unknown": "not known",
    "origin_not_applicable": "does not apply",
    "hidden_said": (
        "A value that was kept out is in the record as a salted hash: whoever knows it can prove it. What was decided, "
        "and which rules were in force, may tell it all the same."
    ),
    "how_to_verify": "How to verify this",
    "how_to_ask": "How to ask further",
    "record_answers": (
        "The record keeps its facts and its rules. By these, as they were, it says why not another option, and what "
        "would have changed the advice."
    ),
    "record_asks": (
        "Why not another option ({options}): whytune why-not {option} --of-record {id}{given} --ledger LEDGER"
    ),
    "verify_said": (
        "Ask for the ledger, and for a checkpoint with the public key of whoever signed it. Then verify the whole "
        "chain, look at this record as it is kept, and run its facts through the stored rules again."
    ),
    "at_terminal": "At a terminal",
    "signing_said": (
        "Whoever is to vouch for the ledger makes a pair of keys once, signs a checkpoint often, and keeps both away "
        "from those who write to it. Anybody can then verify the ledger with a checkpoint and the public key."
    ),
    "page_proves_nothing": (
        "This page is a reading copy and proves nothing by itself. The record is genuine if its hash is the one "
        "above in a ledger that verifies."
    ),
    "traffic_counted": "Recorded cases shown: {count}",
    "traffic_waiting": "followed only up to a question without an answer: {count}",
    "traffic_others": "by other rules, and not shown: {count}",
    "months": "Months",
}
