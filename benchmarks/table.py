"""What a benchmark found: the table that is printed and the file that is kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Ratio:
    """`ratio` is ours / peer. `aim` is what we want it to be: "≤ 0.5", "≥ 0.3"."""

    name: str
    ours: float
    peer: float
    unit: str
    aim: str

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def met(self) -> bool:
        sign, bound = self.aim.split()
        return self.ratio <= float(bound) if sign == "≤" else self.ratio >= float(bound)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * len(ordered) * 1000) // 1000) - 1))]


def middle(values: Sequence[float]) -> float:
    return float(median(values))


def show(found: Sequence[Ratio]) -> None:
    """Print the table."""
    table = Table("name", "ours", "peer", "unit", "ratio", "aim", "met")
    for one in found:
        met = "yes" if one.met else "no"
        table.add_row(one.name, f"{one.ours:.2f}", f"{one.peer:.2f}", one.unit, f"{one.ratio:.2f}", one.aim, met)
    Console(width=110).print(table)


def keep(found: Sequence[Ratio], path: Path = RESULTS) -> None:
    """Write what was measured; what this run did not measure stays as it was."""
    known: dict[str, Mapping[str, object]] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    for one in found:
        figures = {name: round(value, 4) for name, value in asdict(one).items() if isinstance(value, float)}
        known[one.name] = {**figures, "ratio": round(one.ratio, 3), "unit": one.unit, "aim": one.aim}
    path.write_text(json.dumps(known, indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
