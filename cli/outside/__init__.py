"""The world around a command.

files         writing files: all of a file or nothing of it
picture       which picture is asked for, and where it goes
git           a rulebook as it stood in a commit
translations  when the translations of a rulebook were last confirmed
"""
