"""Which section an article belongs to, learned from the newsroom's own archive, with an honest probability.

A softmax regression over hashed features: light stems and countries of the text, words of the headline and of the lead
as features of their own, pairs of neighbouring words; each group weighted by (1 + ln count) × idf and brought to a fixed
length, so that a long body does not drown its headline. Where the source is known (an agency, an outlet), every feature
stands twice, once for all sources and once for this one: each has its own idea of what belongs where, and shares the
rest («frustratingly easy» domain adaptation: Daumé III, 2007). A source never met before is judged by what is shared.

Trained by stochastic gradient descent with steps adapted to each feature (AdaGrad: Duchi, Hazan and Singer, 2011) and
averaged. What it says is calibrated by one temperature (Guo et al., 2017), fitted on articles kept out of the training,
the newest ones, for tomorrow's articles are what it will be asked about. The top two are the honest interface: the desk
offers them and lets the editor choose.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from bulaq.arabic.analysis import VERSION as ANALYSER_VERSION
from bulaq.arabic.analysis import Analyser
from bulaq.discovery.countries import country_words

FORMAT: Final = f"sections-2-{ANALYSER_VERSION}"
FEATURES: Final = 2**19
LEAST_ARTICLES: Final = 5
"""A section with fewer articles is not learned: nothing can be known of it."""

_EPOCHS: Final = 5
_RATE: Final = 0.5
_DECAY: Final = 2e-6
_KEPT_OUT: Final = 0.1
_MOST_LETTERS: Final = 8_000
_LEAD_WORDS: Final = 40
_PAIR_WORDS: Final = 300  # pairs are read of so many words: a long text needs no more of them
_LENGTHS: Final = (1.0, 0.7, 0.7, 0.7)  # of the groups: text, headline, lead, pairs
_LEAST_HOLDERS: Final = 2  # a feature of one article alone says nothing about others
_MOST_CACHED: Final = 400_000
_ARRAYS: Final = ("idf", "weights", "bias")

Matrix = NDArray[np.float32]
Places = NDArray[np.int32]


class Sample(NamedTuple):
    """An article to learn from: its text (the first line is the headline), its section, its source if it had one."""

    text: str
    section: str
    source: str = ""


class Suggestion(NamedTuple):
    """A section and the probability that an editor would choose it."""

    section: str
    probability: float


class Counted(NamedTuple):
    """The features of a text before they are weighed: their places in 0..FEATURES−1 and 1 + ln(count), group by group."""

    places: Places
    counts: NDArray[np.float16]
    groups: NDArray[np.uint8]


class Features(NamedTuple):
    """The features of a text: their places in 0..FEATURES−1 and their weights, a vector of length 1."""

    places: Places
    weights: Matrix


class NotEnoughArticles(ValueError):
    """There are not two sections with enough articles to learn from."""


class SectionSuggester:
    """Suggests sections; made by `train` or `load`. Safe to share between threads once made."""

    def __init__(
        self, sections: Sequence[str], idf: Matrix, weights: Matrix, bias: Matrix, temperature: float
    ) -> None:
        self.sections = tuple(sections)
        self._idf = idf
        self._weights = weights
        self._bias = bias
        self._temperature = temperature
        self._reader = FeatureReader()

    @classmethod
    def train(cls, articles: Iterable[Sample], *, seed: int = 1) -> Self:
        """Learns from samples in the order of publication.

        Raises `NotEnoughArticles`. Takes some 3 ms an article in all; memory: 6 MB a section and 4 kB an article.
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
        idf = _idf([counted for counted, _, _ in read])
        examples = [
            _Example(_weighed(counted, idf), reader.number(f"s {source}") if source else 0, number[section])
            for counted, section, source in read
            if section in number
        ]
        del read
        kept_out = max(1, int(len(examples) * _KEPT_OUT)) if len(examples) >= 200 else 0
        temperature = 1.0
        if kept_out:
            draft = cls(sections, idf, *_descend(examples[:-kept_out], len(sections), seed), 1.0)
            temperature = draft._fitted_temperature(examples[-kept_out:])
            del draft
        made = cls(sections, idf, *_descend(examples, len(sections), seed), temperature)
        made._reader = reader
        return made

    def suggest(self, text: str, source: str = "") -> list[Suggestion]:
        """All sections with their probabilities (they sum to 1), the likeliest first."""
        features = _weighed(self._reader.counted(text), self._idf)
        source_number = self._reader.number(f"s {source}") if source else 0
        scores = self._scores(_for_source(features, source_number)) / self._temperature
        chances = _softmax(scores)
        order = np.argsort(-chances, kind="stable")
        return [Suggestion(self.sections[place], float(chances[place])) for place in order]

    def _scores(self, features: Features) -> Matrix:
        rows = self._weights[features.places].astype(np.float32, copy=False)
        scores: Matrix = features.weights @ rows + self._bias
        return scores

    def _fitted_temperature(self, examples: Sequence[_Example]) -> float:
        scores = np.stack([self._scores(_for_source(one.features, one.source)) for one in examples])
        right = np.array([one.section for one in examples])

        def loss(temperature: float) -> float:
            scaled = scores / temperature
            scaled -= scaled.max(axis=1, keepdims=True)
            logs = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
            return -float(logs[np.arange(len(right)), right].mean())

        return float(min(np.geomspace(0.2, 5, 80), key=lambda temperature: loss(float(temperature))))

    def save(self, path: Path) -> None:
        """Writes the model to one file (some 1 MB a section), in place of the old one at once."""
        details = {"format": FORMAT, "sections": self.sections, "temperature": self._temperature}
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
        return cls(details["sections"], idf.astype(np.float32), weights, bias, float(details["temperature"]))


class FeatureReader:
    """Reads the features of texts, remembering each word."""

    def __init__(self, analyser: Analyser | None = None) -> None:
        self._analyser = analyser or Analyser()
        self._countries = country_words()
        self._numbers: dict[str, int] = {}

    def counted(self, text: str) -> Counted:
        """The features of a text whose first line is its headline."""
        headline, _, body = text.lstrip()[:_MOST_LETTERS].partition("\n")
        title, title_countries = self._stems(headline)
        words, countries = self._stems(body)
        pairs = (*pairwise(title), *pairwise(words[:_PAIR_WORDS]))
        groups = (
            [*title, *words, *title_countries, *countries],
            [f"h {stem}" for stem in title],
            [f"l {stem}" for stem in words[:_LEAD_WORDS]],
            [f"{one} {two}" for one, two in pairs],
        )
        places: list[int] = []
        counts: list[int] = []
        sizes: list[int] = []
        for group in groups:
            counter = Counter(map(self.number, group))
            places += counter.keys()
            counts += counter.values()
            sizes.append(len(counter))
        damped = (1 + np.log(np.array(counts, dtype=np.float32))).astype(np.float16)
        return Counted(
            np.array(places, dtype=np.int32), damped, np.repeat(np.arange(len(groups), dtype=np.uint8), sizes)
        )

    def _stems(self, text: str) -> tuple[list[str], list[str]]:
        stems, countries = [], []
        for term in self._analyser.terms(text):
            if term.stop:
                continue
            stems.append(term.light)
            country = self._countries.get(term.exact)
            if country is not None:
                countries.append(f"@{country}")
        return stems, countries

    def number(self, feature: str) -> int:
        """The place of a feature, 1..FEATURES−1."""
        number = self._numbers.get(feature)
        if number is None:
            digest = hashlib.blake2b(feature.encode("utf-8", "surrogatepass"), digest_size=4).digest()
            number = 1 + int.from_bytes(digest, "little") % (FEATURES - 1)
            if len(self._numbers) >= _MOST_CACHED:
                self._numbers.clear()
            self._numbers[feature] = number
        return number


class _Example(NamedTuple):
    features: Features
    source: int  # its number, 0 when it is not known
    section: int


def _idf(read: Sequence[Counted]) -> Matrix:
    """1 + idf of each feature; 0 of one that too few articles hold."""
    holders = np.zeros(FEATURES, dtype=np.float32)
    for counted in read:
        holders[counted.places] += 1
    idf = 1 + np.log((len(read) + 1) / (holders + 1))
    return np.where(holders >= min(_LEAST_HOLDERS, len(read)), idf, 0).astype(np.float32)


def _weighed(counted: Counted, idf: Matrix) -> Features:
    weights = counted.counts.astype(np.float32) * idf[counted.places]
    lengths = np.sqrt(np.bincount(counted.groups, weights * weights, minlength=len(_LENGTHS)))
    scale = (np.array(_LENGTHS) / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    weights *= scale[counted.groups]
    kept = weights > 0
    return Features(counted.places[kept], weights[kept])


def _for_source(features: Features, source: int) -> Features:
    """The features for all sources and, again, those for this one; brought to length 1."""
    places, weights = features
    if source:
        own = (places.astype(np.int64) * 40_503 + source * 7_919) % FEATURES
        places = np.concatenate([places, own.astype(np.int32), np.array([source], dtype=np.int32)])
        weights = np.concatenate([weights, weights, np.ones(1, dtype=np.float32)])
    length = np.sqrt((weights * weights).sum()) or np.float32(1)
    return Features(places, weights / length)


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
            features = _for_source(example.features, example.source)
            rows = weights[features.places]
            gradient = _softmax(features.weights @ rows + bias)
            gradient[example.section] -= 1
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
