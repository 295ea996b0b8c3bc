"""``kiosk people``: take staff from a file, give somebody a PIN."""

from kiosk.commands.table_in import counts, numbers_as, take, tell_unread
from kiosk.commands.work import DONE, Work
from kiosk.desk import signing
from kiosk.desk.people import person_by_staff_no
from kiosk.desk.people_file import read_people
from kiosk.desk.people_import import apply, check
from kiosk.desk.secrets import SiteKey
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import _


def bring(work: Work) -> int:
    """Check every row of the file and take all of them, or none."""
    name = str(work.args.file)
    table = read_people(name, work.file(name))
    tell_unread(work, table)
    with work.desk.read() as book:
        plan = check(book, table.rows, numbers_as(work.args.badge_format))
    told = _("{new} new, {changed} changed, {same} as before.")
    return take(work, plan, apply, told.format(**counts(plan)))


def set_pin(work: Work) -> int:
    """Give somebody the PIN that was typed."""
    number = work.args.staff_no
    work.write(_set_pin, work.desk.site_key, number, work.typed)
    work.say(_("The PIN of {number} is set.").format(number=number))
    return DONE


def _set_pin(tx: Transaction, site_key: SiteKey, staff_no: str, pin: str) -> None:
    signing.set_pin(tx, site_key, person_by_staff_no(tx, staff_no), pin)
