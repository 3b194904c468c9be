"""A template and what it shows -> one page, self-contained: nothing in it is fetched, run, or taken as it is.

page.html is the frame and the style of every page.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from whytune.engine.language.problems import visible

HASHES = "STYLE-HASHES"
"""Stands for the hashes of the page's styles until these are known."""


def page(template: str, **shown: Any) -> str:
    """The page that this template, a path below this folder, makes of what is shown; `language` is its language."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=_seen, trim_blocks=True, loader=FunctionLoader(_template)
    )
    return _with_style_hashes(environment.get_template(template).render(style_hashes=HASHES, **shown))


def _template(path: str) -> str:
    return resources.files(__package__).joinpath(path).read_text("utf-8")


def _seen(value: Any) -> Any:
    """A text with an escape for each letter that cannot be seen; the pictures are our own."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _with_style_hashes(text: str) -> str:
    """The page with a policy by which a browser takes these styles and no others (CSP Level 3)."""
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    hashes = dict.fromkeys(b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles)
    return text.replace(HASHES, " ".join(f"'sha256-{digest}'" for digest in hashes), 1)
