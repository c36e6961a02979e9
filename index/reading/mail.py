"""Mails: .eml, and .mbox of many. A mail is an article, and so is each file that it brings along.

An mbox is taken apart here: the standard library's `mailbox` wants a path, and what is in an archive has none.
"""

import email
import email.policy
from collections.abc import Iterator, Mapping, Sequence
from email.message import EmailMessage, Message

import regex as re

from index.clean import cut_line
from index.config import LIMITS, STORY
from index.errors import InputError, NoText
from index.language.encodings import decode, mend
from index.language.text import nfc, words
from index.metadata import moment
from index.reading import Bad, Begin, Document, kind, read, unreadable
from index.types import Details

#: How a mail begins in an mbox, and how its own lines that look so are written.
_BEGINS = re.compile(rb"(?:\A|(?<=\n))From [^\n]*\n")
_QUOTED = re.compile(rb"(?m)^>(>*From )")
#: Mails in mails are opened so far.
_DEEPEST = 5
_PACKED = frozenset((".zip", ".gz", ".mbox"))


def read_eml(data: bytes, fields: Mapping[str, str], begin: Begin) -> Iterator[Document | Bad]:
    """The mail, with part "", and the files in it, each with its name; those of other kinds are left out.

    Raises:
        InputError: it is no mail.
    """
    if not _is_mail(data):
        raise InputError("no mail in it; save the mail again as .eml")
    yield from _mail(data, "", fields, begin, 0)


def read_mbox(data: bytes, fields: Mapping[str, str], begin: Begin) -> Iterator[Document | Bad]:
    """The mails, part "1" being the first, and the files in them ("1#bao.docx").

    Raises:
        InputError: there is no mail in it.
    """
    places = [found.span() for found in _BEGINS.finditer(data)]
    if not places or data[: places[0][0]].strip():
        raise InputError("no mails in it; export the folder again as .mbox")
    ends = [start for start, _end in places[1:]] + [len(data)]
    for number, ((_start, start), end) in enumerate(zip(places, ends, strict=True), 1):
        if not begin(str(number)):
            continue
        try:
            yield from _mail(_QUOTED.sub(rb"\1", data[start:end]), str(number), fields, begin, 0)
        except InputError as error:
            yield Bad(str(number), error.line)
        except GeneratorExit:
            raise
        except BaseException as error:  # whatever a damaged mail leads its reader into
            yield Bad(str(number), unreadable(error))


def _is_mail(data: bytes) -> bool:
    """Whether a head of fields begins it, one of which mails have."""
    head = re.split(rb"\r?\n\r?\n", data[:100_000].lstrip(), maxsplit=1)[0]
    return bool(re.search(rb"(?mi)^(?:from|subject|date|received|message-id)\s*:", head))


def _mail(
    data: bytes, part: str, fields: Mapping[str, str], begin: Begin, depth: int
) -> Iterator[Document | Bad]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    bodies = [message.get_body((kind_,)) for kind_ in ("plain", "html")]
    text = _told(*bodies)
    if text:
        yield Document(part, text, _details(message))
    seen: set[str] = set()
    brought = list(_brought(message, bodies))
    for name, inner in brought[: LIMITS.zip_files]:
        inside = f"{part}#{name}" if part else name
        if inside in seen:
            inside = f"{inside} ({len(seen)})"
        seen.add(inside)
        if begin(inside):
            yield from _file(name, inner, inside, fields, begin, depth + 1)
    if not (text or brought):
        raise NoText("no text in it; nothing to index")


def _file(
    name: str, data: bytes, part: str, fields: Mapping[str, str], begin: Begin, depth: int
) -> Iterator[Document | Bad]:
    """The articles of a file that a mail brings along."""
    try:
        if depth > _DEEPEST or kind(name) in _PACKED:
            raise InputError("packed in a mail; save it from there and add it")
        if kind(name) == ".eml":
            yield from _mail(data, part, fields, begin, depth)
            return
        for found in read(name, data, fields):
            inside = f"{part}#{found.part}" if found.part else part
            if isinstance(found, Document):
                yield Document(inside, found.text, found.details)
            else:
                yield Bad(inside, found.reason)
    except InputError as error:
        yield Bad(part, error.line)
    except GeneratorExit:
        raise
    except BaseException as error:  # whatever a damaged file leads its reader into
        yield Bad(part, unreadable(error))


def _brought(
    message: EmailMessage, bodies: Sequence[Message | None]
) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of the files of kinds that are read. What mails show in their text is of none."""
    waiting: list[Message] = [message]
    while waiting:
        one = waiting.pop()
        if one.get_content_type() == "message/rfc822":
            held = one.get_payload()
            mails = held if isinstance(held, list) else []
            for inner in mails:
                if isinstance(inner, Message):
                    name = cut_line(_field(inner, "subject") or "mail", LIMITS.name - 4)
                    yield f"{name.replace('#', ' ')}.eml", inner.as_bytes()
            continue
        if one.is_multipart():
            parts = one.get_payload()
            waiting += reversed([p for p in parts if isinstance(p, Message)])
            continue
        try:
            name = cut_line(one.get_filename() or "", LIMITS.name)
        except Exception:  # a name that the stdlib cannot take apart
            continue
        if one.get_content_maintype() == "image" and one.get("Content-ID"):
            continue  # shown in the text
        data = one.get_payload(decode=True)
        if name and kind(name) and one not in bodies and isinstance(data, bytes):
            yield name, data


def _told(plain: Message | None, page: Message | None) -> str:
    """The text of a mail: its plain one, but where that only sends to the page beside it."""
    text = _plain(plain) if plain else ""
    if page and len(words(text)) < STORY.page:
        shown = _shown(page)
        return shown if len(words(shown)) > len(words(text)) else text
    return text


def _plain(part: Message) -> str:
    text = _decoded(part)
    if part.get_param("format") == "flowed":  # a space before a line's end: the paragraph goes on
        text = re.sub(r"(?<!^--) \r?\n(?=[^\s>])", " ", text, flags=re.MULTILINE)
    return text.strip()


def _shown(part: Message) -> str:
    from lxml import html

    from index.reading.page import story

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _decoded(part))
    return mend(story(html.document_fromstring(text))[0]) if text.strip() else ""


def _decoded(part: Message) -> str:
    """A part's text: in the code that it names where that can be, else by its words."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    named = (part.get_content_charset() or "").lower()
    if named not in (
        "",
        "us-ascii",
        "iso-8859-1",
        "windows-1252",
    ):  # named by programs that do not know
        try:
            return mend(nfc(data.decode(named)))
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(data)


def _details(message: Message) -> Details:
    day, clock = moment(_field(message, "date") or "")
    return Details(
        title=_field(message, "subject"), author=_sender(message), published=day, time=clock
    )


def _sender(message: Message) -> str | None:
    """The name that the sender goes by, else the address."""
    said = _field(message, "from") or ""
    name, _sign, rest = said.partition("<")
    return name.strip(" \"'") or rest.partition(">")[0].strip() or None


def _field(message: Message, name: str) -> str | None:
    """A field of the head as text; some programs write it in bytes of any code."""
    try:
        raw = next((str(v) for key, v in message.raw_items() if key.lower() == name), "")
        if not raw.isascii():
            raw = decode(raw.encode("utf-8", "surrogateescape"))
            return " ".join(raw.split()) or None
        return " ".join(nfc(str(message[name] or "")).split()) or None
    except Exception:  # of a damaged head
        return None
