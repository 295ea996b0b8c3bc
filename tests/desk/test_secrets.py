"""Keys, sealed fields and PINs: what a stolen database or a changed character may give away."""

import os
import stat
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import secrets
from kiosk.desk.clauses import Rules
from kiosk.desk.refusal import Refused
from kiosk.desk.secrets import SiteKey

KEY = SiteKey(bytes(range(32)))
OTHER = SiteKey(bytes(range(1, 33)))
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "site.key"
    SiteKey.create(path)
    return path


def code_of(call, *args):
    with pytest.raises(Refused) as refused:
        call(*args)
    return refused.value.code


def test_a_new_key_file_is_its_owners_alone(key_file):
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_a_key_file_gives_back_the_key_that_was_made(tmp_path):
    made = SiteKey.create(tmp_path / "site.key")
    assert SiteKey.load(tmp_path / "site.key") == made


def test_two_sites_have_two_keys(tmp_path):
    assert SiteKey.create(tmp_path / "a") != SiteKey.create(tmp_path / "b")


def test_a_key_is_never_written_over(key_file):
    before = key_file.read_bytes()
    assert code_of(SiteKey.create, key_file) == "site_key.exists"
    assert key_file.read_bytes() == before


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(Refused) as refused:
        SiteKey.load(tmp_path / "no.key")
    assert refused.value.code == "site_key.missing"
    assert refused.value.facts["file"].endswith("no.key")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o666])
def test_a_key_that_others_may_touch_is_refused(key_file, mode):
    key_file.chmod(mode)
    assert code_of(SiteKey.load, key_file) == "site_key.open_to_others"


def test_a_folder_where_the_key_should_be_is_refused(tmp_path):
    assert code_of(SiteKey.load, tmp_path) == "site_key.unreadable"


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"hello", b"\xff\xfe\x00", b"gatehouse-kiosk site key 1\n", b"0" * 4096]
)
def test_a_file_that_is_no_key_is_damaged(key_file, content):
    key_file.write_bytes(content)
    assert code_of(SiteKey.load, key_file) == "site_key.damaged"


def test_any_changed_character_of_the_key_is_noticed(key_file):
    good = key_file.read_text("ascii")
    start = good.index("\n") + 1
    for at in range(start, len(good.rstrip())):
        if good[at] != "\n":
            changed = "0" if good[at] != "0" else "1"
            key_file.write_text(good[:at] + changed + good[at + 1 :], "ascii")
            assert code_of(SiteKey.load, key_file) == "site_key.damaged"


def test_the_key_is_not_in_its_own_picture():
    assert KEY.secret.hex() not in repr(KEY)
    assert str(KEY.secret) not in repr(KEY)


@given(ANY_TEXT)
def test_what_was_sealed_opens_again(text):
    key = secrets.new_subject_key()
    sealed = secrets.seal(key, "person-1", text)
    assert secrets.subject_of(sealed) == "person-1"
    assert secrets.open_sealed(key, "person-1", sealed) == text


def test_the_same_words_sealed_twice_look_different():
    key = secrets.new_subject_key()
    assert secrets.seal(key, "p", "13800138000") != secrets.seal(key, "p", "13800138000")


def test_sealed_words_do_not_open_with_another_key():
    sealed = secrets.seal(secrets.new_subject_key(), "p", "张三")
    assert code_of(secrets.open_sealed, secrets.new_subject_key(), "p", sealed) == "sealed.damaged"


def test_sealed_words_moved_to_another_person_do_not_open():
    key = secrets.new_subject_key()
    moved = secrets.seal(key, "zhang", "张三").replace("zhang", "wang")
    assert code_of(secrets.open_sealed, key, "wang", moved) == "sealed.damaged"
    assert code_of(secrets.open_sealed, key, "zhang", moved) == "sealed.damaged"


def test_no_character_of_sealed_words_can_be_changed():
    key = secrets.new_subject_key()
    sealed = secrets.seal(key, "p", "张三")
    for at in range(len(sealed)):
        for new in ("A", "B", "é"):
            changed = sealed[:at] + new + sealed[at + 1 :]
            if changed != sealed:
                assert code_of(secrets.open_sealed, key, "p", changed) == "sealed.damaged"


@given(st.text())
def test_text_that_was_never_sealed_is_refused(text):
    with pytest.raises(Refused):
        secrets.open_sealed(bytes(32), "p", text)


def test_a_subjects_key_is_wrapped_by_the_site_key():
    key = secrets.new_subject_key()
    wrapped = KEY.wrap(key)
    assert KEY.unwrap(wrapped) == key
    assert key.hex() not in wrapped
    assert code_of(OTHER.unwrap, wrapped) == "sealed.damaged"


@pytest.mark.parametrize("stored", [b"\x01\x02", None, 7])
def test_what_is_no_text_in_the_database_is_damaged(stored):
    assert code_of(KEY.unwrap, stored) == "sealed.damaged"
    assert code_of(secrets.subject_of, stored) == "sealed.damaged"


def test_blind_marks_find_equal_text_and_lead_nowhere():
    assert KEY.blind("110101199003070011") == KEY.blind("110101199003070011")
    assert KEY.blind("110101199003070011") != KEY.blind("110101199003070012")
    assert KEY.blind("110101199003070011") != OTHER.blind("110101199003070011")
    assert "110101" not in KEY.blind("110101199003070011")


def test_a_signed_code_is_short_readable_and_the_sites_own():
    code = KEY.sign("visit 017", 6)
    assert len(code) == 6
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert code == KEY.sign("visit 017", 6)
    assert code != KEY.sign("visit 018", 6)
    assert code != OTHER.sign("visit 017", 6)


def test_every_use_of_the_site_key_has_a_key_of_its_own():
    assert KEY.pepper != KEY.secret
    assert KEY.pepper.hex() != KEY.blind("pepper")


@pytest.mark.parametrize("pin", ["2580", "1379", "20091", "135790864213", "２５８０"])
def test_a_decent_pin_is_taken(pin):
    secrets.check_new_pin(pin)


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("", "pin.not_digits"),
        ("12a4", "pin.not_digits"),
        ("25 80", "pin.not_digits"),
        ("٢٥٨٠", "pin.not_digits"),
        ("258", "pin.bad_length"),
        ("2580258025803", "pin.bad_length"),
        ("0000", "pin.too_easy"),
        ("111111", "pin.too_easy"),
        ("1234", "pin.too_easy"),
        ("7890", "pin.too_easy"),
        ("9876", "pin.too_easy"),
        ("3210", "pin.too_easy"),
        ("1212", "pin.too_easy"),
        ("123123", "pin.too_easy"),
    ],
)
def test_a_bad_pin_is_refused_with_its_reason(pin, code):
    assert code_of(secrets.check_new_pin, pin) == code


def test_a_pin_fits_its_own_hash_only_with_the_pepper():
    hashed = secrets.hash_pin("2580", KEY.pepper)
    assert hashed.startswith("$argon2id$")
    assert "2580" not in hashed.split("$")[-1]
    assert secrets.verify_pin("2580", hashed, KEY.pepper)
    assert secrets.verify_pin("２５８０", hashed, KEY.pepper)
    assert not secrets.verify_pin("2581", hashed, KEY.pepper)
    assert not secrets.verify_pin("2580", hashed, OTHER.pepper)
    assert hashed != secrets.hash_pin("2580", KEY.pepper)


@pytest.mark.parametrize("hashed", ["", "x", "$argon2id$v=19$m=8,t=1,p=1$", "张"])
def test_a_damaged_hash_fits_no_pin(hashed):
    assert not secrets.verify_pin("2580", hashed, KEY.pepper)


def test_waiting_starts_at_the_fifth_wrong_pin_and_doubles_to_its_longest():
    waits = [secrets.pin_wait(wrong, Rules()) for wrong in range(13)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert secrets.pin_wait(10**9, Rules()) == 900


def test_the_first_wait_is_never_over_the_longest():
    assert secrets.pin_wait(5, replace(Rules(), pin_first_wait_s=600, pin_longest_wait_s=60)) == 60


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_key_of_another_user_is_unreadable(key_file):
    key_file.chmod(0o000)
    assert code_of(SiteKey.load, key_file) == "site_key.unreadable"
