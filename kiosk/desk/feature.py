"""What a feature tells the kiosk about itself: nothing here knows any feature."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.desk.at_desks import AllAtDesks
from kiosk.desk.decided import Decided
from kiosk.desk.desk import Desk
from kiosk.desk.foreign import Hook
from kiosk.desk.fork_words import ForkWords
from kiosk.desk.happenings import FactWords
from kiosk.desk.hub_line import Asked, Claim
from kiosk.desk.inside import AllInside, InsideOfCode, InsideOfTag
from kiosk.desk.leaving import EndsFor, HeldBy
from kiosk.desk.outbox import Outbox
from kiosk.desk.outstanding import OpenThing
from kiosk.desk.people import Person
from kiosk.desk.purge import Purged
from kiosk.desk.report import Build
from kiosk.desk.tags import Hangs
from kiosk.desk.transaction import Book, Transaction
from kiosk.desk.watch import Watch
from kiosk.desk.where import AllWhere

PrintOne = Callable[[Transaction, Desk, str, HeldBy], None]
"""Prints a report about one person, given the staff number, as a paper of its own."""


Mention = tuple[str, str]
"""What kind of sheet lists somebody, and which one with how long, in the language spoken now."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing this kiosk can do.

    ``outstanding`` lists what it has open; ``reports`` are the names of ``kiosk report``,
    ``of_one_person`` those that can be about one person, ``of_one_thing`` those about one thing
    that is lent, ``of_one_moment`` those that know one moment of a day, ``of_one_unit`` those about
    the visitors of one unit, ``of_one_section`` those about the people of one section, ``only_now``
    those that know no day but this one, and ``sheets`` the paper that a report about one person is
    printed as instead of its table, given the staff number and what lists all that the person has
    in every feature. ``prints`` gives a kind of paper the journal code of its being printed, where
    it has one of its own; ``private_prints`` are kinds whose words are for few: the list of what
    was printed shows the gate their number and title only. ``refusals`` gives each refusal code its
    English sentence, ``happenings`` those codes of its journal entries that people look up,
    ``fact_words`` what the codes in their facts are called; ``reindex`` rebuilds its search tables
    from the rows; ``absorb`` keeps them right when another desk's rows came in, given these and
    what is gone, in the same transaction. ``lapse`` records what time alone has ended and returns
    how many; the running kiosk calls it at its start and at every full hour, so twice must do no
    more than once, and it ends only what this desk wrote last (``Desk.wrote``), or what the one
    desk that keeps the site does for all (``settings.hub.keeper``).
    ``purge`` deletes one bite of the words that were kept long enough (for an account, "" for the
    kiosk), ``overdue`` counts what it would still delete, and ``mentions`` gives the sheets of a
    time that list one of some rows (a visit and what hangs on it), each with how long it names
    them, ``naming`` the numbers of everything in which a name was typed by hand. ``holdings`` lists
    what somebody must bring back or settle before leaving, ``on_leaving`` ends what is still kept
    or planned for who leaves, with its entry. ``note`` returns the few words that a person who taps
    is told, in the language spoken now and "" for nothing: it is read at every tap, so it asks the
    book once, through an index, and it stands where everybody sees it; with ``note_for_stand_in``
    who stands in for somebody is told his as well. ``inside`` says who is in the house by this
    feature, or what is out, for a roll call; ``inside_of_code`` whose slip a scanned code is,
    ``inside_of_tag`` whose card was tapped. ``outbox`` is what it wants sent to people outside the
    kiosk, in the background. ``whereabouts`` says of some people better than their taps do where
    they are. ``watch`` is what runs against the clock: it is read every second, so it asks the book
    through an index. ``stands_in`` says that a person keeps the post for who is away, and may open
    its desk. ``hangs`` says where a card hangs that is neither badge nor a thing's tag, "" for
    nowhere. ``decided`` says, by table, what follows when a conflict between desks about one of the
    feature's rows is decided, ``fork_words`` how such a conflict is said. ``at_desks`` counts what
    is where on the site, by desk. ``follow_up`` is called on the pen once work of other desks has
    been taken in, with the tables in which rows changed: it writes what this desk owes after that,
    returns how much it was, and twice does no more. ``follows`` are the tables it follows.
    ``claimed`` answers, on the pen, another desk that asks for a thing this one keeps.
    """

    id: str
    refusals: Mapping[str, str] = field(default_factory=dict)
    happenings: Mapping[str, str] = field(default_factory=dict)
    fact_words: FactWords = field(default_factory=dict)
    outstanding: Callable[[Desk, Book], list[OpenThing]] | None = None
    reports: Mapping[str, Build] = field(default_factory=dict)
    of_one_person: frozenset[str] = frozenset()
    of_one_unit: frozenset[str] = frozenset()
    of_one_section: frozenset[str] = frozenset()
    of_one_thing: frozenset[str] = frozenset()
    of_one_moment: frozenset[str] = frozenset()
    only_now: frozenset[str] = frozenset()
    sheets: Mapping[str, PrintOne] = field(default_factory=dict)
    prints: Mapping[str, str] = field(default_factory=dict)
    private_prints: frozenset[str] = frozenset()
    reindex: Callable[[Transaction], None] | None = None
    absorb: Hook | None = None
    lapse: Callable[[Desk], int] | None = None
    purge: Callable[[Desk, str], Purged] | None = None
    overdue: Callable[[Desk, Book], Mapping[str, int]] | None = None
    mentions: Callable[[Desk, Book, Collection[str], datetime, datetime], list[Mention]] | None = (
        None
    )
    naming: Callable[[Book, str], list[str]] | None = None
    holdings: HeldBy | None = None
    inside: AllInside | None = None
    inside_of_code: InsideOfCode | None = None
    inside_of_tag: InsideOfTag | None = None
    on_leaving: EndsFor | None = None
    note: Callable[[Desk, Book, Person], str] | None = None
    note_for_stand_in: bool = False
    outbox: Outbox | None = None
    watch: Callable[[Desk, Book], Watch | None] | None = None
    stands_in: Callable[[Desk, Book, Person], bool] | None = None
    whereabouts: Callable[[Desk, Book], AllWhere] | None = None
    hangs: Hangs | None = None
    decided: Mapping[str, Decided] = field(default_factory=dict)
    fork_words: Mapping[str, ForkWords] = field(default_factory=dict)
    claimed: Callable[[Desk, Claim], Asked] | None = None
    at_desks: AllAtDesks | None = None
    follow_up: Callable[[Desk, Collection[str]], int] | None = None
    follows: frozenset[str] = frozenset()
