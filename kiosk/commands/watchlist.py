"""``kiosk watchlist``: take the watch list from a file, write it to one."""

from pathlib import Path

from kiosk.commands.table_in import take, tell_unread
from kiosk.commands.work import DONE, Work
from kiosk.desk.file_out import as_file
from kiosk.desk.refusal import Refused
from kiosk.desk.signing import Proof, prove_by_staff_no
from kiosk.desk.transaction import Transaction
from kiosk.desk.words import ngettext, pgettext
from visitors import watch_file, watch_list


def bring(work: Work) -> int:
    """Check every row of the file and list all of them, or nobody; somebody signs for it."""
    name, desk = str(work.args.file), work.desk
    table = watch_file.read_listings(name, work.file(name))
    tell_unread(work, table)
    with desk.read() as book:
        plan = watch_file.check(desk, book, table.rows)
    told = pgettext("watch list", "{new} new, {same} as before.")
    said = told.format(new=len(plan.new), same=plan.same)
    if plan.bad or work.args.dry_run:
        return take(work, plan, _never, said)
    proof = _proof(work)

    def apply(tx: Transaction, checked: watch_file.Plan) -> None:
        watch_file.apply(tx, checked, desk, proof)

    return take(work, plan, apply, said)


def _never(tx: Transaction, plan: watch_file.Plan) -> None:
    raise LookupError(f"nothing is taken here: {tx!r} {plan!r}")


def _proof(work: Work) -> Proof:
    """Return who signs; raise ``Refused``: ``watch.who_signs``, ``watch.not_yours``, of the PIN."""
    if not work.args.proves:
        raise Refused("watch.who_signs")
    proof = prove_by_staff_no(work.desk, work.args.proves, work.typed)
    watch_list.refuse_other(proof.person)
    return proof


def send(work: Work) -> int:
    """Write the list to a file, without identity numbers; with the reasons only when signed."""
    suffix = Path(work.args.out_file).suffix
    proof = _proof(work) if work.args.proves else None
    table = watch_file.as_table(work.desk, reasons=proof is not None)
    content = as_file(table, suffix, str(work.args.out_file))
    work.write(watch_file.exported, len(table.rows), proof)
    work.give(content)
    n = len(table.rows)
    told = ngettext("{n} row written to {file}.", "{n} rows written to {file}.", n)
    work.say(told.format(n=n, file=work.args.out_file))
    return DONE
