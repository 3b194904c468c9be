"""What docs/governance.md, the hooks and the CI job tell a team to run does run, and says what they promise."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from . import pages

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "governance.md"
JOB = ROOT / "docs" / "examples" / "rules-repository.yml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}


def steps() -> dict[str, Any]:
    return {step["name"]: step for step in yaml.safe_load(JOB.read_text())["jobs"]["rules"]["steps"] if "name" in step}


def test_every_command_takes_the_options_with_which_it_is_called() -> None:
    runs = [step["run"].partition(" > ")[0] for step in steps().values() if "run" in step]
    called = [run for run in runs if run.startswith("whytune")]
    called += [f"{hook['entry']} my-rules" for hook in HOOKS.values()]
    assert len(called) == 6
    assert not [command for command in called if pages.strange(shlex.split(command))]


def test_the_page_shows_the_job_that_is_shipped() -> None:
    assert f"```yaml\n{JOB.read_text()}```" in PAGE.read_text()


def test_the_hooks_are_what_pre_commit_wants() -> None:
    assert set(HOOKS) == {"whytune-check", "whytune-test", "whytune-schema"}
    for name, hook in HOOKS.items():
        assert {"id", "name", "description", "entry", "language", "files", "pass_filenames"} == set(hook)
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
        assert hook["entry"].split()[:2] == ["whytune", name.removeprefix("whytune-")]
        assert re.search(hook["files"], "my-rules/facts.yaml")
        assert not re.search(hook["files"], "my-rules/schema/cases.json")
        assert f"id: {name}" in PAGE.read_text()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a new rulebook on its main branch."""
    (tmp_path / "home").mkdir()
    folder = tmp_path / "repository"
    folder.mkdir()
    for command in (
        "git init -q -b main",
        "whytune new rulebook my-rules",
        "sed -i.bak s/TODO/Words/ my-rules/*.yaml && rm my-rules/*.bak",
        "git add .",
        "git -c user.name=A -c user.email=a@example.org commit -q -m one",
        "git update-ref refs/remotes/origin/main main",
    ):
        assert run(command, folder).returncode == 0, command
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What a step of the job does, in this folder."""
    job = yaml.safe_load(JOB.read_text())
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "WHYTUNE"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**kept, **job["env"], "GITHUB_BASE_REF": "main", "PATH": path, "HOME": str(folder.parent / "home")}
    return subprocess.run(
        ["bash", "-e", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_job_lets_a_sound_rulebook_pass_and_shows_what_an_edit_changes(repository: Path) -> None:
    check, compare = (steps()[name]["run"] for name in ("Check", "Compare with the main branch"))
    assert run(check, repository).returncode == 0
    assert run(compare, repository).returncode == 0
    rules = repository / "my-rules" / "rules.yaml"
    rules.write_text(rules.read_text().replace("approach: first\n", "approach: second\n"))
    found = run(check, repository)
    assert found.returncode == 1
    assert "::warning title=whytune dead-option,file=my-rules/decisions.yaml" in found.stdout
    assert run(compare, repository).returncode == 1
    assert "first_where_suitable" in (repository / "diff.md").read_text()


@pytest.mark.slow
def test_the_schema_hook_brings_the_schemas_up_to_date(repository: Path) -> None:
    for path in (repository / "my-rules").glob("*.yaml"):
        path.write_text(
            path.read_text().replace("suitable:", "fit_for_it:").replace("fact: suitable", "fact: fit_for_it")
        )
    assert run(f"{HOOKS['whytune-schema']['entry']} my-rules", repository).returncode == 0
    assert "fit_for_it" in (repository / "my-rules" / "schema" / "rulebook.json").read_text()
