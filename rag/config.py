"""Every number that answering depends on, in one place, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asking:
    """What may be asked."""

    #: A question is a sentence or two; longer ones are pasted by mistake.
    characters: int = 2000
    #: The share of the words that say which article is meant that it must have: of one whose details are asked
    #: for, of one that is to be summarised (not fitted).
    detail: float = 0.5
    summary: float = 0.6


@dataclass(frozen=True, slots=True)
class Retrieval:
    """How passages are found."""

    #: Candidates of each search before they are fused.
    candidates: int = 60
    #: Passages shown and read.
    passages: int = 8
    #: Those read where every article that tells it is wanted.
    all: int = 30
    #: Share of a chunk's runs of words that a better article of its story must have to stand for it.
    same: float = 0.5
    #: Share of its figures that must be there, too: this year's report in last year's words has others.
    figures: float = 0.35
    #: How many of the passages must have a word for it to be theirs.
    best: int = 3


@dataclass(frozen=True, slots=True)
class Deciding:
    """What is made of the candidates."""

    #: An article answers as well as the best one where it is this sure of what that is.
    alike: float = 0.4
    #: Two answers say the same where they share this much of the shorter one's words.
    same: float = 0.6
    #: The nearest that is named beside a refusal is at least so likely.
    near: float = 0.05
    #: Candidates that an answer keeps, to say why it is what it is.
    kept: int = 8
    #: How many articles' answers stand in a list, and in a table of all.
    several: int = 6
    every: int = 30


@dataclass(frozen=True, slots=True)
class Counting:
    """What is shown of the articles that were counted."""

    #: How many of them are listed and cited, the newest.
    listed: int = 20


@dataclass(frozen=True, slots=True)
class Writing:
    """What the writer is shown of what the reader chose, in words."""

    #: Sentences, of candidates that are at most so far (in log odds) behind the best one.
    sentences: int = 4
    behind: float = 3.0
    #: Of one source; a sentence longer than `whole` is shown by its first `lead` words and `around` on each
    #: side of the candidate.
    words: int = 90
    whole: int = 70
    lead: int = 12
    around: int = 25
    #: The same in characters, for words that are none ("aaaa…"); of a title; of the brief answer. About twice
    #: what they have in a newspaper.
    text: int = 800
    title: int = 200
    brief: int = 200


@dataclass(frozen=True, slots=True)
class Composing:
    """What an answer is made of."""

    #: How many sentences a long answer has at most; a list goes on longer.
    sentences: int = 3
    items: int = 6
    #: How likely other sentences of the article must be beside the best one (its probability times this) to
    #: be told with it.
    together: float = 0.75
    #: The share of the found words that a sentence must tell.
    told: float = 0.5
    #: Words of the shortest sentence.
    least: int = 5
    #: How long a quote may become, in characters, and how many sentences are brought before one.
    quote: int = 800
    before: int = 2


@dataclass(frozen=True, slots=True)
class Summarising:
    """Which sentences make up a summary (how they were chosen: rag/summary.py)."""

    #: How many: a `share`th of the article's, but so many at least and at most.
    least: int = 3
    most: int = 6
    share: int = 2
    #: Shorter ones are headings, captions and bylines; longer articles are read so far, in sentences.
    words: int = 8
    read: int = 80
    #: What being like the title is worth beside being like all; figures and names (in cosine); how much the
    #: article's last sentence loses, and one like a chosen one.
    title: float = 0.5
    figures: float = 0.03
    later: float = 0.05
    again: float = 1.0


@dataclass(frozen=True, slots=True)
class Generation:
    """How the language model runs."""

    context: int = 4096
    #: The longest reply, in tokens: about 120 Vietnamese words.
    tokens: int = 160
    #: How many different beginnings of a copied answer are tried, and how long all but the first get.
    copies: int = 4
    other_tokens: int = 24
    #: Seconds that a step waits at most while somebody's question is searched for or read: both at once
    #: take longer than one after the other.
    patience: float = 1.0


@dataclass(frozen=True, slots=True)
class Serving:
    """How long a served language model is waited for, in seconds, and when it is left alone."""

    #: For a connection; for the first token: a busy CPU reads a prompt of 1,800 tokens in a minute; between
    #: two.
    connect: float = 5.0
    first: float = 120.0
    between: float = 30.0
    #: Requests in all where it cannot be reached or is busy, the first pause (twice as long each time), and the
    #: longest pause that it may ask for (`Retry-After`).
    attempts: int = 3
    pause: float = 0.3
    patience: float = 3.0
    #: After so many failures one after the other nothing is asked for so long: it is found again within 10 s.
    failures: int = 3
    rest: float = 5.0
    #: How often it is looked whether it is to stop.
    beat: float = 0.05
    #: The likeliest first tokens that are asked for: OpenAI's interface gives no more.
    likeliest: int = 20
    #: It is the model that answers were fitted with where so many of these have the same log probability as
    #: there, but for this, on average: the same file has 0.1 where the prompt is read in other pieces, 0.06
    #: without flash attention.
    compared: int = 10
    same: float = 0.15


@dataclass(frozen=True, slots=True)
class Queue:
    """How the writer's turns are promised."""

    #: Seconds that a turn is taken to last before any was measured, and what the latest one counts in the
    #: running mean after it: the last few, so that another model or a busier machine is soon known.
    turn: float = 6.0
    weight: float = 0.2
    #: Seconds from which a promise is rounded up to five: nobody needs to see each one pass.
    exact: int = 10
    #: Seconds between two looks at whether a question that waits was stopped.
    beat: float = 0.2


@dataclass(frozen=True, slots=True)
class Checking:
    """How a draft of the user's own is looked up."""

    characters: int = 20_000
    #: Of a Word file, some 70 pages; and the words that a sentence of it must have: a cell of a table with a
    #: figure alone says nothing that could be looked up.
    document: int = 200_000
    words: int = 3
    #: Sentences of the library that each sentence of the draft is compared with.
    candidates: int = 16
    #: The share of a statement's words that a sentence must have to say it, and to be shown as the
    #: nearest that says otherwise.
    said: float = 0.6
    near: float = 0.5
    #: The share of a yes/no question's words that a sentence must have to be a yes.
    confirms: float = 0.8


@dataclass(frozen=True, slots=True)
class Whether:
    """Which sentences a yes/no question is asked of."""

    #: How many, one after the other until one says yes or no; and what having all words of what is asked about
    #: is worth beside the reader's logit (best of 1 to 5: the right sentence first in 95 of 150).
    sentences: int = 3
    words: float = 3.0


ASKING = Asking()
CHECKING = Checking()
COUNTING = Counting()
COMPOSING = Composing()
DECIDING = Deciding()
GENERATION = Generation()
QUEUE = Queue()
RETRIEVAL = Retrieval()
SERVING = Serving()
WRITING = Writing()
SUMMARISING = Summarising()
WHETHER = Whether()
