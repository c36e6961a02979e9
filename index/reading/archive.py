"""Archives: .zip of articles, and .gz of one file. Nothing is unpacked to disk."""

import contextlib
import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from index.clean import cut_line
from index.config import LIMITS
from index.errors import InputError, Line
from index.language.encodings import decode
from index.reading import Bad, Begin, Document, kind, limit_of, read, too_large, unreadable

#: The flag of an entry whose name is UTF-8.
_UTF8 = 0x800


def read_zip(data: bytes, fields: Mapping[str, str], begin: Begin) -> Iterator[Document | Bad]:
    """The documents of an archive's files; a part is the file's name in it, and "#" and the part of
    that file. Other kinds of files in it are left out, as in a folder, and those that `begin` does not want.

    Raises:
        InputError: it is broken, or what it unpacks to is over the limits.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, struct.error):
        raise InputError("a broken zip; make it again, or unpack it and add the folder") from None
    members = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(members) > LIMITS.zip_files:
        raise InputError(
            "{count} files in it are over the limit of {limit}; unpack it",
            count=len(members),
            limit=LIMITS.zip_files,
        )
    # What the directory claims; what comes out is counted again while it is read.
    total = sum(entry.file_size for entry in members)
    if total > LIMITS.unpacked_bytes or total > LIMITS.ratio * max(len(data), 10_000):
        raise InputError(
            "it unpacks to {total:.0f} MB from {size:.1f} MB (a zip bomb?); unpack it yourself and "
            "add the folder",
            total=total / 1e6,
            size=len(data) / 1e6,
        )
    left = LIMITS.unpacked_bytes
    for entry in members:
        path = _name(entry)
        name = cut_line(path, LIMITS.name)
        refusal = _refusal(entry, path)
        if refusal is None:
            continue
        if refusal:
            yield Bad(name, Line.of(refusal))
            continue
        if not begin(name):
            continue
        try:
            inner = _unpacked(archive, entry, min(left, limit_of(path)))
            left -= len(inner)
            for found in read(PurePosixPath(path).name, inner, fields):
                part = f"{name}#{found.part}" if found.part else name
                if isinstance(found, Document):
                    yield replace(found, part=part)
                else:
                    yield Bad(part, found.reason)
        except InputError as error:
            yield Bad(name, error.line)
        except GeneratorExit:
            raise
        except (
            BaseException
        ) as error:  # whatever a damaged file leads its reader into ends no other
            yield Bad(name, unreadable(error))


def unzipped(data: bytes) -> bytes:
    """What a .gz holds.

    Raises:
        InputError: it is broken, or unpacks to more than the limit.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            inner = file.read(LIMITS.container_bytes + 1)
    except (OSError, EOFError, zlib.error, struct.error):
        raise InputError("a broken .gz; fetch it again") from None
    if len(inner) > LIMITS.container_bytes:
        raise too_large(len(inner), LIMITS.container_bytes)
    return inner


def _name(entry: zipfile.ZipInfo) -> str:
    """A file's name in the archive. Where nothing says that it is UTF-8, `zipfile` takes its bytes for those
    of the first PC, which no Vietnamese name is written in: they are UTF-8, Chinese or a Vietnamese code."""
    name = entry.filename
    if entry.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    with contextlib.suppress(UnicodeDecodeError):
        chinese = raw.decode("gbk")
        if all(c.isascii() or "\u4e00" <= c <= "\u9fff" for c in chinese):
            return chinese
    return decode(raw)


def _refusal(entry: zipfile.ZipInfo, name: str) -> str | None:
    """Why a file of the archive is not read; "" where it is, None where it is no article."""
    path = PurePosixPath(name.replace("\\", "/"))
    if ".." in path.parts or path.is_absolute() or (path.parts and ":" in path.parts[0]):
        return "its name leads out of the zip; not read"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "a link, not a file; not read"
    if any(part.startswith(".") or part == "__MACOSX" for part in path.parts):
        return None
    if path.suffix.lower() == ".zip":
        return "a zip in a zip; unpack the outer one and add the folder"
    if kind(path.name) is None:
        return None
    if entry.flag_bits & 1:
        return "protected by a password; unpack it yourself and add the folder"
    return ""


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        with archive.open(entry) as file:
            inner = file.read(limit + 1)
    except Exception:  # zlib, lzma, bz2, struct, RuntimeError … each packer has its own
        raise InputError("broken in the zip; make the zip again") from None
    if len(inner) > limit:
        raise too_large(len(inner), limit)
    return inner
