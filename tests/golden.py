"""Golden files: what a message, modal or Home looks like, kept as JSON and compared whole.

Run the tests with GOLDEN=write to write them anew; then read the difference before committing it.
"""

import json
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "golden"


def same_as_golden(name: str, payload: dict[str, Any]) -> None:
    """Compare a payload with `tests/golden/<name>.json`. Fails with how to accept a wanted change."""
    path = FOLDER / f"{name}.json"
    text = json.dumps(payload, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden file {path.name}: run with GOLDEN=write, read it, commit it"
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs: GOLDEN=write accepts a wanted change"
