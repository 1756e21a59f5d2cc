"""Which commands and options there are: one table, from which parsing, help, completion and the manual page are made."""

from __future__ import annotations

from dataclasses import replace

from searcher.frozen import frozen
from searcher.messages import LANGUAGES

FORMATS = ("text", "screen", "json", "csv", "grep", "paths", "count")
SCRIPTS = ("s", "t", "tw", "hk")
SHELLS = ("bash", "zsh", "fish")


@frozen
class Option:
    """An option: `field` is the attribute of `Options` it fills, `help` its row of the catalogue.

    `argument` names its value and is empty for a flag; `kind` says how the value is read: "text", "number", "choice", "folder",
    "texts" (repeated); `choices` are all of a "choice", and of another kind what a shell offers.
    `value` is what a flag sets.
    """

    name: str
    field: str
    help: str
    argument: str = ""
    kind: str = "text"
    choices: tuple[str, ...] = ()
    value: object = True
    short: str = ""


@frozen
class Command:
    """A command: `arguments` as shown; at most `most` words, None for any number.

    `text` says that its words are a query, so that a single dash opens no option: `search 蘋果 -手機`.
    `offers` says what a shell completes its words with: "paths", "shells", "facets".
    """

    name: str
    arguments: str = ""
    options: tuple[Option, ...] = ()
    most: int | None = None
    text: bool = False
    offers: str = ""


@frozen
class Options:
    """The values of all options; None where the user said nothing."""

    index: str | None = None
    lang: str | None = None
    color: str | None = None
    help: bool = False
    version: bool = False
    limit: int | None = None
    offset: int = 0
    strict: bool = False
    expand: bool | None = None
    exact_script: bool = False
    copies: bool = False
    script: str | None = None
    passages: int | None = None
    context: int | None = None
    width: int | None = None
    format: str = "text"
    null: bool = False
    query: str | None = None
    exclude: tuple[str, ...] = ()
    prune: bool = False
    encoding: str | None = None
    hidden: bool = False
    gitignore: bool = False
    ocr: bool | None = None
    workers: int | None = None
    encodings: bool = False
    verbose: bool = False
    quiet: bool = False


EVERYWHERE = (
    Option("--index", "index", "option.index", "DIR", "folder"),
    Option("--lang", "lang", "option.lang", "LANG", choices=LANGUAGES),
    Option("--color", "color", "option.color", "WHEN", "choice", ("auto", "always", "never")),
    Option("--help", "help", "option.help", short="-h"),
    Option("--version", "version", "option.version"),
)

_LIMIT = Option("--limit", "limit", "option.limit", "N", "number", short="-n")
_VALUES = replace(_LIMIT, help="option.values")
_JSON = Option("--json", "format", "option.json", value="json")
_OBJECT = replace(_JSON, help="option.json.object")
_FORMAT = (
    Option("--format", "format", "option.format", "FORMAT", "choice", FORMATS),
    Option("--paths", "format", "option.paths", value="paths", short="-l"),
    Option("--count", "format", "option.count", value="count", short="-c"),
    _JSON,
    Option("--null", "null", "option.null", short="-0"),
)
_SCRIPT = Option("--script", "script", "option.script", "S", "choice", SCRIPTS)
_LOOK = (_SCRIPT, Option("--width", "width", "option.width", "N", "number"))
_STRICT = Option("--strict", "strict", "option.strict")
_NO_EXPAND = Option("--no-expand", "expand", "option.no-expand", value=False)
_MEANING = (_STRICT, _NO_EXPAND, Option("--exact-script", "exact_script", "option.exact-script"))
_PASSAGES = (
    Option("--passages", "passages", "option.passages", "N", "number"),
    Option("--context", "context", "option.context", "N", "number"),
)
_QUERY = Option("--query", "query", "option.query", "QUERY")
_VERBOSITY = (Option("--verbose", "verbose", "option.verbose"), Option("--quiet", "quiet", "option.quiet"))
_WORKERS = Option("--workers", "workers", "option.workers", "N", "number")
_LINES = Option("--context", "context", "option.context.lines", "N", "number")

_READING = (
    Option("--exclude", "exclude", "option.exclude", "PATTERN", "texts"),
    Option("--hidden", "hidden", "option.hidden"),
    Option("--gitignore", "gitignore", "option.gitignore"),
    Option("--ocr", "ocr", "option.ocr"),
    Option("--no-ocr", "ocr", "option.no-ocr", value=False),
    Option("--prune", "prune", "option.prune"),
    Option("--encoding", "encoding", "option.encoding", "NAME"),
)

COMMANDS = (
    Command(
        "index",
        "[PATH…]",
        (*_READING, _WORKERS, _OBJECT, *_VERBOSITY),
        offers="paths",
    ),
    Command(
        "search",
        "QUERY…",
        (
            _LIMIT,
            Option("--offset", "offset", "option.offset", "N", "number"),
            *_MEANING,
            Option("--copies", "copies", "option.copies"),
            *_FORMAT,
            *_LOOK,
            *_PASSAGES,
        ),
        text=True,
    ),
    Command("show", "N|ID|PATH", (_QUERY, _LINES, _SCRIPT), most=1, offers="paths"),
    Command("open", "N|ID|PATH", (_QUERY, _SCRIPT), most=1, offers="paths"),
    Command("edit", "N|ID|PATH", (_QUERY,), most=1, offers="paths"),
    Command("why", "QUERY [N|ID|PATH]", (_NO_EXPAND, _OBJECT), text=True),
    Command("like", "N|ID|PATH", (_LIMIT, *_FORMAT, *_LOOK, *_PASSAGES), most=1, offers="paths"),
    Command("facets", "[NAME] [QUERY…]", (_VALUES, _STRICT, _NO_EXPAND, _OBJECT), text=True, offers="facets"),
    Command("watch", "[PATH…]", (*_READING, replace(_JSON, help="option.json.changes")), offers="paths"),
    Command("forget", "PATH…", (_OBJECT,), offers="paths"),
    Command("status", options=(_OBJECT, _VERBOSITY[0]), most=0),
    Command("check", options=(Option("--encodings", "encodings", "option.encodings"), _OBJECT), most=0),
    Command("rebuild", options=(_WORKERS, _OBJECT, *_VERBOSITY), most=0),
    Command("completion", "bash|zsh|fish", most=1, offers="shells"),
    Command("manual", most=0),
)
