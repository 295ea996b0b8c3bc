"""``kiosk people``: take staff from a file, give somebody a PIN."""

from collections.abc import Callable

from drivers.wedge import card_bytes
from kiosk.commands.work import DONE, REFUSED, Work
from kiosk.desk import signing
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.people_file import read_people
from kiosk.desk.people_import import apply, check
from kiosk.desk.secrets import SiteKey
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _, ngettext

_HEX = "hex"


def bring(work: Work) -> int:
    """Check every row of the file and take all of them, or none."""
    name = str(work.args.file)
    rows = read_people(name, work.file(name))
    with work.desk.read() as book:
        plan = check(book, rows, _reader_of_numbers(work.args.badge_format))
    if plan.bad:
        for bad in plan.bad:
            work.complain(bad.text())
        n = len(plan.bad)
        told = ngettext(
            "{n} row is wrong. Nothing was taken.", "{n} rows are wrong. Nothing was taken.", n
        )
        work.complain(told.format(n=n))
        return REFUSED
    told = _("{new} new, {changed} changed, {same} as before.").format(
        new=len(plan.new), changed=len(plan.changed), same=plan.same
    )
    if work.args.dry_run:
        work.say(_("Every row is good: {told} Nothing was written (dry run).").format(told=told))
        return DONE
    work.write(apply, plan)
    work.say(told)
    return DONE


def _reader_of_numbers(badge_format: str) -> Callable[[str], str]:
    """Return what turns a card's number, as the file writes it, into upper-case hex."""

    def to_uid(text: str) -> str:
        plain = text.replace(":", "").replace(" ", "") if badge_format == _HEX else text
        return card_bytes(plain, badge_format).hex().upper()

    return to_uid


def set_pin(work: Work) -> int:
    """Give somebody the PIN that was typed."""
    number = work.args.staff_no
    work.write(_set_pin, work.desk.site_key, number, work.typed)
    work.say(_("The PIN of {number} is set.").format(number=number))
    return DONE


def _set_pin(tx: Transaction, site_key: SiteKey, staff_no: str, pin: str) -> None:
    signing.set_pin(tx, site_key, person_by_staff_no(tx, staff_no), pin)
