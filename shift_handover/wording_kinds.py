"""What else is known of a record, for those kinds whose own sentence does not say all of it."""

from kiosk.desk.words import _
from shift_handover.record_kinds import StaffInstruction
from shift_handover.records import Record, RecordOfNewer


def kind_detail(record: Record) -> list[str]:
    """Return what is known besides the sentence, in the language spoken now."""
    match record:
        case StaffInstruction() if record.known_by:
            return [_("known to {names}").format(names=record.known_by)]
        case RecordOfNewer():
            return [_("written by a newer version")]
    return []
