"""What an approach would cost: price lists, and estimates that name their price date, source, currency and gaps.

money             amounts of one currency, exact or a range
rows              what a price list holds, row by row
price_list        a checked price list, with its digest, and what in it holds on a day
quantities        counts, shares and amounts as users write them
price_file        a file -> a price list, every mistake at once at file:line:column
tuning            hosted fine-tuning: training tokens -> cost, to the cent
gpu               fine-tuning on rented GPUs: hours, cost and memory as ranges
serving           cost a month of a long prompt, of retrieval and of a tuned model
break_even        calls and months until tuning pays back
estimate_request  what is written of an estimate, with the prices of a day
estimators        a request -> the estimate that it asks for
option_costs      the costs of an advice and of its nearest rival, from the facts of a case
comparison        the approaches side by side, and the rows that matter for one case
"""
