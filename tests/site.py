"""The manual as a site: `python -m tests.site`, or `make docs`.

Its source is what a reader of the repository sees: the front pages, the manual, and every file that these link to, in
their folders; so a link that works there works here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from . import pages

ROOT = pages.ROOT
SOURCE = ROOT / "build" / "manual"
SITE = ROOT / "build" / "site"
CHANGES = ROOT / "CHANGELOG.md"


def files() -> set[Path]:
    """The pages of the site, and the files to which they lead, folders left out."""
    read = (*pages.PAGES, CHANGES)
    linked = {(page.parent / link.partition("#")[0]).resolve() for page in read for link in pages.links(page)}
    return {*read, *(path for path in linked if path.is_file())}


def gather() -> None:
    """Copies what the site is made from to where zensical.toml looks for it."""
    shutil.rmtree(SOURCE, ignore_errors=True)
    for file in files():
        copy = SOURCE / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


def main() -> None:
    gather()
    shutil.rmtree(SITE, ignore_errors=True)
    program = [sys.executable, "-m", "zensical", "build", "--strict", "--clean"]
    subprocess.run([*program, "--config-file", str(ROOT / "zensical.toml")], cwd=ROOT, check=True)
    sys.stdout.write(f"{SITE.relative_to(ROOT)}/index.html\n")


if __name__ == "__main__":
    main()
