"""What an approach would cost: price lists, and estimates that name their price date, source, currency and gaps.

money             amounts in one currency, exact or a range
rows              what a price list holds, row by row
price_list        a checked price list, with its digest and what applies on a day
quantities        counts, shares and amounts as users write them
price_file        a file -> a price list, every mistake at once at file:line:column
tuning            hosted fine-tuning: training tokens -> cost, to the cent
gpu               fine-tuning on rented GPUs: hours, cost and memory as ranges
serving           the cost per month of a long prompt, of retrieval and of a tuned model
break_even        calls and months until tuning pays for itself
estimate_request  an estimate as ordered: quantities as written, and the prices of a day
estimators        a request -> its estimate
offers            what a price list has to choose from, for each quantity that is a name
option_ways       how an option answers, and for which ways a case gives all numbers
option_costs      the costs of an advice and of its main rival, from the facts of a case
comparison        the approaches side by side, and the rows that matter for one case
"""
