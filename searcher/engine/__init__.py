"""How do terms lie on disk, and which documents score best?

The engine's seam: nothing else is imported from it. No numpy object and no number of a document passes it, but inside a `Handle`.
What only writers need, or Whoosh programs, is imported when it is first asked for.
"""

from typing import TYPE_CHECKING, Any

from searcher.engine.answers import Breakdown as Breakdown
from searcher.engine.answers import Contribution as Contribution
from searcher.engine.answers import Handle as Handle
from searcher.engine.answers import Match as Match
from searcher.engine.answers import Matches as Matches
from searcher.engine.nodes import AllOf as AllOf
from searcher.engine.nodes import AnyOf as AnyOf
from searcher.engine.nodes import AtLeast as AtLeast
from searcher.engine.nodes import Every as Every
from searcher.engine.nodes import Fuzzy as Fuzzy
from searcher.engine.nodes import Keyword as Keyword
from searcher.engine.nodes import KeywordPrefix as KeywordPrefix
from searcher.engine.nodes import Leaf as Leaf
from searcher.engine.nodes import Link as Link
from searcher.engine.nodes import Linked as Linked
from searcher.engine.nodes import Node as Node
from searcher.engine.nodes import Not as Not
from searcher.engine.nodes import Nothing as Nothing
from searcher.engine.nodes import NumberRange as NumberRange
from searcher.engine.nodes import Prefix as Prefix
from searcher.engine.nodes import Run as Run
from searcher.engine.nodes import Short as Short
from searcher.engine.nodes import Telling as Telling
from searcher.engine.nodes import Term as Term
from searcher.engine.nodes import Together as Together
from searcher.engine.nodes import Wildcard as Wildcard
from searcher.engine.rarity import idf as idf
from searcher.engine.request import Alternative as Alternative
from searcher.engine.request import Character as Character
from searcher.engine.request import Characters as Characters
from searcher.engine.request import Clue as Clue
from searcher.engine.request import Feature as Feature
from searcher.engine.request import FieldWeight as FieldWeight
from searcher.engine.request import Lifted as Lifted
from searcher.engine.request import Nearness as Nearness
from searcher.engine.request import Ranking as Ranking
from searcher.engine.request import Request as Request
from searcher.engine.request import Stretches as Stretches
from searcher.engine.request import Works as Works
from searcher.engine.snapshot import Snapshot as Snapshot
from searcher.engine.store import Store as Store

if TYPE_CHECKING:
    from searcher.engine.arrays.sketches import sketch_of as sketch_of
    from searcher.engine.as_whoosh.index import WhooshIndex as WhooshIndex
    from searcher.engine.as_whoosh.writer import Recorder as Recorder
    from searcher.engine.commits.checking import Damage as Damage
    from searcher.engine.commits.checking import Salvaged as Salvaged
    from searcher.engine.commits.lock import Lock as Lock
    from searcher.engine.commits.runs import build_run as build_run
    from searcher.engine.commits.writer import Writer as Writer
    from searcher.engine.record import JSON as JSON
    from searcher.engine.record import Cut as Cut
    from searcher.engine.record import Part as Part
    from searcher.engine.record import Record as Record
    from searcher.engine.record import Terms as Terms
    from searcher.engine.record import Token as Token

_LATER = {
    **dict.fromkeys(("Damage", "Salvaged"), "commits.checking"),
    "Lock": "commits.lock",
    **dict.fromkeys(("JSON", "Cut", "Part", "Record", "Terms", "Token"), "record"),
    "Writer": "commits.writer",
    "build_run": "commits.runs",
    "sketch_of": "arrays.sketches",
    "WhooshIndex": "as_whoosh.index",
    "Recorder": "as_whoosh.writer",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
