"""Fits the weights by which proposed parties are taken to cooperate: python -m training.cooperation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from elshi.ingest.annotate import Together, annotate
from elshi.ingest.annotate.cooperation import SURE, proposals, to_cooperation
from elshi.ingest.annotate.occasions import Occasion
from elshi.ingest.annotate.scene import Scene
from elshi.ingest.confidence import weighed
from elshi.ingest.link import link
from elshi.ingest.model import Agreement, Cooperation, Reading, Release
from elshi.ingest.reader import LANGUAGES, load_reader
from elshi.queries.evaluation import Counts
from elshi.queries.gold import read_gold

from ..confidence.fit import fit, probability
from ..confidence.verdicts import Verdict, story_of, truths

_ROOT = Path(__file__).parents[2]
_TABLE = _ROOT / "data/models/cooperation.tsv"
_CARD = _ROOT / "data/models/cooperation.md"
#: Folders of stories with where their texts lie.
_STORIES = ((_ROOT / "data/gold", _ROOT / "data/samples"), (_ROOT / "data/gold/mirror", _ROOT / "data/gold/mirror"))
_SHORT = Path(__file__).parent / "sentences.tsv"
#: The day of issue of the short releases.
_ISSUED = "2026-03-04"
#: A sign met less often says nothing that would hold elsewhere.
_OFTEN = 4
_PENALTY = 3.0
_FOLDS = 15


def main() -> None:
    """Write the weights and the card that says how well they hold."""
    found = [*(verdict for gold, texts in _STORIES for verdict in proposed(gold, texts)), *marked()]
    _TABLE.write_text(_table([v for _, v in found]), encoding="utf-8")
    _CARD.write_text(_card(found), encoding="utf-8")
    print(_CARD.read_text(encoding="utf-8"))


def marked() -> Iterator[tuple[str, Verdict]]:
    """Yield everybody whom the short releases bring together, each release a story of its own."""
    for number, (lang, text, together) in enumerate(short_releases()):
        wanted = [set(names.split(" + ")) for names in together.split("; ")]
        signs: dict[tuple[str, str], tuple[str, ...]] = {}
        reading = annotate(Release(f"s{number}", lang, "", text, "", "short.txt", issued=_ISSUED), load_reader(lang), together=_all(signs))
        names = {entity.key: {name for name, _ in (*entity.names, *entity.aliases)} for entity in reading.entities}
        for fact in reading.cooperations:
            right = any(len(own) == len(fact.parties) and all(own & names[key] for key in fact.parties) for own in wanted)
            yield lang, Verdict(f"s{number // len(LANGUAGES)}", "Cooperation", ("always", *signs[reading.release.key, fact.id]), right)


def short_releases() -> Iterator[list[str]]:
    """Yield language, text and parties of each short release; raises ValueError where a row is none of the three."""
    _, _, *rows = _SHORT.read_text(encoding="utf-8").splitlines()
    for row in rows:
        if len(cells := row.split("\t")) != len(("lang", "text", "together")):
            raise ValueError(f"{_SHORT.name}: no row of language, text and parties: {row}")
        yield cells


def _all(signs: dict[tuple[str, str], tuple[str, ...]]) -> Together:
    """What takes every proposal for cooperation, and writes down by release and fact what spoke for it."""

    def together(scene: Scene, occasions: list[Occasion], agreements: tuple[Agreement, ...]) -> tuple[Cooperation, ...]:
        made = proposals(scene, occasions, agreements)
        signs.update({(scene.document.release.key, f"c{n}"): tuple(sorted(p.signs)) for n, p in enumerate(made)})
        return tuple(to_cooperation(scene, p, f"c{n}") for n, p in enumerate(made))

    return together


def proposed(gold: Path, texts: Path) -> Iterator[tuple[str, Verdict]]:
    """Yield everybody whom the stories of a folder bring together, by language, with the signs, and whether gold has them cooperate."""
    signs: dict[tuple[str, str], tuple[str, ...]] = {}

    def reads(release: Release) -> Reading:
        reader = load_reader(release.lang)
        return weighed(link(annotate(release, reader, together=_all(signs)), reader.book))

    for reading, thing, right in truths(gold, texts, reads=reads):
        if isinstance(thing, Cooperation):
            said = ("always", *signs[reading.release.key, thing.id])
            yield reading.release.lang, Verdict(story_of(reading), "Cooperation", said, right)


def weights_of(verdicts: Sequence[Verdict]) -> dict[str, float]:
    """Return the weights of the signs that are met often enough."""
    seen = Counter(sign for verdict in verdicts for sign in verdict.signals)
    kept = [replace(v, signals=tuple(s for s in v.signals if seen[s] >= _OFTEN)) for v in verdicts]
    return fit(kept, penalty_of=_PENALTY)


def _table(verdicts: list[Verdict]) -> str:
    seen = Counter(sign for verdict in verdicts for sign in verdict.signals)
    right = Counter(sign for verdict in verdicts if verdict.right for sign in verdict.signals)
    lines = [f"{sign}\t{weight:.2f}\t{right[sign]}\t{seen[sign]}" for sign, weight in weights_of(verdicts).items()]
    return "\n".join(["sign\tweight\tright\tof", *lines]) + "\n"


def crossed(found: Sequence[tuple[str, Verdict]]) -> list[tuple[str, Verdict, float]]:
    """Return every verdict with its likelihood by weights that were fitted without the stories of its fold."""
    stories = sorted({verdict.story for _, verdict in found})
    out = []
    for fold in (set(stories[n::_FOLDS]) for n in range(_FOLDS)):
        weights = weights_of([v for _, v in found if v.story not in fold])
        out += [(lang, v, probability(weights, v)) for lang, v in found if v.story in fold]
    return out


def _card(found: list[tuple[str, Verdict]]) -> str:
    said, rows = crossed(found), ["| language | wanted | proposed | of them right | P | R | F1 |", "|---|---|---|---|---|---|---|"]
    wanted = Counter(lang for gold, _ in _STORIES for story in read_gold(gold) for lang in story["versions"] for _ in story["cooperation"])
    for lang in LANGUAGES:
        own = [(v.right, p) for at, v, p in said if at == lang and v.story[0] != "s"]
        hits, taken = sum(right for right, p in own if p >= SURE), sum(p >= SURE for _, p in own)
        counts = Counts(hits, taken, wanted[lang])
        rows.append(
            f"| {lang} | {wanted[lang]} | {len(own)} | {sum(right for right, _ in own)} | {counts.precision:.3f} | {counts.recall:.3f} | {counts.f1:.3f} |"
        )
    return "\n".join([
        "# Who is meant to do something together", "",
        "`cooperation.tsv` holds the weight, in log-odds, of each sign by which a text brings parties together, with how often those that show the sign",
        "were right. One set of weights serves all languages: a sign is a fact of grammar (`with second`, `between`) or a class of words that each language",
        "has its own list of (`step agreed`, `cue joint`). `training/cooperation` fitted it on the development and the mirror stories; the figures are",
        f"cross-fitted in {_FOLDS} parts, every story judged by weights fitted without it, at the likelihood {SURE} from which parties are taken. The word",
        "lists were widened with the same stories in view, so that unseen stories fare somewhat worse.", "",
        *rows, "",
        "Gold decides what is right; parties that nobody proposed, and names that were misread, count as missed.", "",
    ])  # fmt: skip


if __name__ == "__main__":
    main()
