"""Addresses in their canonical form, and the hosts that they name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.model.limits import URL_MAX_CHARS
from folkmoot.text.urls import canonical_url, url_host


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        (" \n https://example.com/ \t", "https://example.com/"),
        ("HTTPS://Example.COM/Path", "https://example.com/Path"),
        ("https://example.com", "https://example.com/"),
        ("https://example.com?a", "https://example.com/?a"),
        ("https://example.com#A", "https://example.com/#A"),
        ("https://example.com:443/", "https://example.com/"),
        ("http://example.com:80/", "http://example.com/"),
        ("http://example.com:443/", "http://example.com:443/"),
        ("https://example.com:/", "https://example.com/"),
        ("https://example.com:08443/", "https://example.com:8443/"),
        ("http://localhost:8000/post/1", "http://localhost:8000/post/1"),
        ("https://[2001:DB8::1]:8443/a", "https://[2001:db8::1]:8443/a"),
        ("https://user:word@example.com/", "https://example.com/"),
        ("https://example.com@evil.example/", "https://evil.example/"),
        ("https://Пример.рф/ü", "https://пример.рф/ü"),
        ("https://xn--e1afmkfd.xn--p1ai", "https://xn--e1afmkfd.xn--p1ai/"),
        ('https://example.com/a b"<c>\\{|}^`', "https://example.com/a%20b%22%3Cc%3E%5C%7B%7C%7D%5E%60"),
        ("https://example.com/\u202egpj.exe", "https://example.com/%E2%80%AEgpj.exe"),
        ("https://example.com/%zz%41", "https://example.com/%zz%41"),
        ("https://example.com/a//b/../c", "https://example.com/a//b/../c"),
        ("magnet:?xt=urn:btih:aa&dn=A b", "magnet:?xt=urn:btih:aa&dn=A%20b"),
        ("MAGNET:?xt=urn:btih:AA", "magnet:?xt=urn:btih:AA"),
    ],
)
def test_address_has_one_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com",
        "//example.com/",
        "/post/1",
        "javascript:alert(1)",
        "JaVaScRiPt://example.com/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.com/",
        "file:///etc/passwd",
        "mailto:ada@mail.example",
        "magnet:xt",
        "https:example.com",
        "https:/example.com",
        "https:\\\\example.com\\",
        "https:///path",
        "https://",
        "https://.",
        "https://user@",
        "https://exa mple.com/",
        "https://example.com\\@evil.example/",
        "https://exam%70le.com/",
        "https://ｅxample.com／path",
        "https://exam\u202eple.com/",
        "https://exam\u200bple.com/",
        "https://[::1/",
        "https://[example.com]/",
        "https://a:b:c/",
        "https://example.com:65536/",
        "https://example.com:8x/",
        "https://example.com/a\nb",
        "https://example.com/\x00",
        "https://example.com/\x9b",
        "https://example.com/\ud800",
        "java\tscript:alert(1)",
    ],
)
def test_what_is_no_link_of_the_web_is_refused_with_a_reason(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|port"):
        canonical_url(url)


def test_length_is_that_of_the_canonical_form() -> None:
    longest = "https://example.com/" + "a" * (URL_MAX_CHARS - 20)
    assert canonical_url(longest) == longest
    with pytest.raises(ValueError, match="at most"):
        canonical_url(longest + "a")
    with pytest.raises(ValueError, match="at most"):
        canonical_url("https://example.com/" + '"' * 1_000)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://example.com/a", "example.com"),
        ("https://www.Example.com", "example.com"),
        ("https://www2.example.com/", "www2.example.com"),
        ("https://ada@www.example.com:8443/", "example.com"),
        ("https://пример.рф/", "пример.рф"),
        ("http://[::1]:8000/", "[::1]"),
        ("magnet:?xt=urn:btih:aa", ""),
        ("mailto:ada@mail.example", ""),
        ("https://exa mple.com/", ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_host_is_shown_without_www_and_port(url: str, host: str) -> None:
    assert url_host(url) == host


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=50), st.text(max_size=50).map(lambda rest: "https://" + rest)))
def test_canonical_form_is_stable_and_clean(url: str) -> None:
    try:
        canonical = canonical_url(url)
    except ValueError:
        return
    assert canonical_url(canonical) == canonical
    assert canonical.startswith(("https://", "http://", "magnet:?"))
    assert not any(character.isspace() or character in '"<>\\^`{|}' for character in canonical)
    assert canonical.isprintable()
