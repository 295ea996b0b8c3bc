"""The visitor's slip (会客单) in three parts.

The stub stays, the visitor's part is carried, the return slip comes back with the host's signature
and closes the visit.
"""

from collections.abc import Iterator
from typing import NamedTuple

from kiosk.desk.desk import Desk
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    Bars,
    CheckBoxes,
    CodeBeside,
    Cut,
    Emphasis,
    Field,
    Line,
    NumberWithCode,
    Rule,
    SignatureLine,
    Size,
    Space,
    Spread,
    Text,
    Title,
)
from kiosk.desk.words import _, ngettext
from visitors import notice
from visitors.cards import VisitCard
from visitors.ladder.words import yes_word
from visitors.lanes import helmets
from visitors.wording import named

KIND = "visit"


class Codes(NamedTuple):
    """What a scanner reads from the slip: as a QR code, and shorter as bars; "" prints neither."""

    square: str
    bars: str = ""


def visit_slip(desk: Desk, visit: VisitCard, codes: Codes, copy: int, guard: str) -> Slip:
    """Return the slip of an admitted visit; ``guard`` is who admits, by name.

    The drawing adds 补打第 n 次 to every part of ``copy`` 2 and later.
    """
    lines = (
        *_stub(desk, visit, guard), Cut(),
        *_carried(desk, visit, codes), *_again(copy), Cut(),
        *_return_slip(desk, visit, codes),
    )  # fmt: skip
    return Slip(kind=KIND, number=visit.readable, lines=lines, copy=copy)


def _again(copy: int) -> Iterator[Line]:
    if copy > 1:
        yield Text(_("Earlier copies of this slip are not valid."), bold=True)


def _stub(desk: Desk, visit: VisitCard, guard: str) -> Iterator[Line]:
    place = " ".join(
        part for part in (desk.settings.site.name, desk.settings.site.gate_name) if part
    )
    yield Spread(_("Stub"), place, visit.number)
    yield Text(_party(visit))
    goods = visit.goods if desk.settings.slip.goods else ""
    told = (_when(desk, visit), goods, _on_duty(guard), _agreed(visit))
    yield Text("  ".join(part for part in told if part))


def _agreed(visit: VisitCard) -> str:
    how = yes_word(visit)
    return _("Agreed: {how}").format(how=how) if how else ""


def _on_duty(guard: str) -> str:
    return _("On duty {name}").format(name=guard)


def _party(visit: VisitCard) -> str:
    return _("{visitor} {people}, visiting {host}, {matter}").format(
        visitor=visit.name,
        people=_persons(visit.people),
        host=visit.host.address,
        matter=visit.about,
    )


def _persons(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=count)


def _when(desk: Desk, visit: VisitCard) -> str:
    start = desk.local(visit.admitted_at or visit.from_at)
    return _("{month}/{day} {time}").format(month=start.month, day=start.day, time=f"{start:%H:%M}")


def _until(desk: Desk, visit: VisitCard) -> str:
    """Return when the slip ends; with its day when that is not the day it begins."""
    start, end = desk.local(visit.admitted_at or visit.from_at), desk.local(visit.until_at)
    if start.date() == end.date():
        return f"{end:%H:%M}"
    return _("{month}/{day} {time}").format(month=end.month, day=end.day, time=f"{end:%H:%M}")


def _carried(desk: Desk, visit: VisitCard, codes: Codes) -> Iterator[Line]:
    part = _("Visitor's part")
    yield Title(_("Visitor's slip"), f"{desk.settings.site.name} {part}")
    yield NumberWithCode(visit.number, visit.readable, codes.square)
    yield from _bars(desk, codes)
    yield Rule()
    if visit.escort:
        yield Text(_("With an escort only"), bold=True)
    yield Field(_("Valid until"), _until(desk, visit), Emphasis.STRONG)
    yield from _facts(desk, visit)
    yield Rule()
    yield from _house_rules(desk)


def _bars(desk: Desk, codes: Codes) -> Iterator[Line]:
    """Yield the bars; a printer that makes no QR code prints them in any case."""
    if codes.bars:
        yield Bars(codes.bars, in_need=not desk.settings.slip.bars)


def _facts(desk: Desk, visit: VisitCard) -> Iterator[Line]:
    look = desk.settings.slip
    yield from _known(_("Kind of visit"), visit.kind)
    yield Field(_("Visitor"), " ".join(named(visit)), Emphasis.STRONG)
    yield from _known(_("Unit"), visit.unit, shown=look.unit)
    if visit.people > 1:
        with_him = _("{n} (with {others} more)").format(n=visit.people, others=visit.people - 1)
        yield Field(_("People"), with_him)
    yield from _known(_("Plate"), visit.plate)
    yield Field(_("Host"), _host(visit), Emphasis.STRONG)
    yield from _known(_("Room"), visit.host.place, shown=look.room)
    yield from _known(_("Area"), visit.area, shown=look.area)
    if visit.asks.besides:
        yield from _known(_(visit.asks.besides), visit.besides)
    yield Field(_("Matter"), visit.about)
    yield from _helmet(visit)
    if visit.goods and look.goods:
        yield Field(_("Carries"), _("{goods} (compared at the exit)").format(goods=visit.goods))
    yield from _known(_("ID"), visit.id_masked, shown=look.id_number)
    yield Field(_("Time"), _when(desk, visit))


def _host(visit: VisitCard) -> str:
    host = visit.host
    if host.address == host.name:
        return host.name
    return _("{address} ({name})").format(address=host.address, name=host.name)


def _known(label: str, value: str, *, shown: bool = True) -> Iterator[Line]:
    if value and shown:
        yield Field(label, value)


def _helmet(visit: VisitCard) -> Iterator[Line]:
    """Say which helmet goes in, or that the visitor stays out of that zone (clause 145)."""
    if visit.helmet == helmets.STAYS_OUT:
        yield Text(_("Does not enter where a helmet is worn"), bold=True)
        return
    shown = helmets.word(visit.helmet)
    if helmets.numbers(visit.helmet):
        shown = _("{number} (given back at the exit)").format(number=shown)
    yield from _known(_("Helmet"), shown)


def _house_rules(desk: Desk) -> Iterator[Line]:
    site = desk.settings.site
    yield Text(
        _("Please carry this slip and give it back at the gate. Valid today, one visit."),
        Size.SMALL,
    )
    own = site.house_rules or (_("No smoking in the listed areas. Please follow the staff."),)
    for rule in own if desk.settings.slip.rules else ():
        yield Text(rule, Size.SMALL)
    yield Text(f"{notice.about_data(desk)} ({notice.version(desk)})", Size.SMALL)
    phone = site.emergency_phone
    known = (
        _("Emergency 110 / 119 / 120, here {phone}") if phone else _("Emergency 110 / 119 / 120")
    )
    yield Text(known.format(phone=phone), Size.SMALL)


def _return_slip(desk: Desk, visit: VisitCard, codes: Codes) -> Iterator[Line]:
    yield Spread(_("Return slip"), "", visit.number)
    yield Text(_party(visit))
    yield Space(8)
    yield SignatureLine(_("Host signs"), _("Time"))
    yield CheckBoxes(_("Goods taken out"), (_("no goods"), _("goods:")), write_in=True)
    asked = (_("Signed by the host,"), _("scanned by the guard on leaving."))
    yield CodeBeside(codes.square, asked, visit.readable)
    yield from _bars(desk, codes)
