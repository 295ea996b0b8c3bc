"""What this desk knows of the others: what they are called, and up to when it has their work."""

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta

from kiosk.desk.desk import Desk
from kiosk.desk.pen import Pen
from kiosk.desk.site_desks import news_of_gone, note_gone, site_desks
from kiosk.hub import sending
from kiosk.hub.standing import LineStanding
from kiosk.hub.wire import DeskThere


class Neighbours:
    """The other desks, as the book and the hub's greetings tell of them; written to ``standing``.

    For the line's own thread.
    """

    def __init__(self, desk: Desk, pen: Pen, standing: LineStanding) -> None:
        """Begin knowing of none."""
        self._begun = False
        self._desk, self._pen, self._standing = desk, pen, standing
        self._greeted: Mapping[str, datetime] = {}
        self._gone: dict[str, bool] = {}

    def begin(self) -> None:
        """Know of the others what the book itself says: the hub may be away. Done once."""
        if not self._begun:
            self._standing.note(fresh=self._moments_in_book())
            self._begun = True

    def greeted(self, desks: Iterable[DeskThere], ahead: timedelta) -> None:
        """Note what the hub says of all desks; ``ahead`` is how far this clock is before its own.

        A desk that the site has given up is in the book for good, and nobody waits for it.
        """
        desks = list(desks)
        self._gone = {one.gate: one.gone for one in desks}
        others = [one for one in desks if one.gate != self._desk.gate and not one.gone]
        # The others' moments are the hub's: here they are told by this desk's own clock.
        self._greeted = {one.gate: one.known_at + ahead for one in others if one.known_at}
        names = {one.gate: one.name for one in others} | self._names_told(others)
        self._standing.note(names=names, clock_off_s=ahead / timedelta(seconds=1))

    def all_here(self, apart: Container[str]) -> None:
        """Everything the hub has is here: each desk's work is known up to its last greeting.

        Not that of the desks whose feed is left ``apart``. Writes down who was given up.
        """
        self._write_down()
        state = self._standing.state
        fresh = {
            gate: max(moment, state.fresh.get(gate, moment))
            for gate, moment in self._greeted.items()
            if gate not in apart
        }
        known = {gate: known for gate, known in state.fresh.items() if gate in state.names} | fresh
        if state.names.keys() - known.keys():  # it has not yet said that all is sent
            known = self._moments_in_book() | known
        self._standing.note(fresh=known)

    def _write_down(self) -> None:
        """Write down who was given up; the pen is asked for only where that is news."""
        told, self._gone = self._gone, {}
        news = news_of_gone(self._desk, told) if told else {}
        if news:
            self._pen.bite(note_gone, self._desk, news)
            self._standing.changed()

    def _moments_in_book(self) -> dict[str, datetime]:
        """Return the moment of each other desk's newest entry here."""
        with self._desk.read() as book:
            gone = site_desks(self._desk, book).gone
        newest = sending.newest_of_others(self._desk)
        return {one.gate: datetime.fromisoformat(one.at) for one in newest if one.gate not in gone}

    def _names_told(self, others: Iterable[DeskThere]) -> dict[str, str]:
        """Return what desks call themselves; the hub knows the name by which each was invited."""
        with self._desk.read() as book:
            known = site_desks(self._desk, book).by_gate
        told = {one.gate: known[one.gate].name for one in others if one.gate in known}
        return {gate: name for gate, name in told.items() if name}
