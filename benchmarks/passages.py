"""Do the passages that are shown hold the answer to a question?

    python -m benchmarks.passages QUESTIONS.json… [--questions 600] [--book 100]

QUESTIONS.json is in the form of SQuAD, as CMRC 2018 and DRCD are published: articles of paragraphs, questions about each, answers copied
from it. An article is a document, its paragraphs apart by a blank line; the questions are spread evenly over the file.
With `--book`, so many articles under their titles are one document, a book that is called by its number.
How often the document that has the answer is the first hit, and among the first ten. If it is among these: the share of questions whose
answer stands, after folding, in the best passage where one is wanted, in the best of up to three, and in any of these. Deterministic.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from searcher import Document, Index
from searcher.results import Hit
from searcher.text.folding import fold

Question = tuple[str, str, tuple[str, ...]]
"""What is asked, which document has the answer, and the ways in which the answer is given, folded."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="QUESTIONS.json")
    parser.add_argument("--questions", type=int, default=600, help="so many of each file (default: %(default)s)")
    parser.add_argument("--book", type=int, metavar="ARTICLES", help="articles of a book (default: each is a document)")
    options = parser.parse_args()
    print(f"{'file':24} documents questions  first  in ten best of one best of three any of three")
    for path in options.files:
        documents, questions = read_articles(path)
        if options.book:
            documents, questions = in_books(documents, questions, options.book)
        print(f"{path.name:24} {len(documents):9,}", measured(documents, spread(questions, options.questions)), flush=True)


def read_articles(path: Path) -> tuple[list[Document], list[Question]]:
    """The documents of a file, and the questions about them."""
    documents, questions = list[Document](), list[Question]()
    for number, article in enumerate(json.loads(path.read_text("utf-8"))["data"]):
        paragraphs, name = article["paragraphs"], str(number)
        documents.append(Document(name, article["title"], "\n\n".join(paragraph["context"] for paragraph in paragraphs)))
        for asked in (asked for paragraph in paragraphs for asked in paragraph["qas"]):
            questions.append((asked["question"], name, tuple(letters(str(answer["text"])) for answer in asked["answers"])))
    return documents, questions


def in_books(articles: Sequence[Document], questions: Sequence[Question], size: int) -> tuple[list[Document], list[Question]]:
    """The articles as books of so many, and the questions about these."""
    books = list[Document]()
    for number in range(0, len(articles), size):
        text = "\n\n".join(f"{article.title}\n\n{article.text}" for article in articles[number : number + size])
        books.append(Document(str(number // size), f"第{number // size + 1}卷", text))
    return books, [(asked, str(int(article) // size), answers) for asked, article, answers in questions]


def letters(text: str) -> str:
    """A text folded, without spaces."""
    return "".join(fold(text).text.split())


def spread(questions: Sequence[Question], most: int) -> Sequence[Question]:
    """So many of the questions at most, evenly spread."""
    return [questions[place * len(questions) // most] for place in range(most)] if len(questions) > most else questions


def measured(documents: Sequence[Document], questions: Sequence[Question]) -> str:
    """A row of the table."""
    with tempfile.TemporaryDirectory() as folder, Index.create(Path(folder) / "index") as index:
        index.add(documents)
        found = [seen for question in questions if (seen := tuple(shown(index, *question)))]
    shares = [sum(column) / max(1, len(found)) for column in zip(*found, strict=True)]
    _, one, three, any_ = shares or (0.0, 0.0, 0.0, 0.0)
    first = sum(row[0] for row in found) / len(questions)
    return f"{len(questions):9,} {first:6.3f} {len(found) / len(questions):7.3f} {one:11.3f} {three:13.3f} {any_:12.3f}"


def shown(index: Index, question: str, document: str, answers: Sequence[str]) -> Iterator[bool]:
    """Whether the document is the first hit, and whether the best of one passage, the best of three, and any of three holds an answer;
    nothing where the document is no hit.
    """
    for snippets in (1, 3):
        for hit in index.search(question, limit=10, snippets=snippets):
            if hit.id == document:
                if snippets == 1:
                    yield hit.rank == 1
                yield from in_passages(hit, answers, every=snippets > 1)


def in_passages(hit: Hit, answers: Sequence[str], *, every: bool) -> Iterator[bool]:
    """Whether the best passage holds an answer, and, if that is asked, too, whether any does."""
    best = hit.best
    yield best is not None and holds(best.text, answers)
    if every:
        yield any(holds(snippet.text, answers) for snippet in hit.snippets)


def holds(text: str, answers: Sequence[str]) -> bool:
    said = letters(text)
    return any(answer in said for answer in answers)


if __name__ == "__main__":
    main()
