"""How things are said, in each language.

en         what whytune says in English
zh         what whytune says in Chinese
catalogue  the name of a text and a language -> the text
values     numbers, values and sources as readers see them
speaker    what the parts of a rulebook are called in one language
shelf      the rulebooks that come with whytune, with the edition and audience of each
lettering  text -> lines that fit, and the room they take
"""
