"""Labels Russian news with natasha (MIT), whose labels may be passed on; needs `natasha` and `setuptools<82` in an environment of its own.

Usage: python training/ner/teacher.py RESOURCES OUT.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def texts(resources: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts to label, with where they come from; of NEREL nothing but its texts, which are Wikinews (CC BY 2.5)."""
    with gzip.open(resources / "nerel/nerel_train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield f"wikinews:{record['doc']}", record["text"]


def label(text: str, tools: dict[str, Any]) -> list[tuple[int, int, str, str]]:
    """Return the names in a text with their labels and, of persons, the nominative."""
    doc = tools["doc"](text)
    doc.segment(tools["segmenter"])
    doc.tag_morph(tools["morph"])
    doc.tag_ner(tools["ner"])
    found = []
    for span in doc.spans:
        span.normalize(tools["vocabulary"])
        found.append((span.start, span.stop, span.type, span.normal or ""))
    return found


def main(resources: Path, out: Path) -> None:
    """Label all texts."""
    from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsNERTagger, Segmenter

    embedding = NewsEmbedding()
    tools = {
        "doc": Doc,
        "segmenter": Segmenter(),
        "vocabulary": MorphVocab(),
        "morph": NewsMorphTagger(embedding),
        "ner": NewsNERTagger(embedding),
    }
    with gzip.open(out, "wt", encoding="utf-8") as file:
        for source, text in texts(resources):
            record = {"doc": source, "text": text, "spans": label(text, tools)}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
