"""`python -m whytune.cli` is `whytune`."""

from . import main

main()
