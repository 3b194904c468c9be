"""Doors for people, programs and assistants without a terminal, with the extras `web` and `mcp`.

extras       a missing package -> the problem that says which extra to install
refusal      a request that is not answered, and why, as HTTP has it
examinations
             what checks found in rulebooks, kept as long as their files do not change
revisions    a rulebook as it was in a commit
library      the rulebooks and the ledger that are served
asking       what a request asks: a rulebook on a day, the facts of a case, names
sent_proofs  what a file is by which a ledger is verified, and whether it was sent where such files belong
sent_checkpoints
             files of checkpoints and a key that come with a question -> what a ledger has to meet
sent_ledger  a ledger that somebody sends -> what can be read of it, in memory alone
shapes       what a parameter or a fact may be, as JSON Schema
just_recorded  a case that was recorded -> what is answered
answering    the answers to all questions that can be asked over HTTP
written_answers
             a recommendation -> its JSON text
routes       every question that can be asked over HTTP, with its answer
bounded_headers
             columns and remarks that are told beside a file -> headers that fit
exchanged    a rulebook for another program, or a file of one that is sent and read
kept_replies
             what was replied last, kept for those who ask the same
apart        long work in processes of its own, with a time limit
sent_tables  tables of tasks, with an answer in each row
exported     a ledger, or a record of it, to download
answers      what each question is answered with, as types
openapi      the routes -> their description
examiner     what checks find, found once for all who ask, one rulebook after the other
measures     how many requests, how long, which advice
guard        who may ask, how much at once, and what is counted
addresses    where a page leads
switched     the switch of a page to its other language, and what is told in both
carried      a case on its way to another page, as far as its question and its rulebook take it
typed        numbers as people type them into a form -> in plain digits
fact_fields  one fact -> the field of a form that asks for it
fields       forms that ask for facts
to_fields    what a page calls facts and decisions -> links to the fields in which facts are given, and to reasons
places       places in the files of a rulebook, and rules -> links to the editor, and to rules
further      the answer to a case -> where to go from there
revealing    a record that keeps values out -> the form that asks those who know them
opening      what the first page says before anything is asked
bodies       the content of a page
interview    one question a page, and at the end the advice
mistakes     a question that cannot be answered -> what is wrong, above the form as it was filled in
rule_bodies  the content of the pages of rules, of findings about them, and of cases
record_bodies
             the content of the pages of a ledger
pages        the routes -> pages
api_page     the description -> a page that reads it
editor_help  what the editor of a file knows, where scripts run
edit_form    an edit of the files of a rulebook -> its form
uploads      forms that send an edit as a file
workbook_edits
             the page of a workbook in which a rulebook was edited
editor       files of a rulebook in a form, one at a time, and what the edit of them does
sent_patch   the patch of an edit that somebody hands over -> the page of this edit
assistants   the routes -> tools and resources of assistants
responses    a page or an answer -> what is sent
sent_files   what pages are sent beside themselves
received     what a request sends: its body, or the fields and files of a form
service      the routes -> an application
limited_heads
             a limit to what comes before the body of a request
server       the application on a port, until it is told to stop
"""
