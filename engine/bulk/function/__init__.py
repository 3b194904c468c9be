"""A rulebook -> one Python module that advises without whytune.

runtime   the part that all such modules share: how facts are read, and how the way down a diagram is found
frame     what stands around a rulebook's own code: head, runtime, doors
module    a rulebook -> the module: its facts and rules as code, its diagram as a table
compiled  a rulebook -> a function that the module offers
"""
