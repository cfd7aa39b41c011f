"""What is accepted, and what reading it may cost. Plain numbers: read by both sides."""

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024

MAX_BYTES: Final = {"picture": 25 * MEGABYTE, "document": 50 * MEGABYTE, "video": 500 * MEGABYTE}
# A telephone makes pictures of 48 to 50 megapixels, as JPEG or HEIC; nobody draws a PNG of that size.
MAX_PIXELS: Final = 40_000_000
MAX_PHOTO_PIXELS: Final = 60_000_000
MIN_SIDE: Final = 64
SIZES: Final = (480, 960, 1600)
MAX_PAGES: Final = 2_000
MAX_SECONDS: Final = 30 * 60
MAX_CAPTIONS: Final = MEGABYTE // 2


@dataclass(frozen=True, slots=True)
class Budget:
    """What one run of the child may take: bytes of address space and of each file, seconds of CPU and of waiting."""

    memory: int
    file: int
    cpu: int
    wall: int


READING: Final = Budget(memory=1024 * MEGABYTE, file=64 * MEGABYTE, cpu=20, wall=40)
TRANSCODING: Final = Budget(memory=3072 * MEGABYTE, file=600 * MEGABYTE, cpu=3600, wall=1800)
OPEN_FILES: Final = 64
