import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.addresses import PRINTERS, READERS, SCANNERS, Address, BadAddress, parse


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("nfc+pn532:/dev/nfc0", Address("nfc+pn532", path="/dev/nfc0")),
        ("nfc+pn532:/dev/pts/3", Address("nfc+pn532", path="/dev/pts/3")),
        ("nfc+pn532:/dev/serial/by-id/usb-1a86:7523", None),
        ("nfc+pn532:COM3", Address("nfc+pn532", path="COM3")),
        ("nfc+usb:072f:2200", Address("nfc+usb", vid=0x072F, pid=0x2200)),
        ("scanner+serial:/dev/scanner", Address("scanner+serial", path="/dev/scanner")),
        ("idcard+serial:/dev/idcard", Address("idcard+serial", path="/dev/idcard")),
        ("escpos+tcp:192.168.1.50:9100", Address("escpos+tcp", host="192.168.1.50", port=9100)),
        ("escpos+tcp:[fe80::1%eth0]:9100", Address("escpos+tcp", host="fe80::1%eth0", port=9100)),
        ("escpos+serial:/dev/printer", Address("escpos+serial", path="/dev/printer")),
        ("escpos+usb:04B8:0E15", Address("escpos+usb", vid=0x04B8, pid=0x0E15)),
    ],
)
def test_each_kind_is_read_and_written_back(text, address):
    read = parse(text)
    assert address is None or read == address
    assert str(read).lower() == text.lower()


@pytest.mark.parametrize(
    "place",
    ["", ":", "tty", "tty:", "tty:USB", "ttyUSB", "tty:S:pn532", "tty:ACM", "tty:AMA", "com",
     "COM", "com:", "usb", "usb:", "udp", "tty:usbserial", "/dev/ttyUSB", "/dev/ttyS", "ttyACM"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["nfc+pn532", "scanner+serial", "idcard+serial", "escpos+serial"])
def test_a_path_that_stands_for_every_port_is_refused(kind, place):
    with pytest.raises(BadAddress) as refused:
        parse(f"{kind}:{place}")
    assert refused.value.code == "address.searches_every_port"
    assert [one.partition(":")[0] for one in refused.value.allowed] == [kind]
    assert all(parse(one) for one in refused.value.allowed)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "address.unknown_kind"),
        ("nfc", "address.unknown_kind"),
        ("tty:USB0:pn532", "address.unknown_kind"),
        ("pcsc:ACR122U", "address.unknown_kind"),
        ("nfc+pn532:ttyUSB0", "address.bad_path"),
        ("nfc+pn532:tty:USB0:pn532", "address.bad_path"),
        ("nfc+pn532:/dev/", "address.bad_path"),
        ("nfc+pn532:/dev/ttyUSB*", "address.bad_path"),
        ("nfc+pn532:/dev/nfc0\n", None),
        ("nfc+pn532:/dev/n\x1bc0", "address.bad_path"),
        ("nfc+usb:", "address.searches_every_port"),
        ("nfc+usb:072f", "address.bad_usb"),
        ("nfc+usb:001:023", "address.bad_usb"),
        ("escpos+tcp:printer", "address.bad_network"),
        ("escpos+tcp:printer:0", "address.bad_network"),
        ("escpos+tcp:printer:65536", "address.bad_network"),
        ("escpos+tcp:fe80::1:9100", "address.bad_network"),
    ],
)
def test_what_is_not_one_place_is_refused_with_its_reason(text, code):
    if code is None:
        assert parse(text).path == "/dev/nfc0"
        return
    with pytest.raises(BadAddress) as refused:
        parse(text)
    assert (refused.value.code, refused.value.address) == (code, text)
    assert refused.value.allowed


@pytest.mark.parametrize(
    ("kinds", "text"),
    [
        (READERS, "escpos+tcp:192.168.1.50:9100"),
        (READERS, "scanner+serial:/dev/scanner"),
        (PRINTERS, "nfc+pn532:/dev/nfc0"),
        (SCANNERS, "nfc+usb:072f:2200"),
    ],
)
def test_an_address_of_another_kind_of_device_is_refused_with_what_is_allowed(kinds, text):
    with pytest.raises(BadAddress) as refused:
        parse(text, kinds)
    assert refused.value.code == "address.wrong_kind"
    assert [parse(one, kinds).kind for one in refused.value.allowed] == list(kinds)


def _parsed(text):
    try:
        return parse(text)
    except BadAddress:
        return None


@given(st.text(alphabet=string.printable, max_size=40))
def test_no_text_breaks_it_and_what_is_read_reads_the_same_again(text):
    for kind in ("nfc+pn532:", "nfc+usb:", "escpos+tcp:", ""):
        read = _parsed(kind + text)
        assert read is None or parse(str(read)) == read
