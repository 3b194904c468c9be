"""What people write: YAML, facts, rules and cases -> a checked rulebook, checked facts.

python_hints  what a hint says where there is no terminal
problems      what can be wrong with an input, as values: code, message, place, hint
extras        a package that is not installed -> the problem that says which extra brings it
brief         a value on one line
named         parts by their names; a name that is not there is a problem
letters       the letters that a text may hold, composed
source        YAML text -> plain data, with the span of every node
csvfile       a CSV file -> its records, with the place of every cell
numerals      a number as people write it -> the plain numbers that it may mean
folders       a folder -> the files in it that are to be read
text          names, numbers, and texts in each language
citations     where something comes from: a document, the place in it, its words
dates         the date of a document, and days so many months later
bounds        where stretches of a number line begin, as people write it
intervals     stretches of a number line, facts known in part, and what no list names
vocabulary    facts, bands, groups, and the cells into which they cut the world
stale_numbers
              the label of a piece of a band -> the numbers in it that are none of its bounds
open_list     a text that is none of a list's values -> `other`, in these words
stretches     what a text says of a number -> the stretches in which it lies
value         what a text says of a fact: one value, or some of them
cell_text     stretches of a number -> the cell of a table that asks for them
orders        numbers that bound each other
case          the facts of one case, validated
settings      `fact=value` options of a command -> the facts that they give
evidence      what the facts of a case are taken from
casefile      a case file -> its cases as written, with what a test expects of them
casetable     a table of cases, one a row -> the same
rulebook      rules, options, decisions; frozen, with a digest
loading       a folder -> a rulebook, every mistake at once at file:line:column
translations  the texts of a rulebook, and whether their languages still say the same
"""
