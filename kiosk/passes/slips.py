"""The pass on paper in two parts: one is carried with the goods, the gate keeps the other."""

from collections.abc import Iterator

from kiosk.desk.desk import Desk
from kiosk.desk.slip import Slip
from kiosk.desk.slip_lines import (
    Align,
    CodeBeside,
    Cut,
    Emphasis,
    Field,
    Line,
    NumberWithCode,
    Rule,
    SignatureLine,
    Size,
    Spread,
    Table,
    Text,
    Title,
)
from kiosk.desk.words import _, pgettext
from kiosk.passes.reading import PassShown, day_and_hour
from kiosk.passes.wording import back_word

KIND = "pass"
_WIDTHS = (1, 8, 5, 2)


def pass_slip(desk: Desk, one: PassShown, code: str) -> Slip:
    """Return the paper of an approved pass in the language spoken now; hours are the site's."""
    return Slip(KIND, one.number, (*_carried(desk, one, code), Cut(), *_stub(desk, one, code)))


def _carried(desk: Desk, one: PassShown, code: str) -> Iterator[Line]:
    part = _("Carrier's part")
    yield Title(_("Property-out pass"), f"{desk.settings.site.name} {part}")
    yield NumberWithCode(one.number, _until(one), code)
    yield Rule()
    yield Field(pgettext("pass", "Carried by"), one.carrier, Emphasis.STRONG)
    yield from _facts(desk, one)
    yield Rule()
    yield _table(one)
    yield Rule()
    yield Text(
        _("Show it at the gate: it is compared line by line and works once. More than stands"
          " here stays in the house; what does not go now needs a new pass."),
        Size.SMALL,
    )  # fmt: skip


def _stub(desk: Desk, one: PassShown, code: str) -> Iterator[Line]:
    site = desk.settings.site
    place = " ".join(part for part in (site.name, site.gate_name) if part)
    yield Spread(_("Gate's stub"), place, one.number)
    yield Field(pgettext("pass", "Carried by"), one.carrier)
    yield from _facts(desk, one)
    yield _table(one, tick=True)
    yield CodeBeside(
        code, (_("Compared by the guard,"), _("signed by who carries it.")), _until(one)
    )
    yield SignatureLine(pgettext("pass", "Guard"), _("Time"))
    yield SignatureLine(pgettext("pass", "Carrier"))


def _facts(desk: Desk, one: PassShown) -> Iterator[Line]:
    yield Field(pgettext("pass", "What for"), one.purpose)
    yield Field(pgettext("pass", "Asked for by"), one.asker.name)
    approved = f"{one.approver} {day_and_hour(desk, one.approved_at)}"
    yield Field(pgettext("pass", "Approved by"), approved)
    yield Field(pgettext("pass", "Back on"), back_word(one.back_on))


def _until(one: PassShown) -> str:
    until = f"{one.valid_until:%Y-%m-%d}" if one.valid_until else ""
    return _("valid until {day}").format(day=until)


def _table(one: PassShown, *, tick: bool = False) -> Table:
    rows = tuple((str(i.place), i.what, i.serial, str(i.quantity)) for i in one.items)
    head = ("", pgettext("pass", "What"), pgettext("pass", "Serial no."), pgettext("pass", "Pcs."))
    align = (Align.LEFT, Align.LEFT, Align.LEFT, Align.RIGHT)
    return Table(_WIDTHS, rows, head, align, tick=tick)
