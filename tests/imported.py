"""Everything that commands import, imported once, and what is made for the first rulebook that is read: the commands
that the tests run are forked from what this leaves."""

from importlib import import_module
from pkgutil import walk_packages

from whytune.engine import load

for _package in ("whytune.engine", "whytune.diagrams", "whytune.cli"):
    for _module in walk_packages(import_module(_package).__path__, f"{_package}."):
        if not _module.name.endswith("__main__"):
            import_module(_module.name)

load("guide")  # the models of all that rules are made of are then built
