"""What was indexed, skipped and why; what an index holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from searcher.messages import Say, say_known, say_remark
from searcher.printer.counts import document_words, value_words
from searcher.printer.plain import near_path
from searcher.printer.visible import one_line
from searcher.remarks import Remark

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
        what = say_known(say, f"skipped.{reason}", reason)
        yield f"  {say('skipped.group' if shown else 'skipped.count', count=len(group), reason=what)}"
        if not shown:
            continue
        for one in shown:
            detail = say("aside", text=one_line(say_remark(say, one.detail))) if one.detail else ""
            yield f"    {one_line(near_path(one.path))}{detail}"
        if len(shown) < len(group):
            yield f"    {say('skipped.more', count=len(group) - len(shown))}"
        if remedy := say_known(say, f"remedy.{reason}", ""):
            yield f"    → {remedy}"


def unread_lines(report: Report, say: Say, *, verbose: bool = False) -> Iterator[str]:
    """What a run could not read, how much an earlier one could not, and how much was passed over, by rule: not the index, which never
    holds itself. Nothing is said of a folder that a notice tells to be missing."""
    missing = {notice.facts.get("root") for notice in report.notices if isinstance(notice, Remark)}
    now = (one for one in report.skipped if one.path not in missing)
    known = report.known_skipped
    yield from skipped_lines((*now, *(known if verbose else ())), say, verbose=verbose)
    if (failed := sum(one.failed for one in known)) and not verbose:
        yield say("skipped.known", count=failed)
    rules = [f"{count:,} {say_known(say, f'left.{rule}', rule)}" for rule, count in report.left_out.items() if count and rule != "index"]
    if rules:
        yield say("left", counts=say("comma").join(rules))


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
            ordered = sorted(counts_of.items(), key=lambda item: (-item[1], item[0]))
            yield say(f"status.{name}"), say("list").join(f"{value} {count:,}" for value, count in ordered)
    for number, root in enumerate(status.roots):
        yield say("status.roots") if number == 0 else "", str(root)
    if status.updated is not None:
        yield say("status.updated"), datetime.fromisoformat(status.updated.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M")
    yield say("status.size"), _size_words(status.size)
