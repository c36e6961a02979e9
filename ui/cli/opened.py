"""The library and the assistant that a command line names."""

import argparse
from dataclasses import replace
from pathlib import Path

from index import config
from index.embed import Embedder, SentenceEmbedder
from index.embed_served import served
from index.library import Library
from index.models import registry
from index.private import keep_temporary
from index.types import Filter
from rag.assistant import Assistant
from rag.decide import unfitted
from rag.llm.local import LlamaModel
from rag.pool import Pool, PooledEmbedder, PooledReader, processes
from rag.reader.card import shipped
from rag.reader.read import Reader
from ui.console import tell_error


def open_library(folder: Path | None, pool: Pool | None = None) -> tuple[Library, Embedder]:
    """The library in a folder, else the user's own, with the embedding model in use, of a pool's processes
    where there is one."""
    embedder = open_embedder(pool)
    library = Library(folder or config.library_dir(), embedder)
    keep_temporary(library.folder)
    return library, embedder


def open_embedder(pool: Pool | None = None) -> Embedder:
    """The embedding model: the server's where one is named, else the one in use here."""
    if server := served():
        return server
    model = registry.active("embedding")
    if pool:
        return PooledEmbedder(pool, model.path, model.identity)
    return SentenceEmbedder(model.path, model.identity)


def open_assistant(folder: Path | None, threshold: float | None = None) -> Assistant:
    """An assistant over such a library, with the models in use; a line to standard error where the decision
    was fitted on others."""
    count = processes()
    pool = Pool(count, shipped()) if count else None
    library, embedder = open_library(folder, pool)
    model = registry.active("language")
    reader = PooledReader(pool) if pool else Reader(shipped())
    if other := unfitted(embedder.identity, reader.identity, model.identity):
        tell_error(other)
    writer = LlamaModel(model.path, model.identity)
    return Assistant(library, embedder, reader, writer, threshold)


def filters(options: argparse.Namespace, library: Library) -> Filter:
    """Which articles are asked.

    Raises:
        InputError: there is no such dossier.
    """
    ids = (options.article,) if getattr(options, "article", None) else ()
    only = Filter(options.since, options.until, options.outlet, options.place, ids)
    return replace(only, dossier=dossier(options, library).dossier)


def dossier(options: argparse.Namespace, library: Library) -> Filter:
    """The articles of the dossier that is named; all where none is.

    Raises:
        InputError: there is no such dossier.
    """
    if options.dossier is None:
        return Filter()
    return Filter(dossier=library.dossiers.named(options.dossier).number)
