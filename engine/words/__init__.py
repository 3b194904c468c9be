"""How things are said, in each language.

phrases    the fixed phrases in which whytune speaks, in each language
sentences  what problems say, in languages other than English
speaker    how the things of a rulebook are called in one language
lettering  text -> lines that fit, and the room they take
"""
