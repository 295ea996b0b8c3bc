"""What the tap area says of things that go out, come back, or go from hand to hand."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kiosk.desk.desk import Desk
from kiosk.desk.people import Person
from kiosk.desk.words import _, ngettext, pgettext
from kiosk.keys.asking import Asked
from kiosk.keys.service import Handed
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict


def when(desk: Desk, moment: datetime | None) -> str:
    """Return the local hour, with the day when it is not today's; "" for no moment."""
    if moment is None:
        return ""
    local = desk.local(moment)
    shown = local.strftime("%H:%M")
    return shown if local.date() == desk.today() else f"{local.strftime('%m-%d')} {shown}"


def lent(
    desk: Desk, handed: Sequence[Handed], clerk: Person | None, asked: Sequence[Asked] = ()
) -> Verdict:
    """Say whose the things are now, until when, and who gave them out.

    ``asked`` tells of a word that was given before.
    """
    return Verdict(
        Tone.AMBER if any(one.owed for one in handed) else Tone.GOOD,
        _out(handed),
        name=handed[0].holder,
        time=_due(desk, handed),
        lines=tuple(_owed(handed)),
        notes=(*_words_before(asked), *parties(handed[0].holder, clerk), *_labels(handed)),
    )


def _out(handed: Sequence[Handed]) -> str:
    if len(handed) == 1:
        return _("{thing} is out").format(thing=handed[0].label)
    return ngettext("{n} thing is out", "{n} things are out", len(handed)).format(n=len(handed))


def _due(desk: Desk, handed: Sequence[Handed]) -> str:
    dues = [one.due_at for one in handed if one.due_at is not None]
    return _("due {hour}").format(hour=when(desk, min(dues))) if dues else _("held for good")


def _labels(handed: Sequence[Handed]) -> Iterator[str]:
    if len(handed) > 1:
        yield pgettext("list", ", ").join(one.label for one in handed)


def _owed(handed: Sequence[Handed]) -> Iterator[str]:
    if any(one.owed for one in handed):
        yield _("The manager's own tap is owed.")


def _words_before(asked: Sequence[Asked]) -> Iterator[str]:
    said = dict.fromkeys(one.prior.approver.name for one in asked if one.prior is not None)
    if said:
        yield _("Approved before: {names}").format(names=pgettext("list", ", ").join(said))


def parties(holder: str, clerk: Person | None) -> Iterator[str]:
    """Yield who borrows and who works at the desk: two names, two words."""
    if clerk is not None:
        yield _("Borrower {name}, issued by {clerk}").format(name=holder, clerk=clerk.name)


def emergency(handed: Handed, clerk: Person | None) -> Verdict:
    """Say, in amber, that a thing went out without anybody's word: it is no refusal."""
    return Verdict(
        Tone.AMBER,
        _("Emergency: {thing} is out").format(thing=handed.label),
        name=handed.holder,
        lines=(_("A manager's word is owed."),),
        notes=tuple(parties(handed.holder, clerk)),
    )


def returned(desk: Desk, handed: Handed) -> Verdict:
    """Say that the key is back, who had it, and how to say that it is damaged.

    One that another desk lends is taken in, and that desk's word is still to come.
    """
    if handed.waits_for:
        return _taken_in(desk, handed)
    return Verdict(
        Tone.GOOD,
        _("{thing} is back").format(thing=handed.label),
        name=handed.holder,
        time=_("out since {since}").format(since=when(desk, handed.out_at)),
        place=_("D: damaged"),
        lines=(_("It came back late."),) if handed.late else (),
    )


def _taken_in(desk: Desk, handed: Handed) -> Verdict:
    return Verdict(
        Tone.AMBER,
        _("{thing} is taken in here").format(thing=handed.label),
        name=handed.holder,
        time=_("out since {since}").format(since=when(desk, handed.out_at)),
        lines=(_("{gate} has not confirmed it yet.").format(gate=handed.waits_for),),
        notes=(_("It hangs here and is not lent until then."),),
    )


def damaged(handed: Handed) -> Verdict:
    """Say that a thing came back in no state to be lent again."""
    words = _("{thing} came back damaged. It is blocked.").format(thing=handed.label)
    return Verdict(Tone.AMBER, words, name=handed.holder)


def passed_on(desk: Desk, handed: Handed, giver: Person) -> Verdict:
    """Say from whom to whom a thing went."""
    return Verdict(
        Tone.AMBER if handed.owed else Tone.GOOD,
        _("{thing} passed on").format(thing=handed.label),
        name=handed.holder,
        time=_due(desk, [handed]),
        lines=tuple(_owed([handed])),
        notes=(_("From {giver} to {receiver}").format(giver=giver.name, receiver=handed.holder),),
    )
