"""Made reports that differ in place, year or office only:
`python tests/quality/lookalikes.py PART WORK [--most N]`.

Each question is put to the four to six look-alikes of its group among 300 news articles: first those that
name the place, the year or the office that is meant, then those that name none, which every article answers.
Prints how many are answered right and how many cite an article that was not meant.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

from index.embed import SentenceEmbedder  # noqa: E402
from index.library import Library  # noqa: E402
from index.models import registry  # noqa: E402
from index.types import Filter  # noqa: E402
from rag.assistant import Assistant  # noqa: E402
from rag.evaluation import questions as files  # noqa: E402
from rag.evaluation.metrics import ask_all, record  # noqa: E402
from rag.llm.local import LlamaModel  # noqa: E402
from rag.reader.card import shipped  # noqa: E402
from rag.reader.read import Reader  # noqa: E402
from tests.quality import sets  # noqa: E402
from tests.quality.fit_decision import hide  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("fit", "report"))
    parser.add_argument("work", type=Path)
    parser.add_argument("--most", type=int, default=200, help="questions of each kind")
    options = parser.parse_args()
    articles, file = sets.write("lookalikes", options.part, options.work / "lookalikes")
    hide(options.work / "news")
    embedding, language = registry.active("embedding"), registry.active("language")
    embedder = SentenceEmbedder(embedding.path, embedding.identity)
    library = Library(options.work / "library", embedder)
    library.add([articles, options.work / "news"])
    ids = {Path(row.source).name: row.id for row in library.articles()}
    writer = LlamaModel(language.path, language.identity)
    assistant = Assistant(library, embedder, Reader(shipped()), writer)

    def among(item: files.Question) -> Filter:
        return Filter(without=sets.other_groups(item, ids))

    questions = files.read(file, options.work)
    with (options.work / f"lookalikes-{options.part}.jsonl").open("w", encoding="utf-8") as rows:
        for kind, told in (("alike", "naming one"), ("several", "naming none")):
            chosen = [q for q in questions if q.kind == kind][: options.most]
            right = wrong = others = said = 0
            for one in ask_all(assistant, chosen, only=among):
                rows.write(json.dumps(record(one), ensure_ascii=False) + "\n")
                rows.flush()
                said += one.answered
                right += one.answered and one.recall == 1
                wrong += one.answered and one.recall < 1
                others += one.answered and one.others_cited > 0
            print(
                f"{len(chosen)} {told}: {right} right, {wrong} wrong, {len(chosen) - said} refused, "
                f"{others} of another article", flush=True,
            )  # fmt: skip
    library.close()


if __name__ == "__main__":
    main()
