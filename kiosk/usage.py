"""How every command of ``kiosk`` is called: one parser for the terminal and the running kiosk."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.desk.words import LANGUAGES, _
from kiosk.usage_badges import add_badges, whole
from kiosk.usage_calendar import add_calendar
from kiosk.usage_days import add_days
from kiosk.usage_handover import add_handover
from kiosk.usage_hub import add_hub
from kiosk.usage_privacy import add_privacy

_CARD_FORMATS = ("hex", "hex-reversed", "8h10d", "8h10d-reversed", "6h8d", "2h4h", "4h4h")


def parser(typed: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of every command; wrong usage ends with status 2.

    Where ``typed`` is the kiosk's own start, that command alone: its first picture does not wait
    for all the others.
    """
    top = argparse.ArgumentParser(prog="kiosk", description=_("The gatehouse kiosk."))
    top.add_argument(
        "--version", action="version", version="kiosk 0.1.0", help=_("show the program's version")
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--config", type=Path, metavar="FILE",
        help=_("the kiosk.toml; else KIOSK_CONFIG, else kiosk.toml in this folder"),
    )  # fmt: skip

    def add(name: str, does: str, how: str, told: str, under=commands) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]  # noqa: ANN001 - argparse has no public name for it
        parents = [] if how == "alone" else [shared]
        made: argparse.ArgumentParser = under.add_parser(
            name, parents=parents, help=told, description=told
        )
        made.set_defaults(does=does, how=how)
        return made

    _add_starts(add)
    if "run" not in typed[:1]:
        _add_all_others(add, commands)
    return top


def _add_all_others(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    _add_people(add, commands)
    _add_things(add, commands)
    _add_watch_list(add, commands)
    _add_safety(add, commands)
    _add_appointments(add, commands)
    add_calendar(add, commands)
    _add_book(add)
    add_handover(add, commands)
    add_days(add, commands)
    add_privacy(add, commands)
    add_hub(add, commands)


def _add_starts(add: Callable[..., argparse.ArgumentParser]) -> None:
    init = add("init", "kiosk.commands.init:init", "alone", _("make a new site in a folder"))
    init.add_argument("folder", type=Path, metavar="DIR", help=_("a new or empty folder"))
    for name, metavar, told in (
        ("site-name", "NAME", _("name of the house, as on paper")),
        ("gate", "GATE", _("short name of this gate: small letters, digits, hyphens")),
        ("gate-name", "NAME", _("name of this gate, as on the screen")),
        ("admin-name", "NAME", _("name of the first administrator")),
        ("admin-no", "STAFF_NO", _("staff number of the first administrator")),
    ):
        init.add_argument(f"--{name}", default=None, metavar=metavar, help=told)
    _add_language(init)
    add("run", "kiosk.run:run", "screen", _("run the kiosk on this terminal"))
    demo = add(
        "demo", "kiosk.demo.command:demo", "alone", _("show the kiosk with nothing attached")
    )
    demo.add_argument(
        "--play", action="store_true", help=_("play the last working day by itself, then end")
    )
    demo.add_argument("--headless", action="store_true", help=_("without a terminal"))
    demo.add_argument(
        "--dir", type=Path, default=None, help=_("keep the demo's site in this folder")
    )
    _add_language(demo)


def _add_language(made: argparse.ArgumentParser) -> None:
    told = _("language of the screen; else the terminal's")
    made.add_argument("--language", choices=list(LANGUAGES), default=None, help=told)


def _add_people(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    people = commands.add_parser("people", help=_("staff and their PINs"))  # type: ignore[attr-defined] # argparse's own object
    acts = people.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = add(
        "import",
        "kiosk.commands.people:bring",
        "writes",
        _("take staff from a .csv or .xlsx file"),
        acts,
    )
    columns = _("columns 姓名/name and 工号/staff_no, and others")
    _takes_a_file(bring, columns, "--badge-format", _("how the file writes a card's number"))
    pin = add(
        "set-pin", "kiosk.commands.people:set_pin", "writes", _("give somebody a new PIN"), acts
    )
    pin.add_argument("staff_no", metavar="STAFF_NO", help=_("whose; the PIN itself is asked for"))
    pin.set_defaults(wants_pin=True)
    add_badges(add, commands)


def _add_things(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    things = commands.add_parser("things", help=_("keys, cards and everything else lent"))  # type: ignore[attr-defined] # argparse's own object
    acts = things.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = add(
        "import",
        "kiosk.commands.things:bring",
        "writes",
        _("take things to be lent from a .csv or .xlsx file"),
        acts,
    )
    columns = _("columns 名称/label and 类型/kind, and others")
    _takes_a_file(bring, columns, "--tag-format", _("how the file writes a tag's number"))


def _add_watch_list(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    watch = commands.add_parser("watchlist", help=_("the visitors' watch list"))  # type: ignore[attr-defined] # argparse's own object
    acts = watch.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = add(
        "import", "kiosk.commands.watchlist:bring", "writes",
        _("list people from a .csv or .xlsx file"), acts,
    )  # fmt: skip
    columns = _("columns 处置/level and 原因/reason, and who it is")
    bring.add_argument("file", type=Path, metavar="FILE", help=columns)
    bring.add_argument("--dry-run", action="store_true", help=_("check every row, write nothing"))
    bring.add_argument(
        "--signed-by", dest="proves", default="", metavar="STAFF_NO",
        help=_("who signs, a manager or the office; the PIN is asked for"),
    )  # fmt: skip
    send = add(
        "export", "kiosk.commands.watchlist:send", "writes",
        _("write the list to a file, without identity numbers"), acts,
    )  # fmt: skip
    told = _("a file that ends in .csv, .xlsx or .txt")
    send.add_argument("out_file", type=Path, metavar="FILE", help=told)
    send.add_argument(
        "--reasons", dest="proves", default="", metavar="STAFF_NO",
        help=_("with the reasons too, for who may sign; the PIN is asked for"),
    )  # fmt: skip


def _add_safety(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    safety = commands.add_parser("safety", help=_("the list of the safety check"))  # type: ignore[attr-defined] # argparse's own object
    acts = safety.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = add(
        "import", "kiosk.commands.safety:bring", "writes",
        _("take the whole list from a .csv, .xlsx or .toml file"), acts,
    )  # fmt: skip
    _takes_rows(bring, _("columns 组别/group, 检查项目/item, 地点/place; 依据/clause if wanted"))


def _add_appointments(add: Callable[..., argparse.ArgumentParser], commands: object) -> None:
    appointments = commands.add_parser("appointments", help=_("visitors who are expected"))  # type: ignore[attr-defined] # argparse's own object
    acts = appointments.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = add(
        "import",
        "kiosk.commands.appointments:bring",
        "writes",
        _("take appointments from a .csv or .xlsx file"),
        acts,
    )
    _takes_rows(
        bring,
        _("columns 被访人工号/host_no, 来访人/visitor, 事由/matter, 日期/day, 从/from, and others"),
    )


def _takes_a_file(
    bring: argparse.ArgumentParser, columns: str, card_format: str, told: str
) -> None:
    _takes_rows(bring, columns)
    bring.add_argument(card_format, default="hex", choices=_CARD_FORMATS, help=told)


def _takes_rows(bring: argparse.ArgumentParser, columns: str) -> None:
    bring.add_argument("file", type=Path, metavar="FILE", help=columns)
    bring.add_argument("--dry-run", action="store_true", help=_("check every row, write nothing"))


def _add_book(add: Callable[..., argparse.ArgumentParser]) -> None:
    journal = add(
        "journal", "kiosk.commands.journal:show", "reads", _("show what happened, entry by entry")
    )
    journal.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    journal.add_argument(
        "--since", type=whole, default=0, metavar="SEQ", help=_("only the entries after this one")
    )
    journal.add_argument(
        "--gate", default="", metavar="GATE", help=_("another desk's, as this one has it")
    )
    journal.add_argument(
        "--reveal", default=None, metavar="REASON",
        help=_("show personal values too; the reason becomes an entry of its own"),
    )  # fmt: skip
    _add_export(journal)
    verify = add(
        "verify", "kiosk.commands.verify:check", "reads", _("check that the book is intact")
    )
    verify.add_argument("--json", action="store_true", help=_("as JSON, for another program"))
    verify.add_argument(
        "--code", nargs="+", default=None, metavar="XXXX",
        help=_("the code on a handover sheet: which entry is it, and is the book intact up to it"),
    )  # fmt: skip
    report = add("report", "kiosk.commands.report:make", "reads", _("make a report"))
    names = _("visits, register, hourly, roll-call, attendance ..; a wrong name lists them all")
    report.add_argument("name", metavar="NAME", help=names)
    report.add_argument(
        "--date", "--day", default="", metavar="YYYY-MM-DD", help=_("that day; else today")
    )
    report.add_argument("--month", default="", metavar="YYYY-MM", help=_("that whole month"))
    report.add_argument(
        "--at", default="", metavar="HH:MM", help=_("at that moment of the day (on-duty)")
    )
    report.add_argument("--who", default="", metavar="STAFF_NO", help=_("of one person only"))
    report.add_argument(
        "--unit", default="", metavar="TEXT",
        help=_("only visitors whose unit has this in its name"),
    )  # fmt: skip
    report.add_argument(
        "--section", default="", metavar="NAME", help=_("only the people of this section (month)")
    )
    report.add_argument(
        "--thing", default="", metavar="LABEL",
        help=_("of one thing lent; with no day or month, everybody who ever had it"),
    )  # fmt: skip
    where = report.add_mutually_exclusive_group()
    where.add_argument(
        "--out", type=Path, default=None, metavar="FILE",
        help=_("write it to a file that ends in .csv, .xlsx or .txt"),
    )  # fmt: skip
    where.add_argument(
        "--print", action="store_true", dest="on_paper", help=_("print it as a slip")
    )
    doctor = add(
        "doctor", "kiosk.commands.doctor:examine", "doctor", _("say what works and what does not")
    )
    doctor.add_argument("--json", action="store_true", help=_("as JSON, for another program"))


def _add_export(journal: argparse.ArgumentParser) -> None:
    acts = journal.add_subparsers(dest="act", metavar="ACT")
    # Its own --config must not undo the one written before the word "export".
    told = _("write the journal to a file that can be checked without the kiosk")
    send = acts.add_parser("export", help=told, description=told)
    send.add_argument(
        "--config", type=Path, metavar="FILE", default=argparse.SUPPRESS,
        help=_("the kiosk.toml; else KIOSK_CONFIG, else kiosk.toml in this folder"),
    )  # fmt: skip
    send.add_argument("out_file", type=Path, metavar="FILE", help=_("the file to write"))
    day = "YYYY-MM-DD"
    send.add_argument("--since", default="", metavar=day, help=_("from this day on"))
    send.add_argument("--until", default="", metavar=day, help=_("up to this day, included"))
    send.set_defaults(does="kiosk.commands.journal_export:send", how="reads")


def how_of(args: argparse.Namespace) -> str:
    """Return how the command is done: alone, screen, reads, writes or doctor."""
    if getattr(args, "reveal", None) is not None and args.act != "export":
        args.does = "kiosk.commands.journal:reveal"
        return "writes"
    if getattr(args, "on_paper", False):
        return "writes"
    return str(args.how)
