"""Who has a part in the demo's staff attendance. Who ends in 1 is of the finance office."""

HEAD, LEADER, PRINCIPAL, OFFICE = "1003", "1006", "1005", "4001"
"""Head of the finance office, leader in charge, principal leader, and who keeps the books."""

GUARDS = ("2001", "2002")
ON_LEAVE, STANDS_IN = "5061", "5031"
"""On leave today, and who stands in; the latter was late on the last workday, with a remark."""

ASKS_FOR_LEAVE, STANDS_IN_THEN = "5001", "5021"
NOT_REPORTED = "5071"
"""Whose leave is over; nobody has seen him since."""

WAS_ILL = "5051"
OFTEN_LATE, STAYED_AWAY = "5052", "5081"
"""Late on every day of last week; away for four days of it without a word."""

LATE_TODAY, OUT_NOW, OUT_TOO_LONG = "5041", "5011", "5022"
WORKS_LATE, ALONG = "5018", "5028"
FORGOT_BADGE, OBJECTS = "5015", "1002"
SPARE_UIDS = {"7": "04EE0000000780", "8": "04EE0000000880"}
"""The temporary badges of the pool by the number on them; the first is lent."""

FIRST_TO_COME = ("1003", "1004", "1006", "1007", "3001", "4001")
"""Who of the known ones is in when the demo begins; the others have their cards on the tray."""

ON_A_DAY_OFF = (
    ASKS_FOR_LEAVE, "5008", OUT_NOW, FORGOT_BADGE, WORKS_LATE, "5020", STANDS_IN_THEN, OUT_TOO_LONG,
    ALONG, STANDS_IN, LATE_TODAY,
)  # fmt: skip
"""Who else comes on a day off."""
