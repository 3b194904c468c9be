"""Everything that commands import, imported once, and the rulebooks and price lists that most of them ask, as they are
remembered: the commands that the tests run are forked from what this leaves."""

from contextlib import suppress
from datetime import date
from importlib import import_module
from pkgutil import walk_packages

from whytune.engine import Advisor
from whytune.engine.costs.price_file import load_prices
from whytune.engine.words.lettering import fold

for _package in ("whytune.engine", "whytune.diagrams", "whytune.exchange", "whytune.cli"):
    for _module in walk_packages(import_module(_package).__path__, f"{_package}."):
        if not _module.name.endswith("__main__"):
            import_module(_module.name)

_LATE = ("cryptography.hazmat.primitives.asymmetric.ed25519", "click._textwrap", "duckdb", "whytune.web.service")
"""What commands import where they need it, and the service, whose long questions are worked out in such processes."""
for _late in _LATE:
    with suppress(ImportError):
        import_module(_late)

for _name, _day in ("guide", None), ("practice", date(2026, 12, 15)):
    _advisor = Advisor.load(_name, _day)
    _advisor.diagram, _advisor.engine  # noqa: B018  built once instead of in every command
    load_prices(_name)  # here the models of what a price list holds are built
fold("and the patterns that lines are wrapped by", 20)
