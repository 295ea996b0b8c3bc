"""A file of people: which columns it may have."""

from kiosk.desk.table_file import Columns, Table, read_table

COLUMNS = Columns(
    titles={
        "name": ("姓名", "name"),
        "staff_no": ("工号", "staff_no"),
        "department": ("部门", "department", "科室"),
        "title": ("职务", "title"),
        "rank": ("级别", "rank"),
        "role": ("角色", "role"),
        "badge": ("卡号", "badge"),
        "address_form": ("称呼", "address_form"),
        "extension": ("分机", "extension"),
        "room": ("房间", "room", "房号"),
        "mobile": ("手机", "mobile", "手机号"),
        "deputy": ("代理人工号", "deputy_no", "顶岗人工号"),
        "notify_url": ("通知地址", "notify_url"),
    },
    needed=("name", "staff_no"),
)


def read_people(name: str, content: bytes) -> Table:
    """Return the people's table in the file called ``name``. Raises what ``read_table`` raises."""
    return read_table(name, content, COLUMNS)
