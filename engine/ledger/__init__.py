"""The record that an auditor trusts: every recommendation kept, chained by hashes, and reproducible from itself.

canonical       data -> its only canonical JSON text
content         a recommendation -> what a record says about it: numbers exact, sensitive facts as salted hashes
record_shape    the members of a record and their types
record_reading  the bytes of a record -> what they say; what many have in common is read once
record          a record as a value: its canonical bytes, its hash, its place in the chain
inferable       the facts that a record keeps out -> which of them the rest of it tells
drafting        recommendations by one rulebook -> the entries that record them
recorded        a record -> the facts and the recommendation that it was made from
tables          the tables of the file, and the triggers that guard them
snapshot        a database and its journals -> a copy as of one moment
failures        what SQLite or the system failed to do -> a problem that names the cause
database        SQLite: on disk when a commit returns, read without leaving a trace
store           the file as a ledger: append-only, safe under many processes
checkpoint      the length and the last hash of a ledger, signed
unproven        what stands at the first fault and after it -> how far it reads, and fits together
resting         the rows from a faulty rulebook on -> the records that rest on what is wrong with it
still_signed    the rows from a fault on -> the records that a checkpoint proves all the same
twins           the record of one name in two ledgers -> what differs
verification    is every record whole and in its place, and is its rulebook there?
chain_near      one record -> does the chain around it hold, as far as is soon seen?
rule_titles     a record -> what the rules that decided it are called
replay          the stored facts put to the stored rulebook again: the same bytes?
impact          which records would come out differently under another rulebook
selection       which records a reader asks for
changed_record  one record that is not as it was written -> what stands in its place
one_proof       one record -> what proves it, whatever became of the others
beside_own      the verification of a ledger that was handed over, beside one's own
asked_names     the names that a reader asks records for -> a problem for one that nothing there knows
proven          a ledger that may be damaged -> what is asked of its records, as far as the chain proves them
traffic         how many records took each way through the decision diagram
statistics      how often each advice, rule and month occurs
export          a ledger as JSON Lines, and such a file read back to be verified
"""
