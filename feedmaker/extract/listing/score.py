"""How likely a group of links is the page's entries: two readings of a page, each a table of measured weights.

A *story* is linked by a title in words; a document in a *register* (of courts, agencies, associations) is often linked
by a number or "PDF" in a row that says what it is. The same feature means different things in the two, so each has
weights of its own: those of a logistic regression, fitted on 115 pages of 80 news sites, blogs and boards, and on 91
registers. ``python -m benchmarks.listing_weights`` fits them anew. A weight is what the logit gains as its feature goes
from 0 to 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from operator import mul

from feedmaker.extract.listing.features import RECORD_FEATURES, Features, View, features_of, record_features_of
from feedmaker.extract.listing.groups import Group

STORIES: dict[str, float] = {
    "bias": -5.42,
    "size": 2.60,
    "words": 2.22,
    "4 words": 1.52,
    "heading": 1.41,
    "comments link": 1.28,
    "end": 1.20,
    "links to same": 1.08,
    "6 words": 1.00,
    "record date": 0.86,
    "title near": 0.86,
    "own site": 0.80,
    "4 digits": 0.76,
    "at the top": 0.72,
    "article": 0.65,
    "4-word slug": 0.63,
    "record links": -0.49,
    "root": -0.58,
    "few": -0.59,
    "furniture far": -0.68,
    "no text": -0.78,
    "record is li": -0.81,
    "siblings": -0.81,
    "start": -0.83,
    "1 or 2 words": -0.85,
    "section": -1.02,
    "record is p": -3.07,
}
REGISTERS: dict[str, float] = {
    "bias": -4.05,
    "end": 1.21,
    "number last": 1.13,
    "document": 1.04,
    "words": 0.98,
    "only link": 0.95,
    "6 words": 0.91,
    "own site": 0.79,
    "record date": 0.72,
    "number in query": 0.67,
    "at the top": 0.59,
    "nesting": 0.54,
    "date in text": 0.50,
    "distinct texts": 0.39,
    "record is a": -0.23,
    "below page": -0.39,
    "furniture near": -0.46,
    "single": -0.47,
    "1 or 2 words": -0.54,
    "record is li": -0.75,
    "link share": -0.83,
    "4-word slug": -0.94,
}


class Reading(Enum):
    """What a page is read as."""

    STORIES = "stories"
    REGISTER = "register"


WEIGHTS = {Reading.STORIES: STORIES, Reading.REGISTER: REGISTERS}
THRESHOLD = 0.45  # groups below it are never entries, unless nothing on the page is better


@dataclass(frozen=True, slots=True)
class Scored:
    """A group and the probability that its links are entries, in one reading of the page."""

    group: Group
    chance: float

    @property
    def mass(self) -> float:
        """How much of a list the group is: its chance, and slowly growing, its size."""
        return self.chance * math.sqrt(min(len(self.group.links), 40))


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of one reading in columns: those of a group's own features, and those of its records."""

    reading: Reading
    bias: float
    names: tuple[str, ...]
    weights: tuple[float, ...]
    record_names: tuple[str, ...]
    record_weights: tuple[float, ...]
    gain: float  # what records can add to the logit at most

    @classmethod
    def of(cls, reading: Reading) -> Model:
        weights = {name: weight for name, weight in WEIGHTS[reading].items() if name != "bias"}
        own = {name: weight for name, weight in weights.items() if name not in RECORD_FEATURES}
        records = {name: weight for name, weight in weights.items() if name in RECORD_FEATURES}
        gain = sum(max(weight, 0) for weight in records.values())
        columns = (tuple(own), tuple(own.values()), tuple(records), tuple(records.values()))
        return cls(reading, WEIGHTS[reading]["bias"], *columns, gain)

    def logit(self, features: Features) -> float:
        """The logit as far as a group's own features tell it."""
        return self.bias + _product(self.names, self.weights, features)

    def record_logit(self, features: Features) -> float:
        """What the features of its records add."""
        return _product(self.record_names, self.record_weights, features)


def _product(names: tuple[str, ...], weights: tuple[float, ...], features: Features) -> float:
    total: float = sum(map(mul, map(features.__getitem__, names), weights))
    return total


MODELS = tuple(map(Model.of, Reading))
_FLOOR = -1.5  # the logit of a chance of 0.18


def scored(groups: list[Group], view: View) -> dict[Reading, list[Scored]]:
    """The groups that may be entries, by reading, in the page's order.

    Records are only looked into where that could still lift a group over the threshold: it is what costs most.
    """
    found: list[list[Scored]] = [[] for _ in MODELS]
    for group in groups:
        features = features_of(group, view)
        logits = [model.logit(features) for model in MODELS]
        if all(logit + model.gain < _FLOOR for model, logit in zip(MODELS, logits, strict=True)):
            continue
        record = record_features_of(group, view)
        for model, logit, scores in zip(MODELS, logits, found, strict=True):
            scores.append(Scored(group, 1 / (1 + math.exp(-logit - model.record_logit(record)))))
    return {model.reading: scores for model, scores in zip(MODELS, found, strict=True)}
