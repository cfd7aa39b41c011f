"""What people, programs and villains type: every value says what it tries, so that a refusal names it."""

from collections.abc import Mapping

# Whatever a page shows of them must be text: a tag of this name, a header of this name, or this word would be an attack
# that worked.
TAG, HEADER, EVALUATED = "<zqx", "X-Zq", "ZQTEMPLATED"

# Text that somebody may well write. It is taken and reads back as it was typed, or refused and comes back so.
ODD: Mapping[str, str] = {
    "markup": f"\"'>{TAG} onload=alert(1)></textarea></title><!--",
    "template syntax": '{{ "zqtemplated"|upper }} {% now %} ${7*7} #{7} %(name)s %s {0}',
    "quotes of SQL": "Robert'); drop table accounts_user;-- \\' \" % _ \\",
    "scripts and directions": "\u202eétrevni\u202c \u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd 漢字",
    "joined and combining": "👩🏽‍🚀👨‍👩‍👧‍👦 e\u0301 Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f 🇫🇷 ﷽ ß ŉ İ",
    "invisible": "a\u200b\u200d\ufeff\u2060\u00adb",
    "paths and addresses": "../../../etc/passwd%00.png javascript:alert(1) file:///etc/passwd",
    "a header in one line": f"Objet %0d%0a{HEADER}: 1 =?utf-8?q?=0A{HEADER}=3A1?=",
    "formulas": "=cmd|' /C calc'!A0 @SUM(1+1) +1 -1",
    "words for nothing": "null undefined None NaN true",
}

# Values that no field asks for; most are refused, none may break anything.
HOSTILE: Mapping[str, str] = {
    "a NUL": "a\0b",
    "a lone surrogate": "a\ud800b",
    "control characters": "a\x01\x08\x0b\x1b[31m\x7f\x85b",
    "a header in two lines": f"a@exemple.fr\r\n{HEADER}: 1\r\n\r\nbody",
    "an endless text": "a" * 100_000,
    "endless lines": "\r\n" * 20_000,
    "an endless number": "9" * 5000,
    "more than a big integer": "99999999999999999999",
    "a negative number": "-1",
    "a float without end": "1e400",
    "not a number": "NaN",
    "a number of another script": "١٢٣",
    "the year 0": "0000-00-00",
    "the last year": "9999-12-31",
    "a moment at the edge": "9999-12-31T23:59",
    "the first year": "0001-01-01T00:00",
    "no such day": "2026-02-30T25:61",
    "the key of nothing": "00000000-0000-0000-0000-000000000000",
    "a key that is none": "{} or 1=1",
    "nothing but blanks": " \u00a0\u2003\t",
    "lines of another kind": "a\u2028b\u2029c\u0085d",
    "nested brackets": "[" * 3000,
    "a choice that is none": "zq-no-such-choice",
    "an address of two": "a@exemple.fr,b@exemple.fr",
    "an address of another script": "\u0430dmin@exämple.fr",
    "a name and an address": f'"{TAG}>"@exemple.fr',
}

# Bodies that are no form at all, with what they claim to be.
BOUNDARY = "zq"
BODIES: Mapping[str, tuple[str, bytes]] = {
    "bytes that are no UTF-8": (
        "application/x-www-form-urlencoded",
        b"name=%ff%fe&email=\xc3\x28&title=%C0%80&q=\xed\xa0\x80",
    ),
    "half escapes": ("application/x-www-form-urlencoded", b"name=%&title=%u0041&=&&&;;===%%%"),
    "JSON where a form is asked": ("application/json", b'{"name": ' + b"[" * 2000),
    "a truncated multipart": (
        f"multipart/form-data; boundary={BOUNDARY}",
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="name"\r\n\r\nhalf a va'.encode(),
    ),
    "a multipart without boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "a charset that is none": ("application/x-www-form-urlencoded; charset=zq-8", b"name=a"),
    "a charset that is no charset of text": ("application/x-www-form-urlencoded; charset=base64", b"name=YQ"),
    "nothing, of no kind": ("", b"\0\0\0"),
    "a thousand and one fields": (
        "application/x-www-form-urlencoded",
        b"&".join(b"f%d=1" % each for each in range(1001)),
    ),
}

# What a program may send as JSON in a field, besides the texts above.
VALUES: Mapping[str, object] = {
    "null": None,
    "a list": ["a", ["b"]],
    "an object": {"$ne": 1},
    "a truth": True,
    "a number": 10**400,
    "a fraction": -0.5,
    "nothing": "",
}
DEEP = b'{"title": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001


def as_read(typed: str) -> str:
    """How a server reads it: no text holds half a character."""
    return typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def as_shown(typed: str) -> str:
    """How a field of a page can hold it: line ends are one, and HTML has no NUL."""
    return as_read(typed).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
