"""K2: every list of a ledger with 10 000 things and a million loans: 50 ms at most.

``--quick`` fills 100 000 loans; the full million takes half a minute to fill.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from bench_site import MovableClock, found, settings_in
from figures import Line, both, percentile, spread
from ledger_fill import Size, fill

from kiosk.desk.desk import Desk
from kiosk.desk.loans import OPEN_LOANS, THING
from kiosk.desk.people import EVERYONE, Person
from kiosk.desk.report import Period
from kiosk.desk.stock import OPEN_TAKE, ledger_count
from kiosk.desk.transaction import Book
from kiosk.keys import asking, board_pages, card, holdings, reports
from kiosk.keys.board_pages import Show, Sought
from kiosk.keys.outstanding import outstanding
from kiosk.keys.stock_standing import missing_page, standing

_PEOPLE, _ROUNDS = 500, 20
_FULL, _QUICK = Size(10_000, 1_000_000), Size(10_000, 100_000)
_BUDGET_S = 0.050
_PAGE, _FITTING, _FAR_DOWN = 36, 5, "thing00009999"

Look = Callable[[Book], object]


def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Return one line for the slowest list, with the figures of each in its details and note."""
    size = _QUICK if quick else _FULL
    settings, clock = settings_in(folder), MovableClock()
    made = found(settings, _PEOPLE, clock)
    with made.read() as book:
        people = book.all(EVERYONE)
    made.close()
    fill(settings.desk.database, [one.id for one in people], size, clock())
    desk = Desk.open_to_read(settings, clock)
    try:
        times = {name: _times(desk, look) for name, look in _lists(desk, people[5]).items()}
    finally:
        desk.close()
    return [_line(times, size)]


def _lists(desk: Desk, person: Person) -> dict[str, Look]:
    today = desk.today()
    day, past = Period(today, today), today - timedelta(days=100)
    mine = Period(today, today, person.staff_no)
    sought, urgent, typed = (
        Sought(show, asked, desk.clock())
        for show, asked in ((Show.ALL, ""), (Show.LENDABLE, ""), (Show.LENDABLE, "wp09"))
    )
    return {
        "board, first page": lambda book: _first_page(book, sought),
        "what is out": lambda book: book.all(OPEN_LOANS),
        "overdue": lambda book: reports.overdue(desk, book, day),
        "who holds what": lambda book: reports.holders(desk, book, day),
        "what one holds": lambda book: reports.holders(desk, book, mine),
        "before a leaver goes": lambda book: holdings.holdings(book, person),
        "register of today": lambda book: reports.loans(desk, book, day),
        "register of a past day": lambda book: reports.loans(desk, book, Period(past, past)),
        "open things": lambda book: outstanding(desk, book),
        "counts": ledger_count,
        "asked before a loan": lambda book: _ask(desk, book, person),
        "emergency, first page": lambda book: _first_page(book, urgent),
        "emergency, a key far down": lambda book: _page_with(book, urgent, _FAR_DOWN),
        "emergency, letters typed": lambda book: _first_page(book, typed),
        "stock-take, first page": _stock_take,
        "things that fit": lambda book: board_pages.things_called(book, typed, _FITTING),
        "a thing's card": lambda _book: card.thing_card(desk, _FAR_DOWN),
    }


def _first_page(book: Book, sought: Sought) -> object:
    long = board_pages.lengths(book, sought)
    return board_pages.page(book, sought, long, 0, _PAGE)


def _page_with(book: Book, sought: Sought, thing_id: str) -> object:
    long = board_pages.lengths(book, sought)
    place = board_pages.place(book, sought, thing_id)
    assert place is not None
    return board_pages.page(book, sought, long, place, _PAGE)


def _stock_take(book: Book) -> object:
    take = book.one(OPEN_TAKE, gate="gate-1")
    assert take is not None
    return standing(book, take), missing_page(book, take, 0, _PAGE)


def _ask(desk: Desk, book: Book, person: Person) -> object:
    thing = book.one(THING, id="thing00000003")
    assert thing is not None
    return asking.ask_in(desk, book, thing, person, desk.clock())


def _times(desk: Desk, look: Look) -> list[float]:
    times = []
    for _ in range(_ROUNDS):
        with desk.read() as book:
            began = perf_counter()
            look(book)
            times.append(perf_counter() - began)
    return times[1:]


def _line(times: dict[str, list[float]], size: Size) -> Line:
    slowest = max(times, key=lambda name: percentile(times[name], 0.5))
    details: dict[str, float] = {}
    for name, taken in times.items():
        details |= spread(name.replace(" ", "_"), taken)
    said = ", ".join(f"{name} {percentile(t, 0.5) * 1000:.0f} ms" for name, t in times.items())
    return Line(
        "K2", f"lists of {size.things} things, {size.loans} loans",
        f"slowest, {slowest}: {both(times[slowest])}", "-", "p50 <= 50 ms each",
        all(percentile(taken, 0.5) <= _BUDGET_S for taken in times.values()), details, said,
    )  # fmt: skip
