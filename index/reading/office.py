"""Old Word files (.doc), by LibreOffice where that is installed; others of that name are read as they are."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import regex as re

from index.config import file_limits
from index.errors import InputError
from index.reading import Bad, Document, read

_OLE = b"\xd0\xcf\x11\xe0"
#: What a Word file of 97 to 2003 is called in its container, and what a protected newer one.
_OLD, _PROTECTED = ("WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le"))
#: Programs also save other kinds under the name.
_REALLY = (
    (re.compile(rb"PK\x03\x04"), ".docx"),
    (re.compile(rb"\s*\{\\rtf"), ".rtf"),
    (re.compile(rb"(?i)(?:MIME-Version|From|Content-Type):"), ".mhtml"),
    (re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)"), ".html"),
)
#: Nothing is run, and nothing fetched: pictures of a document may lie on the net.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Misc", "UseLocking", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def is_old_word(data: bytes) -> bool:
    """Whether it is a Word file of 97 to 2003, whatever it is called."""
    return data.startswith(_OLE) and _OLD in data and _PROTECTED not in data


def read_doc(data: bytes, fields: Mapping[str, str]) -> Iterator[Document | Bad]:
    """One article a file, read as the .docx that LibreOffice makes of it.

    Raises:
        InputError: LibreOffice is not there, cannot open it, or takes too long.
    """
    really = next((suffix for pattern, suffix in _REALLY if pattern.match(data)), None)
    if really:
        yield from read(f"a{really}", data, fields)
        return
    if not data.startswith(_OLE):
        raise InputError("no Word file; open it and save it as .docx")
    if _PROTECTED in data:
        raise InputError("protected by a password; save a copy without one")
    yield from read("a.docx", _converted(data), fields)


def _converted(data: bytes) -> bytes:
    """The file as a .docx."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise InputError(
            "an old Word file (.doc), for which LibreOffice is needed: install it "
            "(apt install libreoffice-writer), or save the file as .docx"
        )
    # In the library's own folder for temporary files (index.private).
    with tempfile.TemporaryDirectory(prefix="doc", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        profile = folder / "profile"
        _settle(profile)
        (folder / "a.doc").write_bytes(data)
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
                   "--nologo", "--convert-to", "docx", "--outdir", str(folder / "out"),
                   str(folder / "a.doc")]  # fmt: skip
        _run(command, folder)
        try:
            return (folder / "out" / "a.docx").read_bytes()
        except OSError:
            raise InputError(
                "LibreOffice cannot open it; open it in Word and save it as .docx"
            ) from None


def _settle(profile: Path) -> None:
    """Writes what LibreOffice may do into the profile that it is to use."""
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        "utf-8",
    )


def _run(command: list[str], folder: Path) -> None:
    """Runs a command with its limit of time. It ends by itself, too, should this process be killed."""
    import resource

    seconds = file_limits().seconds
    with subprocess.Popen(
        command,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    ) as running:
        with contextlib.suppress(OSError, ValueError, AttributeError):  # Linux has it
            resource.prlimit(running.pid, resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        try:
            running.wait(seconds)
        except subprocess.TimeoutExpired:
            raise InputError(
                "it takes more than {seconds:.0f} s to read; split it, or save it as plain text",
                seconds=seconds,
            ) from None
        finally:
            with contextlib.suppress(OSError):
                os.killpg(running.pid, signal.SIGKILL)
