"""F7, 6: a weather signal is given or lifted, who is out is asked after, who cannot come is noted.

Keystrokes: ``F7 6``; ``N``, its digit, who gave it out, ``Enter``. While one is on: ``Enter`` and
the place ticks somebody safe; ``T``, who, who agreed, why, notes a telephone call; ``V`` visitors
told; ``P`` prints the list; ``L`` lifts the signal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from kiosk.attendance.weather import rules, service
from kiosk.attendance.weather.models import WeatherSignal
from kiosk.attendance.weather.reading import Out, everybody_out
from kiosk.attendance.weather.screens_rows import called_row, columns, out_row
from kiosk.attendance.weather.screens_telephoned import ask_who
from kiosk.attendance.weather.wording import changes_words, setting_words
from kiosk.desk.people import person_by_id
from kiosk.desk.settings_weather import SignalSetting
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.ui import palette
from kiosk.ui.bars import Key
from kiosk.ui.dialogs import AskText, Choose
from kiosk.ui.list_screen import ListScreen
from kiosk.ui.palette import Tone
from kiosk.ui.row_list import RowList
from kiosk.ui.verdict import Verdict
from kiosk.ui.words_on_screen import lines, plain, row


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the screen shows, read in one view of the book."""

    signals: tuple[WeatherSignal, ...] = ()
    out: tuple[Out, ...] = ()
    telephoned: tuple[tuple[str, str, str], ...] = ()
    visitors: int = 0


class WeatherHome(ListScreen):
    """The signals that are on, everybody who is out, and who telephoned that they cannot come."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", show=False),
        Binding("n,N", "give", show=False),
        Binding("l,L", "lift", show=False),
        Binding("t,T", "telephoned", show=False),
        Binding("v,V", "visitors", show=False),
        Binding("p,P", "print", show=False),
    ]
    DEFAULT_CSS = """
    WeatherHome #weather-title { height: 5; padding: 1 2; background: $panel-ground; }
    WeatherHome #weather-list { padding: 0 1 1 1; }
    WeatherHome.-low #weather-title { height: 3; padding: 0 1; }
    WeatherHome.-low #weather-list { padding: 0; }
    """

    def __init__(self, outing_id: str = "") -> None:
        super().__init__()
        self._seen = _Seen()
        self._begin_at = outing_id

    def body(self) -> ComposeResult:
        """Lay the signals and the list."""
        yield Static("", markup=False, id="weather-title")
        yield RowList(id="weather-list")

    def keys(self) -> Iterator[Key]:
        """Yield the keys of this moment: most of them only while a signal is on."""
        if self._seen.out:
            yield Key("Enter", _("Safe: where?"), pgettext("weather", "Safe"))
        yield Key("N", _("New signal"), pgettext("weather", "New"))
        yield Key("T", _("Telephoned: cannot come"), _("Telephoned"))
        if self._keeping_in():
            yield Key("V", _("Visitors told"))
            yield Key("P", _("Print who is out"), pgettext("weather", "Print"))
        if self._seen.signals:
            yield Key("L", _("Signal lifted"), pgettext("weather", "Lifted"))
        yield Key("Esc", _("Back"))

    async def read_book(self) -> None:
        """Read the signals and who is out."""
        self._seen = await self.aside(self._read)
        if self.alive:
            self._draw()

    def _read(self) -> _Seen:
        kiosk = self.kiosk
        with kiosk.desk.read() as book:
            signals = service.on_now(book)
            out = everybody_out(book, signals, kiosk.desk.settings)
            return _Seen(
                tuple(signals),
                tuple(sorted(out, key=lambda one: one.safe)),
                tuple(
                    (
                        one.number, person_by_id(book, one.person_id).name,
                        person_by_id(book, one.head_id).name if one.head_id else "",
                    )
                    for one in service.absent_today(kiosk.desk, book)
                ),
                service.visitors_inside(kiosk.desk, book, kiosk.inside) if signals else 0,
            )  # fmt: skip

    def _draw(self) -> None:
        self.show_keys()
        self.query_one("#weather-title", Static).update(lines(*self._title()))
        shown = self.query_one("#weather-list", RowList)
        shown.empty = self._nobody()
        rows = [
            *(out_row(self.kiosk.desk, one) for one in self._seen.out),
            *map(called_row, self._seen.telephoned),
        ]
        shown.show(rows, columns())
        self._go_to_first(shown)

    def _go_to_first(self, shown: RowList) -> None:
        at = next((i for i, one in enumerate(self._seen.out) if one.id == self._begin_at), 0)
        if self._begin_at:
            self._begin_at = ""
            shown.action_move(at)

    def _nobody(self) -> str:
        if not self._seen.signals:
            return _("No weather signal is on. N writes one down when it is given out.")
        return _("Nobody is out, and nobody has telephoned.")

    def _keeping_in(self) -> bool:
        return bool(rules.keeping_in(self.kiosk.desk.settings, self._seen.signals))

    def _title(self) -> Iterator[Content]:
        seen = self._seen
        yield row(
            plain(_("Weather signals"), f"bold {palette.TEXT}"),
            *(plain(self._signal(one), f"bold {palette.AMBER}") for one in seen.signals),
            gap=3,
        )
        if seen.signals:
            unheard = len(service.unsafe(seen.out))
            yield plain(changes_words(self.kiosk.desk.settings, seen.signals), palette.TEXT)
            yield row(
                plain(_("{n} not heard of").format(n=unheard) if unheard else "", palette.RED),
                plain(self._visitors(), palette.MUTED),
                gap=3,
            )

    def _signal(self, one: WeatherSignal) -> str:
        at = f"{self.kiosk.desk.local(one.on_at):%H:%M}"
        return _("{signal} since {time}").format(signal=one.signal, time=at)

    def _visitors(self) -> str:
        n = self._seen.visitors
        if not n or not self._keeping_in():
            return ""
        inside = ngettext("{n} visitor is inside", "{n} visitors are inside", n).format(n=n)
        told = all(one.told_at for one in self._seen.signals)
        return inside if told else _("{inside}: tell them they may stay").format(inside=inside)

    # A signal is given, and lifted.

    def action_give(self) -> None:
        """Ask which signal was given out."""
        choices = [
            (one.name, partial(_offered, one)) for one in self.kiosk.desk.settings.weather_signals
        ]
        self.app.push_screen(Choose(lambda: _("Which signal was given out?"), choices), self._which)

    def _which(self, name: str | None) -> None:
        if name is not None:
            asked = AskText(
                lambda: _("{signal}: who gave it out?").format(signal=name),
                lambda: pgettext("weather", "Source"), limit=rules.LONGEST_WORDS,
            )  # fmt: skip
            self.app.push_screen(asked, partial(self._on, name))

    async def _on(self, name: str, source: str | None) -> None:
        if source is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            done = await self.act(
                service.switch_on, kiosk.desk, kiosk.by, name, source, kiosk.inside
            )
            told = _("{signal} is on.").format(signal=name)
            kiosk.answer(Verdict(Tone.AMBER, told, lines=tuple(self._what_now(done))))

    def _what_now(self, done: service.GivenOut) -> Iterator[str]:
        if done.printed:
            yield self.kiosk.on_paper(
                _("{n} out: the list is being printed. Call each of them."),
                _("{n} out: call each of them. The list waits for the printer ({trouble})."),
                n=done.out,
            )

    def action_lift(self) -> None:
        """Ask which signal was lifted, if it is not the only one."""
        signals = self._seen.signals
        if not signals:
            self.kiosk.answer(Verdict(Tone.AMBER, _("No weather signal is on.")))
            return
        choices = [(one.id, partial(_named, one)) for one in signals]
        help_line = _lift_help if self._unheard() else _lift_plain
        asked = Choose(lambda: _("Which signal was lifted?"), choices, help_line)
        self.app.push_screen(asked, self._off)

    def _unheard(self) -> int:
        return len(service.unsafe(self._seen.out))

    async def _off(self, signal_id: str | None) -> None:
        if signal_id is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            unheard = await self.act(service.switch_off, kiosk.desk, kiosk.by, signal_id)
            if not unheard:
                kiosk.answer(Verdict(Tone.GOOD, _("The signal is lifted.")))
                return
            names = pgettext("list", ", ").join(one.person.name for one in unheard)
            told = _("Never reached: {names}. Tell the leader.").format(names=names)
            kiosk.answer(Verdict(Tone.AMBER, _("The signal is lifted."), lines=(told,)))

    # While it is on.

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Ask where somebody out is safe."""
        one = next((out for out in self._seen.out if out.id == message.row.key), None)
        if one is None:
            return
        asked = AskText(
            lambda: _("{name} is safe: where?").format(name=one.person.name),
            lambda: pgettext("weather", "Place"), limit=rules.LONGEST_WORDS,
        )  # fmt: skip
        self.app.push_screen(asked, partial(self._safe, one.id))

    async def _safe(self, outing_id: str, place: str | None) -> None:
        if place is None:
            return
        kiosk = self.kiosk
        async with self.answering():
            one = await self.act(service.mark_safe, kiosk.desk, kiosk.by, outing_id, place)
            kiosk.answer(Verdict(Tone.GOOD, _("Noted: safe."), name=one.person.name))

    def action_telephoned(self) -> None:
        """Write down who cannot come, and who said yes."""
        ask_who(self)

    async def action_visitors(self) -> None:
        """Note that the visitors inside were told."""
        kiosk = self.kiosk
        async with self.answering():
            await self.act(service.tell_visitors, kiosk.desk, kiosk.by)
            kiosk.answer(Verdict(Tone.GOOD, _("Noted: the visitors know that they may stay.")))

    async def action_print(self) -> None:
        """Print the list of who is out once more."""
        kiosk = self.kiosk
        async with self.answering():
            n = await self.act(service.print_out, kiosk.desk, kiosk.by, kiosk.inside)
            told = kiosk.on_paper(
                _("The list of {n} people out is being printed."),
                _("The list of {n} people out waits for the printer ({trouble})."), n=n,
            )  # fmt: skip
            kiosk.answer(Verdict(Tone.INFO, told))


def _offered(setting: SignalSetting) -> str:
    return f"{setting.name}  {setting_words(setting)}"


def _named(signal: WeatherSignal) -> str:
    return signal.signal


def _lift_help() -> str:
    return _("Somebody out was not heard of: it is kept with the signal who. Number lifts it.")


def _lift_plain() -> str:
    return _("Press the number, or the arrows and Enter.")
