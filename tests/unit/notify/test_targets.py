"""Where a webhook may be, and where it may not, in every notation."""

import pytest

from chalicelib.errors import LookupFailed, TargetRefused
from chalicelib.targets import Target, addresses_of, is_public, target_of

HOOK = target_of("https://hooks.example.com/in?key=1")


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://hooks.example.com/in?key=1", "/in?key=1"),
        ("https://HOOKS.example.com:443", "/"),
        ("https://hooks.example.com?sig=a%2Fb", "/?sig=a%2Fb"),
        ("https://hooks.example.com/a@b:8080/", "/a@b:8080/"),
    ],
)
def test_a_public_name_may_be_called(url: str, path: str) -> None:
    assert target_of(url) == Target(True, "hooks.example.com", 443, path)


@pytest.mark.parametrize(
    "url",
    [
        *("http://hooks.example.com/", "ftp://hooks.example.com/", "//hooks.example.com/", ""),
        *("https://hooks.example.com:8443/", "https://hooks.example.com:0443/"),
        *("https://me@hooks.example.com/", "https://me:word@hooks.example.com/"),
        *("https://hooks.example.com@10.0.0.1/", "https://hooks.example.com\\@10.0.0.1/"),
        *("https://localhost/", "https://intranet/", "https://hooks.example.com./"),
        *("https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0177.0.0.1/"),
        *("https://0x7f.0.0.1/", "https://0x7f000001/", "https://127.0.0.0x1/", "https://1.2.3/"),
        *("https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1%25eth0]/"),
        *("https://\uff11\uff12\uff17.0.0.1/", "https://127。0。0。1/", "https://exämple.com/"),
        *(
            "https://hooks.example.com/a b",
            "https://hooks.example.com/\r\nX: 1",
            " https://a.example/",
        ),
        *(
            "https://hooks.example.com/#part",
            "https://hooks.example.com/\\..",
            "https://-a.example/",
        ),
        f"https://{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.com/",
        f"https://hooks.example.com/{'a' * 1000}",
    ],
)
def test_nothing_else_may_be(url: str) -> None:
    with pytest.raises(TargetRefused):
        target_of(url)


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3"),
        *("169.254.169.254", "169.254.170.2", "100.64.0.1", "100.127.255.255", "224.0.0.1"),
        *("192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1"),
        *("255.255.255.255", "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1"),
        *(
            "fd00:ec2::254",
            "ff02::1",
            "ff0e::1",
            "::ffff:10.0.0.1",
            "::ffff:8.8.8.8",
            "2001:db8::1",
        ),
        *("64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::", "2001::1", "fec0::1"),
        *("2001:db8::1", "no address"),
    ],
)
def test_an_address_that_is_not_public_is_none(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])
def test_a_public_address_is_one(address: str) -> None:
    assert is_public(address)


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(TargetRefused):
        addresses_of(HOOK, lambda host, port: ["8.8.8.8", "10.0.0.1"])


def test_a_name_without_an_address_was_not_found() -> None:
    with pytest.raises(LookupFailed):
        addresses_of(HOOK, lambda host, port: [])


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/in", "http://localhost:8080/in"])
def test_this_machine_may_be_called_where_it_is_told_so(url: str) -> None:
    assert target_of(url, loopback=True).port == 8080
    with pytest.raises(TargetRefused):
        target_of(url)


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.2", "::1", "169.254.169.254"])
def test_no_other_machine_may_then(address: str) -> None:
    with pytest.raises(TargetRefused):
        addresses_of(HOOK, lambda host, port: [address], loopback=True)
