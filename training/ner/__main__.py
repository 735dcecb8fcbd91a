"""Trains the recogniser of a language: python -m training.ner kk RESOURCES TAUGHT.jsonl.gz [OUT]."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from .learn import learn
from .plans import PLANS

_ROOT = Path(__file__).parents[2]


def main(lang: str, resources: Path, taught: Path, out: Path | None = None) -> None:
    """Train, write the model and its scores."""
    out = out or _ROOT / f"data/models/{lang}_ner"
    plan = PLANS[lang](_ROOT, resources, taught)
    plan.nlp.meta.update(json.loads(Path(__file__).with_name("cards.json").read_text("utf-8")).get(lang, {}))
    found = learn(plan, Path(__file__).with_name(plan.config), out)
    tables = {name: scores.table() for name, scores in found.items()}
    (out / "scores.json").write_text(json.dumps(tables, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, table in tables.items():
        for label, row in table.items():
            print(f"{name:8} {label:14} P {row['p']:.3f} R {row['r']:.3f} F {row['f']:.3f} of {row['n']}")


if __name__ == "__main__":
    main(sys.argv[1], *(Path(argument) for argument in sys.argv[2:]))
