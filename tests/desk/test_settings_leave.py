"""Who grants whose leave, as a site may set it."""

import pytest

from kiosk.desk.people import Rank
from kiosk.desk.refusal import Refused
from kiosk.desk.settings import load
from kiosk.desk.settings_leave import USUAL, LeaveRung
from kiosk.desk.words import sentence

SITE = "[site]\ngate = 'gate-1'\nname = '本单位'\n"
ONE = "[[leave_ladder]]\nrank = 'ordinary'\ngranted_by = 'leader_in_charge'\n"


def loaded(tmp_path, text):
    file = tmp_path / "kiosk.toml"
    file.write_text(SITE + text, encoding="utf-8")
    return load(file, {}).leave_ladder


def test_the_ladder_is_read_rung_by_rung(tmp_path):
    assert loaded(tmp_path, ONE) == (LeaveRung("ordinary", "leader_in_charge"),)
    assert loaded(tmp_path, "") == ()


def test_every_rank_has_a_usual_granter():
    assert {rank.value for rank in Rank} == set(USUAL)


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (ONE * 2, "settings.same_rank", "leave_ladder.2.rank"),
        (ONE.replace("ordinary", "boss"), "settings.not_one_of", "ordinary"),
        (ONE.replace("leader_in_charge", "nobody"), "settings.not_one_of", "principal_leader"),
    ],
)
def test_a_wrong_rung_is_named_with_what_is_allowed(tmp_path, text, code, told):
    with pytest.raises(Refused) as caught:
        loaded(tmp_path, text)
    assert caught.value.code == code
    assert told in sentence(caught.value.code, caught.value.facts)
