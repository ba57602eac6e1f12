"""What the product imports is what it says that it depends on: anything else is missing on a fresh machine."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
OURS = ("app.py", "demo.py", "bot", "cli", "handlers", "playground", "prompts", "storage")
ON_REQUEST = {"psycopg", "psycopg-pool"}
UNDERNEATH = {"numpy": "scipy", "multidict": "aiohttp", "pydantic-core": "pydantic", "pillow": "matplotlib"}
"""Parts of what we depend on, which pins them itself."""


def named(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0].lower().replace("_", "-")


def imported() -> set[str]:
    """The distributions behind every import of the product, wherever in a module it stands."""
    known, found = packages_distributions(), set()
    files = [path for one in OURS for path in ((ROOT / one).rglob("*.py") if (ROOT / one).is_dir() else [ROOT / one])]
    local = {Path(one).stem for one in OURS}
    for path in files:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            tops = {name.partition(".")[0] for name in names} - local - sys.stdlib_module_names
            found |= {known[top][0] if top in known else top for top in tops}
    return {named(one) for one in found}


def test_every_library_that_is_imported_is_declared_and_locked() -> None:
    declared = {named(one) for one in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]}
    locked = {named(line) for line in (ROOT / "requirements.lock").read_text().splitlines() if line[:1].isalpha()}
    used = {UNDERNEATH.get(one, one) for one in imported()} - ON_REQUEST
    assert used - declared == set()
    assert declared - locked == set()
