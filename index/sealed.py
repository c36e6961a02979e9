"""A zip of which every byte counts: the same members always make the same file, nothing in it is packed
smaller, and whoever opens it makes it again and compares. So nothing is unpacked, and nothing hides in it.
"""

import io
import re
import struct
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from index.config import LIMITS

#: A member's own head in a zip: its signature, how long it is, where its sizes stand.
_SIGNATURE, _HEAD, _SIZES = b"PK\x03\x04", 30, 22
_NAME = re.compile(r"[\w.-]{1,100}(?:/[\w.-]{1,100})?", re.ASCII)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o600 << 16


def packed(members: Mapping[str, bytes]) -> bytes:
    """The zip of these members, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = 3, _OWNER_ONLY
            archive.writestr(entry, data)
    return out.getvalue()


def opened(data: bytes) -> tuple[dict[str, bytes], int | None]:
    """The members of such a zip as far as it can be read, and the place of the first byte that is not as
    `packed` would write it; None where each is.

    >>> whole = packed({"a.txt": b"Lua"})
    >>> opened(whole), opened(whole + b"!")[1] == len(whole)
    (({'a.txt': b'Lua'}, None), True)
    """
    members: dict[str, bytes] = {}
    at = 0
    while data[at : at + 4] == _SIGNATURE and len(members) < LIMITS.zip_files:
        if len(data) < at + _HEAD:
            break
        size, named, more = struct.unpack_from("<IHH", data, at + _SIZES)
        begin = at + _HEAD + named + more
        name = data[at + _HEAD : at + _HEAD + named].decode("ascii", "replace")
        if not _NAME.fullmatch(name) or name in members or begin + size > len(data):
            break
        members[name] = data[begin : begin + size]
        at = begin + size
    return members, _first_difference(data, packed(members))


def stays_inside(name: str) -> bool:
    """Whether a member's name leads to a place inside the folder that its zip is unpacked into."""
    path = PurePosixPath(name)
    return (
        "\\" not in name and ":" not in name and ".." not in path.parts and not path.is_absolute()
    )


def _first_difference(one: bytes, other: bytes) -> int | None:
    if one == other:
        return None
    low, high = 0, min(len(one), len(other))
    while low < high:  # the longest beginning that they share
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
