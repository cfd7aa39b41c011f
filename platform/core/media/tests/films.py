"""Videos written by hand: containers with nothing to see, which is enough to be judged."""

import struct

PLACE = b"+43.7278+007.3613/"


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def track(kind: bytes, codec: bytes, width: int = 0, height: int = 0) -> bytes:
    """A track of one sample entry."""
    entry = bytes(16) + bytes(8) + struct.pack(">HH", width, height) + bytes(50)
    table = box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, entry))
    handler = box(b"hdlr", bytes(8), kind, bytes(13))
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", handler, box(b"minf", box(b"stbl", table))))


def mp4(
    codec: bytes = b"avc1", sound: bytes = b"mp4a", seconds: int = 12, size: tuple[int, int] = (640, 360),
    more: bytes = b"", brand: bytes = b"isom",
) -> bytes:  # fmt: skip
    """A film that says where it was shot, twice."""
    header = box(b"mvhd", bytes(12), struct.pack(">II", 1000, seconds * 1000), bytes(80))
    place = box(b"udta", box(b"\xa9xyz", bytes(4), PLACE))
    tracks = track(b"vide", codec, *size) + (track(b"soun", sound) if sound else b"") + more
    moov = box(b"moov", header, tracks, place, box(b"meta", bytes(4), PLACE))
    return box(b"ftyp", brand, bytes(4), b"isommp42") + moov + box(b"mdat", b"samples" * 40)


def element(name: str, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes.fromhex(name) + _length(len(body)) + body


def _length(size: int) -> bytes:
    return (0x0100000000000000 | size).to_bytes(8, "big")


def webm(codec: bytes = b"V_VP9", seconds: float = 5, doctype: bytes = b"webm") -> bytes:
    head = element("1a45dfa3", element("4282", doctype))
    info = element("1549a966", element("2ad7b1", (1_000_000).to_bytes(3, "big")),
                   element("4489", struct.pack(">d", seconds * 1000)))  # fmt: skip
    picture = element("e0", element("b0", b"\x02\x80"), element("ba", b"\x01\x68"))
    tracks = element("1654ae6b", element("ae", element("86", codec), picture), element("ae", element("86", b"A_OPUS")))
    tags = element("1254c367", element("7373", PLACE))
    return head + element("18538067", info, tracks, tags, element("1f43b675", b"\xe7\x81\x00"))
