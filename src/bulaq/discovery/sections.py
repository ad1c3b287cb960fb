"""Which section an article belongs to, learned from the newsroom's own archive, with an honest probability.

A softmax regression over hashed light stems, words of the headline and of the lead (as features of their own), countries
and, where it is known, the source (an agency, an outlet: each has its own idea of what belongs where), trained by stochastic gradient descent with steps adapted to each feature (AdaGrad: Duchi, Hazan
and Singer, 2011) and averaged. What it says is calibrated by one temperature (Guo et al., 2017), fitted on articles
kept out of the training, the newest ones, for tomorrow's articles are what it will be asked about. The top two are the
honest interface: the desk offers them and lets the editor choose.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bulaq.arabic.analysis import VERSION as ANALYSER_VERSION
from bulaq.arabic.analysis import Analyser
from bulaq.discovery.countries import country_words

FORMAT: Final = f"sections-1-{ANALYSER_VERSION}"
FEATURES: Final = 2**18
LEAST_ARTICLES: Final = 5
"""A section with fewer articles is not learned: nothing can be known of it."""

_EPOCHS: Final = 4
_RATE: Final = 0.5
_DECAY: Final = 2e-6
_KEPT_OUT: Final = 0.1
_MOST_LETTERS: Final = 8_000
_LEAD_WORDS: Final = 60
_SOURCE: Final = 20  # a source weighs as a word that stands so many times
_MOST_CACHED: Final = 400_000

Matrix = NDArray[np.float32]


class Sample(NamedTuple):
    """An article to learn from: its text (the first line is the headline), its section, its source if it had one."""

    text: str
    section: str
    source: str = ""


class Suggestion(NamedTuple):
    """A section and the probability that an editor would choose it."""

    section: str
    probability: float


class Features(NamedTuple):
    """The features of a text: their places in 0..FEATURES−1 and their weights, a vector of length 1."""

    places: NDArray[np.int64]
    weights: Matrix


class NotEnoughArticles(ValueError):
    """There are not two sections with enough articles to learn from."""


class SectionSuggester:
    """Suggests sections; made by `train` or `load`. Safe to share between threads once made."""

    def __init__(self, sections: Sequence[str], weights: Matrix, bias: Matrix, temperature: float) -> None:
        self.sections = tuple(sections)
        self._weights = weights
        self._bias = bias
        self._temperature = temperature
        self._reader = FeatureReader()

    @classmethod
    def train(cls, articles: Iterable[Sample], *, seed: int = 1) -> Self:
        """Learns from samples in the order of publication.

        Raises `NotEnoughArticles`. Takes some 0.3 ms an article and epoch; memory: 1 MB a section and 1 kB an article.
        """
        reader = FeatureReader()
        read = [(reader.features(text, source), section) for text, section, source in articles]
        counts = Counter(section for _, section in read)
        sections = sorted(section for section, count in counts.items() if count >= LEAST_ARTICLES)
        if len(sections) < 2:
            raise NotEnoughArticles(
                f"{len(sections)} sections with {LEAST_ARTICLES} articles or more; two are needed"
            )
        number = {section: place for place, section in enumerate(sections)}
        examples = [(features, number[section]) for features, section in read if section in number]
        kept_out = max(1, int(len(examples) * _KEPT_OUT)) if len(examples) >= 200 else 0
        temperature = 1.0
        if kept_out:
            draft = cls(sections, *_descend(examples[:-kept_out], len(sections), seed), 1.0)
            temperature = draft._fitted_temperature(examples[-kept_out:])
        made = cls(sections, *_descend(examples, len(sections), seed), temperature)
        made._reader = reader
        return made

    def suggest(self, text: str, source: str = "") -> list[Suggestion]:
        """All sections with their probabilities (they sum to 1), the likeliest first."""
        scores = self._scores(self._reader.features(text, source)) / self._temperature
        chances = _softmax(scores)
        order = np.argsort(-chances, kind="stable")
        return [Suggestion(self.sections[place], float(chances[place])) for place in order]

    def _scores(self, features: Features) -> Matrix:
        scores: Matrix = features.weights @ self._weights[features.places] + self._bias
        return scores

    def _fitted_temperature(self, examples: Sequence[tuple[Features, int]]) -> float:
        scores = np.stack([self._scores(features) for features, _ in examples])
        right = np.array([section for _, section in examples])

        def loss(temperature: float) -> float:
            scaled = scores / temperature
            scaled -= scaled.max(axis=1, keepdims=True)
            logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
            return -float(logs[np.arange(len(right)), right].mean())

        return float(min(np.geomspace(0.2, 5, 80), key=lambda temperature: loss(float(temperature))))

    def save(self, path: Path) -> None:
        """Writes the model to one file (some 0.5 MB a section), in place of the old one at once."""
        details = {"format": FORMAT, "sections": self.sections, "temperature": self._temperature}
        part = path.with_name(f"{path.name}.part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("model.json", json.dumps(details, ensure_ascii=False))
            for name, array in (("weights.npy", self._weights.astype(np.float16)), ("bias.npy", self._bias)):
                data = io.BytesIO()
                np.save(data, array, allow_pickle=False)
                file.writestr(name, data.getvalue())
        part.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Reads what `save` wrote; raises ValueError, naming the file, for another format."""
        try:
            with zipfile.ZipFile(path) as file:
                details = json.loads(file.read("model.json"))
                if details["format"] != FORMAT:
                    raise ValueError(f"made as {details['format']}, this is {FORMAT}; train it anew")
                weights, bias = (
                    np.load(io.BytesIO(file.read(name)), allow_pickle=False)
                    for name in ("weights.npy", "bias.npy")
                )
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            raise ValueError(f"{path}: not a section model: {error}") from error
        return cls(details["sections"], weights.astype(np.float32), bias, float(details["temperature"]))


class FeatureReader:
    """Reads the features of texts, remembering each word."""

    def __init__(self, analyser: Analyser | None = None) -> None:
        self._analyser = analyser or Analyser()
        self._countries = country_words()
        self._numbers: dict[str, int] = {}

    def features(self, text: str, source: str = "") -> Features:
        """The features of a text whose first line is its headline, and of its source."""
        headline, _, body = text.lstrip()[:_MOST_LETTERS].partition("\n")
        counts: Counter[int] = Counter()
        stems = self._count(headline, counts)
        for stem in stems:
            counts[self._number(f"h {stem}")] += 2
        words = self._count(body, counts)
        for stem in words[:_LEAD_WORDS]:
            counts[self._number(f"l {stem}")] += 1
        if source:
            counts[self._number(f"s {source}")] += _SOURCE
        places = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        weights = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
        length = float(np.sqrt((weights * weights).sum())) or 1.0
        return Features(places, (weights / length).astype(np.float32))

    def _count(self, text: str, counts: Counter[int]) -> list[str]:
        stems = []
        for term in self._analyser.terms(text):
            if term.stop:
                continue
            stems.append(term.light)
            counts[self._number(term.light)] += 1
            country = self._countries.get(term.exact)
            if country is not None:
                counts[self._number(f"@{country}")] += 1
        return stems

    def _number(self, feature: str) -> int:
        number = self._numbers.get(feature)
        if number is None:
            digest = hashlib.blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=4).digest()
            number = int.from_bytes(digest, "little") % FEATURES
            if len(self._numbers) >= _MOST_CACHED:
                self._numbers.clear()
            self._numbers[feature] = number
        return number


def _descend(examples: Sequence[tuple[Features, int]], sections: int, seed: int) -> tuple[Matrix, Matrix]:
    """Weights (FEATURES × sections) and bias after `_EPOCHS` rounds, the mean of the last half of the rounds."""
    weights = np.zeros((FEATURES, sections), dtype=np.float32)
    squares = np.full((FEATURES, sections), 1e-2, dtype=np.float32)
    bias = np.zeros(sections, dtype=np.float32)
    mean, mean_bias, rounds = np.zeros_like(weights), np.zeros_like(bias), 0
    random = np.random.default_rng(seed)
    for epoch in range(_EPOCHS):
        for place in random.permutation(len(examples)).tolist():
            features, section = examples[place]
            rows = weights[features.places]
            gradient = _softmax(features.weights @ rows + bias)
            gradient[section] -= 1
            slope = features.weights[:, None] * gradient + np.float32(_DECAY) * rows
            grown = squares[features.places] + slope * slope
            squares[features.places] = grown
            weights[features.places] = rows - np.float32(_RATE) * slope / np.sqrt(grown)
            bias -= np.float32(0.01) * gradient
        if epoch >= _EPOCHS // 2:
            mean += weights
            mean_bias += bias
            rounds += 1
    return (mean / rounds).astype(np.float32), (mean_bias / rounds).astype(np.float32)


def _softmax(scores: Matrix) -> Matrix:
    raised = np.exp(scores - scores.max())
    chances: Matrix = raised / raised.sum()
    return chances
