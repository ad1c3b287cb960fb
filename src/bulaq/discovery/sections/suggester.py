"""Which section an article belongs to, learned from the newsroom's own archive, with an honest probability.

A softmax regression over hashed features of the text (`features`). Where the source is known (an agency, an
outlet), every feature stands twice, once for all sources and once for this one: each has its own idea of what belongs
where, and shares the rest («frustratingly easy» domain adaptation: Daumé III, 2007). A source never met before is judged
by what is shared.

Trained by stochastic gradient descent with steps adapted to each feature (AdaGrad: Duchi, Hazan and Singer, 2011) and
averaged. What it says is calibrated by one temperature and, of each section, how much likelier it has become («vector
scaling»: Guo et al., 2017), fitted on articles kept out of the training, the newest ones, for tomorrow's articles are what it
will be asked about. The top two are the honest interface: the desk offers them and lets the editor choose.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np

from bulaq.arabic.analysis import VERSION as ANALYSER_VERSION
from bulaq.discovery.sections.features import (
    FEATURES,
    FeatureReader,
    Features,
    Matrix,
    for_source,
    inverse_frequencies,
    weighed,
)

FORMAT: Final = f"sections-4-{ANALYSER_VERSION}"
LEAST_ARTICLES: Final = 5
"""A section with fewer articles is not learned: nothing can be known of it."""

_EPOCHS: Final = 5
_RATE: Final = 0.5
_DECAY: Final = 2e-6
_LEAST_WRONG: Final = 0.03
"""Nearer to certainty than this, an article teaches nothing more in a round: half the work of a training."""
_KEPT_OUT: Final = 0.1
_LEAST_CALIBRATED: Final = 200  # articles
_CALIBRATION_STEPS: Final = 500
_CALIBRATION_RATE: Final = 0.1
_FEW_SHIFTS: Final = 0.01  # what a square of a shift costs, in units of the loss of an article
_ARRAYS: Final = ("idf", "weights", "bias")


class Sample(NamedTuple):
    """An article to learn from: its text (the first line is the headline), its section, its source if it had one."""

    text: str
    section: str
    source: str = ""


class Suggestion(NamedTuple):
    """A section and the probability that an editor would choose it."""

    section: str
    probability: float


class NotEnoughArticles(ValueError):
    """There are not two sections with enough articles to learn from."""


class Calibration(NamedTuple):
    """What makes honest probabilities of scores: one over a temperature, and a shift for each section."""

    scale: float
    shifts: Matrix

    def of(self, scores: Matrix) -> Matrix:
        """The scores, scaled and shifted, of one article or of many."""
        scaled: Matrix = scores * self.scale + self.shifts
        return scaled


class SectionSuggester:
    """Suggests sections; made by `train` or `load`. Safe to share between threads once made."""

    def __init__(
        self,
        sections: Sequence[str],
        idf: Matrix,
        weights: Matrix,
        bias: Matrix,
        calibration: Calibration,
        sources: Iterable[int],
    ) -> None:
        self.sections = tuple(sections)
        self._sources = frozenset(sources)
        self._idf = idf
        self._weights = weights
        self._bias = bias
        self._calibration = calibration
        self._reader = FeatureReader()

    @classmethod
    def train(cls, articles: Iterable[Sample], *, seed: int = 1) -> Self:
        """Learns from samples in the order of publication.

        Raises `NotEnoughArticles`. Takes some 2 ms an article in all; memory: 6 MB a section and 4 kB an article.
        """
        reader = FeatureReader()
        read = [(reader.counted(text), section, source) for text, section, source in articles]
        counts = Counter(section for _, section, _ in read)
        sections = sorted(section for section, count in counts.items() if count >= LEAST_ARTICLES)
        if len(sections) < 2:
            raise NotEnoughArticles(
                f"{len(sections)} sections with {LEAST_ARTICLES} articles or more; two are needed"
            )
        number = {section: place for place, section in enumerate(sections)}
        idf = inverse_frequencies([counted for counted, _, _ in read])
        examples = [
            _Example(weighed(counted, idf), reader.number(f"s {source}") if source else 0, number[section])
            for counted, section, source in read
            if section in number
        ]
        del read
        calibration = _calibrated(examples, len(sections), seed)
        weights, bias = _descend(examples, len(sections), seed)
        made = cls(sections, idf, weights, bias, calibration, {one.source for one in examples})
        made._reader = reader
        return made

    def suggest(self, text: str, source: str = "") -> list[Suggestion]:
        """All sections with their probabilities (they sum to 1), the likeliest first."""
        features = weighed(self._reader.counted(text), self._idf)
        number = self._reader.number(f"s {source}") if source else 0
        features = for_source(features, number if number in self._sources else 0)
        chances = _softmax(self._calibration.of(_scores(features, self._weights, self._bias)))
        order = np.argsort(-chances, kind="stable")
        return [Suggestion(self.sections[place], float(chances[place])) for place in order]

    def save(self, path: Path) -> None:
        """Writes the model to one file (some 1 MB a section), in place of the old one at once."""
        details = {
            "format": FORMAT,
            "sections": self.sections,
            "calibration": (self._calibration.scale, self._calibration.shifts.tolist()),
            "sources": sorted(self._sources),
        }
        part = path.with_name(f"{path.name}.part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("model.json", json.dumps(details, ensure_ascii=False))
            for name in _ARRAYS:
                data = io.BytesIO()
                np.save(data, getattr(self, f"_{name}").astype(np.float16), allow_pickle=False)
                file.writestr(f"{name}.npy", data.getvalue())
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads what `save` wrote; raises ValueError, naming the file, for another format."""
        try:
            with zipfile.ZipFile(path) as file:
                details = json.loads(file.read("model.json"))
                if details["format"] != FORMAT:
                    raise ValueError(f"made as {details['format']}, this is {FORMAT}; train it anew")
                idf, weights, bias = (
                    np.load(io.BytesIO(file.read(f"{name}.npy")), allow_pickle=False) for name in _ARRAYS
                )
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            raise ValueError(f"{path}: not a section model: {error}") from error
        # The weights stay in half precision: twelve bytes of memory saved a feature, in every process of the desk.
        scale, shifts = details["calibration"]
        calibration = Calibration(float(scale), np.array(shifts, dtype=np.float32))
        return cls(
            details["sections"], idf.astype(np.float32), weights, bias, calibration, details["sources"]
        )


class _Example(NamedTuple):
    features: Features
    source: int  # its number, 0 when it is not known
    section: int


def _calibrated(examples: Sequence[_Example], sections: int, seed: int) -> Calibration:
    """The calibration by which the sections of the newest articles, of which a draft of the model has learned nothing, are
    the likeliest; fitted by AdaGrad, the shifts held back where few articles speak for them."""
    scale, shifts = np.float32(1), np.zeros(sections, dtype=np.float32)
    if len(examples) >= _LEAST_CALIBRATED:
        kept_out = int(len(examples) * _KEPT_OUT)
        weights, bias = _descend(examples[:-kept_out], sections, seed)
        newest = examples[-kept_out:]
        scores = np.stack([_scores(for_source(one.features, one.source), weights, bias) for one in newest])
        right = np.eye(sections, dtype=np.float32)[[one.section for one in newest]]
        squares, shift_squares = np.float32(1e-8), np.full(sections, 1e-8, dtype=np.float32)
        for _ in range(_CALIBRATION_STEPS):
            wrong = (_softmax(scores * scale + shifts) - right) / kept_out
            slope, shift_slopes = (wrong * scores).sum(), wrong.sum(axis=0) + 2 * _FEW_SHIFTS * shifts
            squares += slope**2
            shift_squares += shift_slopes**2
            scale -= _CALIBRATION_RATE * slope / np.sqrt(squares)
            shifts -= _CALIBRATION_RATE * shift_slopes / np.sqrt(shift_squares)
    return Calibration(float(scale), shifts)


def _scores(features: Features, weights: Matrix, bias: Matrix) -> Matrix:
    rows = weights.take(features.places, axis=0).astype(np.float32, copy=False)
    scores: Matrix = features.weights @ rows + bias
    return scores


def _descend(examples: Sequence[_Example], sections: int, seed: int) -> tuple[Matrix, Matrix]:
    """Weights (FEATURES × sections) and bias after `_EPOCHS` rounds, the mean of the last half of the rounds."""
    weights = np.zeros((FEATURES, sections), dtype=np.float32)
    squares = np.full((FEATURES, sections), 1e-2, dtype=np.float32)
    bias = np.zeros(sections, dtype=np.float32)
    mean, mean_bias, rounds = np.zeros_like(weights), np.zeros_like(bias), 0
    random = np.random.default_rng(seed)
    for epoch in range(_EPOCHS):
        for place in random.permutation(len(examples)).tolist():
            example = examples[place]
            features = for_source(example.features, example.source)
            rows = weights.take(features.places, axis=0)
            gradient = _softmax(features.weights @ rows + bias)
            gradient[example.section] -= 1
            if gradient[example.section] > -_LEAST_WRONG:
                continue
            slope = features.weights[:, None] * gradient + np.float32(_DECAY) * rows
            grown = squares.take(features.places, axis=0) + slope * slope
            squares[features.places] = grown
            weights[features.places] = rows - np.float32(_RATE) * slope / np.sqrt(grown)
            bias -= np.float32(0.01) * gradient
        if epoch >= _EPOCHS // 2:
            mean += weights
            mean_bias += bias
            rounds += 1
    return (mean / rounds).astype(np.float32), (mean_bias / rounds).astype(np.float32)


def _softmax(scores: Matrix) -> Matrix:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Matrix = raised / raised.sum(axis=-1, keepdims=True)
    return chances
