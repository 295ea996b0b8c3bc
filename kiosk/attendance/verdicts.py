"""What the tap area says to a person who signs in or out."""

from collections.abc import Iterator

from kiosk.attendance.outing.wording import outing_headline
from kiosk.attendance.tap_result import TapResult
from kiosk.desk.badges import REASON_NAMES
from kiosk.desk.desk import Desk
from kiosk.desk.people import Badge, BadgeState, BlockReason, Person
from kiosk.desk.presence import Whereabouts
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Means
from kiosk.desk.words import _, pgettext
from kiosk.ui.palette import Tone
from kiosk.ui.verdict import Verdict, refusal


def verdict_of(desk: Desk, result: TapResult, notes: tuple[str, ...] = ()) -> Verdict:
    """Say which way the tap went, large, what it is marked with, and what awaits the person."""
    return Verdict(
        tone=_tone(result),
        headline=outing_headline(desk, result) or headline(result),
        name=result.person.name,
        time=desk.local(result.at).strftime("%H:%M:%S"),
        place=f"{result.section} {_hint(result)}".strip(),
        lines=(*_lines(desk, result), *notes),
    )


def _tone(result: TapResult) -> Tone:
    """Stop, in amber, at the tap of who has something long overdue or called back; it counts."""
    if result.overdue or result.called_back:
        return Tone.AMBER
    return Tone.INFO if result.shown_again else Tone.GOOD


def refused_card(badge: Badge, person: Person) -> Refused:
    """Return why the card opens nothing: it is blocked, or its person has left."""
    blocked = badge.state is BadgeState.BLOCKED
    return Refused("badge.blocked" if blocked else "person.inactive", staff_no=person.staff_no)


def verdict_of_closed(desk: Desk, badge: Badge, person: Person) -> Verdict:
    """Say the same to the guard at the open desk, with whose card it is and since when."""
    told = refusal(refused_card(badge, person), person.name)
    if badge.blocked_at is None or badge.blocked_for is None:
        return told
    day = desk.local(badge.blocked_at).strftime("%m-%d %H:%M")
    reason = _(REASON_NAMES[badge.blocked_for])
    blocked = _("{reason}, blocked {day}").format(reason=reason, day=day)
    kept = _("Guard: keep the card and see who carries it.")
    missing = badge.blocked_for in {BlockReason.LOST, BlockReason.STOLEN}
    return told._replace(lines=(blocked, kept) if missing else (blocked,))


def headline(result: TapResult) -> str:
    """Return 签到, 签退, or 已签到 / 已签退 for a tap that was only shown again."""
    came = result.kind is Whereabouts.IN
    if result.changed:
        return _("Changed to sign-in") if came else _("Changed to sign-out")
    if result.shown_again:
        return _("Already signed in") if came else _("Already signed out")
    return _("Signed in") if came else _("Signed out")


def _hint(result: TapResult) -> str:
    """Say which key turns the tap round, while there is one to turn."""
    if not result.tap_id:
        return ""
    return _("C: out") if result.kind is Whereabouts.IN else _("C: in")


def _lines(desk: Desk, result: TapResult) -> Iterator[str]:
    marks = result.marks
    if result.means is Means.NO_BADGE:
        yield _("No badge: confirmed at the desk")
    if result.after_closing:
        yield _("The office has closed this day: kept and marked.")
    if marks.late_min:
        yield _("Late by {n} min. Please give the reason as a remark.").format(n=marks.late_min)
    elif marks.out_of_window:
        yield _("Outside the sign-in time. Please give the reason as a remark.")
    if marks.early_min and result.ends_at is not None:
        end = desk.local(result.ends_at).strftime("%H:%M")
        yield _("Before {hour}: counts as early unless you come back today.").format(hour=end)
    if result.holds:
        listed = pgettext("list", ", ").join(result.holds)
        words = (
            _("Overdue, please bring back: {things}")
            if result.overdue
            else _("You still hold: {things}")
        )
        yield words.format(things=listed)
    if result.called_back:
        listed = pgettext("list", ", ").join(result.called_back)
        yield _("Called back, please bring it now: {things}").format(things=listed)
