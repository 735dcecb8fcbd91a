"""The training loop: new sentences each round, scores after each, the best round kept."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.batchers import minibatch_by_words
from thinc.api import Adam, Config, compounding, fix_random_seed

from .labelled import UNKNOWN, Labelled
from .measure import Scores, score

__all__ = ["Plan", "examples", "learn"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a model is trained on and measured with."""

    nlp: Language
    sentences: Callable[[random.Random], list[Labelled]]  # of one round
    measured: dict[str, tuple[float, Sequence[Labelled]]]  # weight in the choice of the round, sentences
    rounds: int = 12
    patience: int = 4
    drop: float = 0.15
    all_labels: bool = False  # the round is chosen by all labels, not by names
    config: str = "ner.cfg"  # beside this module
    after: Callable[[Doc], Doc] = lambda doc: doc  # what rules make of the names found
    seed: int = 20260304


def examples(sentences: Iterable[Labelled], nlp: Language) -> Iterator[Example]:
    """Yield training pairs; a span that falls across tokens is unknown, like those marked so."""
    texts = list(sentences)
    for sentence, doc in zip(texts, nlp.pipe(one.text for one in texts), strict=True):
        reference = doc.copy()
        known: list[Span] = []
        doubtful: set[int] = set()
        for start, end, label in sentence.spans:
            exact = doc.char_span(start, end)
            if label != UNKNOWN and exact is not None:
                known.append(Span(reference, exact.start, exact.end, label))
            elif (wide := reference.char_span(start, end, alignment_mode="expand")) is not None:
                doubtful.update(range(wide.start, wide.end))
        doubtful -= {token.i for span in known for token in span}
        missing = [reference[i : i + 1] for i in sorted(doubtful)]
        reference.set_ents(known, missing=missing, default="outside")
        yield Example(doc, reference)


def _joined(sentences: list[Labelled], rng: random.Random) -> Iterator[Labelled]:
    """Yield sentences alone and, every third time, two or three as a paragraph."""
    rng.shuffle(sentences)
    waiting = iter(sentences)
    for sentence in waiting:
        for _ in range(rng.choice((0, 0, 0, 0, 1, 2))):
            if (more := next(waiting, None)) is not None:
                sentence = sentence.joined(more)
        yield sentence


def learn(plan: Plan, config: Path, out: Path) -> dict[str, Scores]:
    """Train a recogniser, write the best round's to a folder and return its scores by set."""
    fix_random_seed(plan.seed)
    rng = random.Random(plan.seed)
    nlp = plan.nlp
    settings = dict(Config().from_disk(config)["ner"])
    ner: Any = nlp.add_pipe(settings.pop("factory"), config=settings)
    nlp.disable_pipe("ner")
    ner.initialize(lambda: list(examples(plan.sentences(rng)[:2000], nlp)), nlp=nlp)
    optimizer = Adam(0.001, L2=0.01, grad_clip=1.0, use_averages=True)
    sizes = compounding(150.0, 1200.0, 1.002)
    kept: dict[str, Scores] = {}
    best, stale = -1.0, 0
    for turn in range(plan.rounds):
        began, losses = time.time(), {"ner": 0.0}
        optimizer.learn_rate = 0.001 * (1.0 - 0.85 * turn / plan.rounds)
        for batch in minibatch_by_words(examples(_joined(plan.sentences(rng), rng), nlp), size=sizes):  # type: ignore[arg-type]
            try:
                ner.update(batch, sgd=optimizer, losses=losses, drop=plan.drop)
            except ValueError as fault:  # a swapped name can leave a sentence that no sequence of moves annotates (spaCy E024)
                if "E024" not in str(fault):
                    raise
        with ner.model.use_params(optimizer.averages):
            found = {
                name: score(examples(sentences, nlp), lambda doc: plan.after(ner(doc))) for name, (_, sentences) in plan.measured.items()
            }
            value = sum(weight * _worth(plan, found[name]) for name, (weight, _) in plan.measured.items())
            print(
                f"{turn + 1:2} {time.time() - began:4.0f}s {losses['ner']:8.0f} ",
                *(f"{n} {_worth(plan, s):.3f}" for n, s in found.items()),
                flush=True,
            )
            stale += 1
            if value > best:
                kept, best, stale = found, value, 0
                _write(nlp, out)
        if stale == plan.patience:
            break
    return kept


def _worth(plan: Plan, scores: Scores) -> float:
    return scores.of_all if plan.all_labels else scores.overall


def _write(nlp: Language, out: Path) -> None:
    nlp.enable_pipe("ner")
    nlp.to_disk(out, exclude=["vocab"])
    nlp.disable_pipe("ner")
