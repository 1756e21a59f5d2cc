"""What was indexed, skipped and why; what an index holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.messages import Say, say_known, say_remark
from searcher.printer.counts import document_words, value_words
from searcher.printer.plain import near_path
from searcher.printer.visible import one_line

if TYPE_CHECKING:
    from searcher.documents.document import Skipped
    from searcher.updating.reports import Guess, Report, Status

NAMED = 3
"""How many skipped files of a reason are named without --verbose."""


def report_line(report: Report, path: Path, say: Say) -> str:
    """What an update did, in one line."""
    return say(
        "report",
        path=one_line(str(path)),
        total=document_words(report.documents, say),
        added=report.added,
        replaced=report.replaced,
        unchanged=report.unchanged,
        moved=say("report.moved", moved=report.moved) if report.moved else "",
        removed=report.removed,
        seconds=report.seconds,
    )


def skipped_lines(skipped: Sequence[Skipped], say: Say, *, verbose: bool = False) -> Iterator[str]:
    """What was skipped, grouped by reason, commonest first; the first few named, or all, and what helps. What had nothing to read comes
    last, and is only counted.
    """
    if not skipped:
        return
    yield say("skipped", count=len(skipped))
    for reason, group in _by_reason(skipped):
        shown = group if verbose else group[:NAMED] if group[0].failed else []
        yield f"  {say('skipped.group' if shown else 'skipped.count', count=len(group), reason=_reason_words(reason, say))}"
        if not shown:
            continue
        for one in shown:
            detail = say("aside", text=one_line(say_remark(say, one.detail))) if one.detail else ""
            yield f"    {one_line(near_path(one.path))}{detail}"
        if len(shown) < len(group):
            yield f"    {say('skipped.more', count=len(group) - len(shown))}"
        if remedy := say_known(say, f"remedy.{reason}", ""):
            yield f"    → {remedy}"


def left_out_lines(left_out: Mapping[str, int], say: Say) -> Iterator[str]:
    """How many files and folders were passed over, by rule; nothing is said of the index, which never holds itself."""
    counts = [f"{count:,} {_rule_words(rule, say)}" for rule, count in left_out.items() if count and rule != "index"]
    if counts:
        yield say("left", counts=say("comma").join(counts))


def guess_lines(guesses: Sequence[Guess], say: Say) -> Iterator[str]:
    """The files whose encoding is doubtful, a line a file, or that there are none."""
    if not guesses:
        yield say("guess.none")
    for guess in guesses:
        key = "guess.replaced" if guess.replaced else "guess"
        line = say(key, path=guess.path, encoding=guess.encoding, share=guess.confidence, count=guess.replaced)
        yield one_line(line)


def status_lines(status: Status, say: Say) -> Iterator[str]:
    """What an index holds, a line a fact."""
    rows = list(_status_rows(status, say))
    from searcher.printer.terminal import cells

    width = max(cells(name) for name, _ in rows)
    for name, value in rows:
        yield f"{name}{' ' * (width - cells(name))}  {one_line(value)}"


def _size_words(size: int) -> str:
    """A size in the largest unit that keeps it above 1: 12.3 MB."""
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.1f} {unit}" if unit != "B" else f"{size} B"


def _reason_words(reason: str, say: Say) -> str:
    """Why a file was skipped; a code the catalogue does not know stands for itself."""
    return say_known(say, f"skipped.{reason}", reason)


def _rule_words(rule: str, say: Say) -> str:
    return say_known(say, f"left.{rule}", rule)


def _by_reason(skipped: Sequence[Skipped]) -> list[tuple[str, list[Skipped]]]:
    groups: dict[str, list[Skipped]] = {}
    for one in skipped:
        groups.setdefault(one.reason, []).append(one)
    return sorted(groups.items(), key=lambda group: (not group[1][0].failed, -len(group[1]), group[0]))


def _status_rows(status: Status, say: Say) -> Iterator[tuple[str, str]]:
    yield say("status.path"), str(status.path)
    yield say("status.documents"), f"{status.documents:,}"
    yield say("status.files"), f"{status.files:,}"
    if status.skipped:
        yield say("status.skipped"), f"{len(status.skipped):,}"
    scripts = {value_words("script", script, say): count for script, count in status.scripts.items()}
    for name, counts_of in (("formats", status.formats), ("scripts", scripts), ("encodings", status.encodings)):
        if counts_of:
            yield say(f"status.{name}"), _counts(counts_of, say)
    for number, root in enumerate(status.roots):
        yield say("status.roots") if number == 0 else "", str(root)
    if status.updated is not None:
        yield say("status.updated"), datetime.fromisoformat(status.updated.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M")
    yield say("status.size"), _size_words(status.size)


def _counts(counts: Mapping[str, int], say: Say) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return say("list").join(f"{name} {count:,}" for name, count in ordered)
