"""What this machine lacks for installing whytune with this Python: one line each, and exit code 1 if anything."""

import os
import shlex
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

PYTHON = "python{}.{}".format(*sys.version_info)


def lacking() -> Iterator[str]:
    if not (find_spec("venv") and find_spec("ensurepip")):
        yield f"{PYTHON} has no venv module: apt-get install {PYTHON}-venv"
    if any(Path("dist").glob("durable_rules-*-abi3-*.whl")):
        return
    if not shutil.which(compiler()):
        yield f"no C compiler (`{compiler()}`), with which durable-rules is built: apt-get install build-essential"
    if not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")):
        yield f"{PYTHON} has no C headers, with which durable-rules is built: apt-get install {PYTHON}-dev"


def compiler() -> str:
    """The command that builds extensions: $CC, or the one that built this Python."""
    return shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]


found = [f"whytune: {line}" for line in lacking()]
if found:
    sys.exit("\n".join(found))
