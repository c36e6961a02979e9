"""Every number that answering depends on, in one place, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How passages are found."""

    #: Candidates of each search before they are fused.
    candidates: int = 60
    #: Passages shown and searched for evidence.
    passages: int = 8


@dataclass(frozen=True, slots=True)
class Generation:
    """How the language model runs."""

    context: int = 4096
    #: The longest reply, in tokens: about 120 Vietnamese words.
    tokens: int = 160
    #: How many different beginnings of a copied answer are tried, and how long all but the first get.
    copies: int = 4
    other_tokens: int = 24


@dataclass(frozen=True, slots=True)
class Choosing:
    """Which sentences of the passages the model is shown."""

    sentences: int = 4
    #: Weight of the score of the passage beside those of the sentence itself.
    passage_weight: float = 1.0
    #: Weight of having what is asked for (a figure before the noun asked for, a date, a person).
    fit_weight: float = 1.0
    #: Word scores are divided by the sentence's length to this power.
    damping: float = 0.3
    #: Words in all; the best sentence is always shown.
    words: int = 200
    #: How far below the best fitting sentence another may lie (scores are sums of four standardised ones).
    margin: float = 4.0
    #: Of these the model reads, one by one, at most so many; no further below the best than this
    #: once an answer is found.
    read: int = 3
    read_margin: float = 2.0
    #: A sentence to which the model begins a refusal with this log-probability is passed over.
    read_refusal: float = -2.0
    #: A longer sentence is shown as its first words and what follows from its best clause on.
    whole_words: int = 50
    lead_words: int = 12
    focus_words: int = 35


@dataclass(frozen=True, slots=True)
class Checking:
    """How a draft of the user's own is looked up."""

    characters: int = 20_000
    #: Sentences of the library that each sentence of the draft is compared with.
    candidates: int = 16
    #: The share of a statement's words that a sentence must have to say it, and to be shown as the
    #: nearest that says otherwise.
    said: float = 0.6
    near: float = 0.5


CHECKING = Checking()
GENERATION = Generation()
CHOOSING = Choosing()
RETRIEVAL = Retrieval()
