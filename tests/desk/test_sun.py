"""The published vectors of AN12196, AN10922 and NXP's own verifier, and addresses of any shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.desk import sun
from kiosk.desk.sun import CardKeys, Said

ZERO = bytes(16)
V1 = "https://ntag.nxp.com/424?e=EF963FF7828658A599F3041510671E88&c=94EED9EE65337086"
V2 = (
    "https://www.my424dna.com/?picc_data=FD91EC264309878BE6345CBE53BADF40"
    "&enc=CEE9A53E3E463EF1F459635736738962&cmac=ECC1E7F6C6C73BF6"
)
V3 = (
    "https://sdm.example/tag?p=8ACADDEF0A9B62CDAE39A16B83FC14DE"
    "B8436E11F627BB7F543FCC0C1E0D1A89238B2543A8DEBAD8"
)
V4 = "https://sdm.example/tagpt?uid=041E3C8A2D6B80&ctr=000006&cmac=4B00064004B0B3D3"
V3_READING = bytes.fromhex("42AFF114F2CB3B6141BE6DC95DFC5416")
V3_FILE = bytes.fromhex("B62A9BAF092439BD43C62AEE96B970C5")
KEYS = CardKeys(bytes(range(16)), bytes(range(16, 32)))
UID = bytes.fromhex("04DE5F1EACC040")


def said(uid, counter):
    return Said(bytes.fromhex(uid), counter)


@pytest.mark.parametrize(
    ("address", "reading", "key", "wanted"),
    [
        (V1, ZERO, ZERO, said("04DE5F1EACC040", 61)),
        (V2, ZERO, ZERO, said("04958CAA5C5E80", 8)),
        (V3, V3_READING, V3_FILE, said("041D3C8A2D6B80", 291)),
        (V4, ZERO, ZERO, said("041E3C8A2D6B80", 6)),
    ],
    ids=["V1", "V2", "V3", "V4"],
)
def test_the_published_addresses_open_and_their_macs_are_right(address, reading, key, wanted):
    mirror = sun.parse(address)
    assert mirror is not None
    assert sun.opened(mirror, reading) == wanted
    assert sun.mac_of(key, wanted, mirror.signed.encode()) == mirror.mac


@pytest.mark.parametrize(
    ("address", "wrong"),
    [(V2, "3CC1E7F6C6C33B33"), (V4, "AB00064004B0B3AB")],
    ids=["V2", "V4"],
)
def test_the_published_wrong_macs_are_wrong(address, wrong):
    mirror = sun.parse(address[: -len(wrong)] + wrong)
    assert sun.mac_of(ZERO, sun.opened(mirror, ZERO), mirror.signed.encode()) != mirror.mac


def test_the_published_session_keys_and_file_data():
    v1, v2 = said("04DE5F1EACC040", 61), said("04958CAA5C5E80", 8)
    v3, v5 = said("041D3C8A2D6B80", 291), said("04C767F2066180", 1)
    assert sun.session_mac_key(ZERO, v1).hex().upper() == "3FB5F6E3A807A03D5E3570ACE393776F"
    assert sun.session_mac_key(ZERO, v2).hex().upper() == "3ED0920E5E6A0320D823D5987FEAFBB1"
    assert sun.session_enc_key(ZERO, v2).hex().upper() == "42132D669442AD43E072C8C0C9828A72"
    assert sun.session_mac_key(ZERO, v5).hex().upper() == "0EC94BE3E0664FAF2BE300DFB16E1B66"
    v2_data = bytes.fromhex("CEE9A53E3E463EF1F459635736738962")
    assert sun.file_data(ZERO, v2, v2_data) == b"x" * 16
    v3_data = bytes.fromhex("B8436E11F627BB7F543FCC0C1E0D1A89")
    assert sun.file_data(V3_FILE, v3, v3_data) == b"NTXXqno_oBFpwy-V"


def test_v7_the_truncated_mac_of_a_command():
    key = bytes.fromhex("8248134A386E86EB7FAF54A52E536CB6")
    full = sun.cmac(key, bytes.fromhex("F500007A21085E02"))
    assert full[1::2].hex().upper() == "6597A457C8CD442C"


def test_the_published_diversified_key():
    """AN10922 chapter 2.2.1: number, application and system identifier."""
    master = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
    about = bytes.fromhex("04782E21801D803042F54E585020416275")
    assert sun.diversified(master, about).hex().upper() == "A8DD63A3B89D54B37CA802473FDA9175"
    with pytest.raises(ValueError, match="15 bytes"):
        sun.diversified(master, about[:15])


def address_of(keys, uid, counter, shape="m={}x{}x{}"):
    """Make the address that the badge ``uid`` of a site shows in plain."""
    its = Said(uid, counter)
    mac = sun.mac_of(sun.badge_key(keys.master, uid), its).hex().upper()
    return "https://gate.example/t?" + shape.format(uid.hex().upper(), f"{counter:06X}", mac)


@pytest.mark.parametrize("shape", ["m={}x{}x{}", "uid={}&ctr={}&cmac={}", "{}{}{}", "{}{}&c={}"])
def test_any_separators_between_the_mirrors_will_do(shape):
    assert sun.read(address_of(KEYS, UID, 7, shape), KEYS) == Said(UID, 7)


def test_no_badges_key_opens_another():
    other = bytes.fromhex("04DE5F1EACC041")
    assert sun.badge_key(KEYS.master, UID) != sun.badge_key(KEYS.master, other)
    stolen = sun.mac_of(sun.badge_key(KEYS.master, UID), Said(other, 7)).hex().upper()
    forged = f"https://gate.example/t?{other.hex().upper()}x000007x{stolen}"
    assert sun.read(forged, KEYS) is None


def test_another_house_has_other_keys():
    one, two = sun.keys_of(b"one house"), sun.keys_of(b"two houses")
    assert len({one.reading, one.master, two.reading, two.master}) == 4
    assert sun.read(address_of(one, UID, 7), two) is None
    assert repr(one) == "CardKeys()"


@pytest.mark.parametrize(
    "address",
    [
        "", "?", "https://gate.example/t", V1.replace("?", "/"), V1[:-1], V1 + "0", V1.lower(),
        V1 + "&more=EF963FF7828658A599F3041510671E88", V1.replace("&c=", "&c=0"), V4[:-17],
        V1.replace("EF96", "EF9Ｆ"), "?" + "A" * 2000, V4.replace("000006", "00006"),
    ],
)  # fmt: skip
def test_what_has_not_the_shape_of_a_mirror_is_none(address):
    assert sun.parse(address) is None


@given(st.text(max_size=200) | st.from_regex(r"\?([0-9A-F]{6,40}[&=x]?){0,5}", fullmatch=True))
def test_wild_addresses_prove_nothing(address):
    assert sun.read(address, KEYS) is None


@given(st.integers(0, 0xFFFFFF), st.data())
def test_a_changed_address_proves_nothing(counter, data):
    address = address_of(KEYS, UID, counter)
    assert sun.read(address, KEYS) == Said(UID, counter)
    at = data.draw(st.integers(address.index("=") + 1, len(address) - 1))
    changed = address[:at] + data.draw(st.sampled_from("0123456789ABCDEF")) + address[at + 1 :]
    assert (sun.read(changed, KEYS) is None) == (changed != address)
