"""The files of a new rulebook: two facts, a decision, three rules that divide all cases among them, a case for each."""

from __future__ import annotations

import json
import re
from textwrap import wrap

from ...language.loading import loads, shipped
from ...language.problems import Problem, Sentence, WhytuneError
from ...language.text import NAME, RESERVED
from ...words.catalogue import phrase
from ..schema import CASE_MODELINE, FOLDER, RULEBOOK_MODELINE, schema_files

_WIDTH = 110
_TEXT = re.compile(r"^( *(?:- )?)(\w+): <(\w+)>$")
_COMMENT = re.compile(r"^( *)# <(\w+)>$")

_RULEBOOK = """\
# <about_rulebook>

rulebook:
  name: {name}
  version: 0.1.0
  title: <todo_title>
  languages: [{languages}]

# <about_documents>
documents:
  - document: our_policy
    title: <todo_document>
"""

_FACTS = """\
# <about_facts>

facts:
  - fact: suitable
    kind: yes_no
    ask: <todo_question>
    label: <todo_label>

  - fact: examples
    kind: whole_number
    ask: <todo_question>
    label: <todo_label>
    unit: <todo_unit>
    # <about_bands>
    bands:
      - band: amount
        ask: <todo_question>
        label: <todo_label>
        cut_at: [100]
        values: [small, large]
        source:
          document: our_policy
          place: {place}
"""

_DECISIONS = """\
# <about_decisions>

decisions:
  - decision: approach
    ask: <todo_question>
    options:
      - option: first
        label: <todo_label>
      - option: second
        label: <todo_label>
    if_none_stands:
      advise: refer
      because: <todo_because>
    if_several_stand:
      advise: refer
      because: <todo_because>
"""

_RULES = """\
# <about_rules>

rules:
  - id: first_where_suitable
    title: <todo_title>
    if:
      suitable: yes
      amount: large
    propose:
      approach: first
    because: <todo_because>
    source:
      document: our_policy
      place: {place}

  - id: second_where_unsuitable
    title: <todo_title>
    if:
      suitable: no
    propose:
      approach: second
    because: <todo_because>
    source:
      document: our_policy
      place: {place}

  - id: second_where_too_little
    title: <todo_title>
    if:
      suitable: yes
      amount: small
    propose:
      approach: second
    because: <todo_because>
    source:
      document: our_policy
      place: {place}
"""

_CASE = """\
# <{about}>

case: {title}

given:
  suitable: {suitable}
  examples: {examples}

expect:
  approach: {advice}
  status: settled
"""

_CASES = {
    "exactly_100": {"about": "about_exact_cut", "suitable": "yes", "examples": "100", "advice": "first"},
    "only_99": {"about": "about_below_cut", "suitable": "yes", "examples": "99", "advice": "second"},
    "unsuitable": {"about": "about_other_way", "suitable": "no", "examples": "500", "advice": "second"},
}


def new_rulebook(name: str, languages: tuple[str, ...]) -> dict[str, str]:
    """The files of a new rulebook, schemas included, by their paths in its folder; the name is made valid."""
    words = {
        "name": rulebook_name(name),
        "languages": ", ".join(languages),
        "place": quoted(phrase("todo_place", languages[0])),
        "title": quoted(phrase("todo_case", languages[0])),
    }
    parts = {"rulebook": _RULEBOOK, "facts": _FACTS, "decisions": _DECISIONS, "rules": _RULES}
    files = {
        f"{part}.yaml": RULEBOOK_MODELINE + filled(text.format(**words), languages) for part, text in parts.items()
    }
    rulebook = loads({path: text.encode() for path, text in files.items()})
    files |= {
        f"cases/{name}.yaml": CASE_MODELINE + filled(_CASE.format(**words, **case), languages)
        for name, case in _CASES.items()
    }
    return files | {f"{FOLDER}/{path}": text for path, text in schema_files(rulebook).items()}


def filled(template: str, languages: tuple[str, ...]) -> str:
    """The template with a phrase for each `<name>`: a text in every language, or a comment in the first."""
    return "".join(f"{line}\n" for written in template.splitlines() for line in _lines(written, languages))


def quoted(text: str) -> str:
    """The text as YAML in double quotes, so that it may hold anything."""
    return json.dumps(text, ensure_ascii=False)


def comment(text: str, indent: str = "") -> list[str]:
    """The text as lines of a comment; a Chinese character is two columns wide."""
    mark = f"{indent}# "
    width = _WIDTH if text.isascii() else _WIDTH // 2
    return wrap(text, width, initial_indent=mark, subsequent_indent=mark, break_on_hyphens=False)


def _lines(line: str, languages: tuple[str, ...]) -> list[str]:
    if match := _COMMENT.match(line):
        return comment(phrase(match[2], languages[0]), match[1])
    if match := _TEXT.match(line):
        indent, key, name = match.groups()
        return text_lines(f"{indent}{key}:", name, languages)
    return [line]


def text_lines(key: str, name: str, languages: tuple[str, ...]) -> list[str]:
    """A key, indented, with a phrase as its text in every language."""
    if len(languages) == 1:
        return [f"{key} {quoted(phrase(name, languages[0]))}"]
    indent = " " * (len(key) - len(key.lstrip(" -")))
    return [key, *(f"{indent}  {language}: {quoted(phrase(name, language))}" for language in languages)]


def rulebook_name(folder: str) -> str:
    """The name of a rulebook in a folder of this name: reduced to lower-case letters, digits and `_`.

    Raises WhytuneError: bad-name, if a rulebook that comes with whytune is called so.
    """
    made = re.sub(r"[^a-z0-9]+", "_", folder.lower()).strip("_")[:60]
    if made in shipped():
        message = Sentence("a rulebook that comes with whytune is called `{name}`", name=made)
        raise WhytuneError([Problem("bad-name", message, None, Sentence("choose another name for the folder"))])
    return made if NAME.fullmatch(made) and made not in RESERVED else "rulebook"
