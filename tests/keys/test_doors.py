"""A label that tells a finder which door its ring opens is seen; one that tells none is not."""

import pytest

from kiosk.demo.names import KEYS
from kiosk.keys.doors import door_named


@pytest.mark.parametrize(
    ("label", "doors", "told"),
    [
        ("R305", "R305", "R305"),
        ("钥匙K305", "305室", "K305"),
        ("306备用", "A306 办公室", "306"),
        ("305柜", "305室", "305"),
        ("财务室", "财务室", "财务室"),
        ("档案室钥匙", "档案室", "档案室"),
        ("财务备用钥匙", "三楼财务办公室", "财务"),
        ("档案室钥匙", "", "档案室"),
        ("备用机房", "", "机房"),
        ("财务办公室", "", "财务办公室"),
        ("305室", "", "305室"),
        ("Meeting room", "Meeting room", "Meeting"),
        ("Archive key", "Archive", "Archive"),
        ("spare key ARCHIVE", "the archive, 3rd floor", "ARCHIVE"),
        ("Archive钥匙", "Archive", "Archive"),
        ("安全帽12 305", "305室", "305"),
    ],
)
def test_what_tells_the_door(label, doors, told):
    assert door_named(label, doors) == told


@pytest.mark.parametrize(
    ("label", "doors"),
    [
        ("12号柜钥匙", "档案室12号柜"),
        ("12号柜钥匙", "档案室 305"),
        ("3号备用钥匙", "305室"),
        ("备用钥匙", "备用机房"),
        ("办公室钥匙", "305办公室"),
        ("7号桌钥匙", "办公室305"),
        ("共用文件柜钥匙", "三楼共用文件柜"),
        ("临时门禁卡 3", "东门 门禁卡"),
        ("档案柜钥匙", ""),
        ("安全帽12", "12室"),
        ("12号安全帽", "12室"),
        ("Helmet 12", "12室"),
        ("Room key", "Room 3"),
        ("Office key", "Head office"),
        ("Spare cabinet key", "Cabinet by the door, Archive"),
        ("Arch key", "Archive"),
        ("Hut", "Hut"),
        ("Meeting room", ""),
        ("", ""),
    ],
)
def test_what_tells_no_door(label, doors):
    assert door_named(label, doors) == ""


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.tag)
def test_the_demos_labels_tell_no_door(key):
    assert door_named(key.label, "") == ""
