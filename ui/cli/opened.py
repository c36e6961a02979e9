"""The library and the assistant that a command line names."""

import argparse
from dataclasses import replace
from pathlib import Path

from index import config, embed, embed_served
from index.embed import Embedder, SentenceEmbedder
from index.library import Library
from index.models import registry
from index.private import keep_temporary
from index.types import Filter
from rag.assistant import Assistant
from rag.decide import fitted_on, fitted_writer, unfitted
from rag.llm import address
from rag.llm.failures import Away
from rag.llm.local import LanguageModel, LlamaModel
from rag.llm.served import Abilities, ServedModel
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
    if server := embed_served.served():
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
    if pool:
        reader: Reader = PooledReader(pool)
    else:
        here = embedder if isinstance(embedder, embed.SentenceEmbedder) else None
        reader = Reader(shipped(), embedder=here)
    return Assistant(library, embedder, reader, _writer(embedder, reader), threshold)


def _writer(embedder: Embedder, reader: Reader) -> LanguageModel:
    """The language model: the server's where one is named, else the one in use here."""

    def fitted(identity: str) -> None:
        if other := unfitted(embedder.identity, reader.identity, identity):
            tell_error(other)

    server = address.named()
    if not server:
        model = registry.active("language")
        fitted(model.identity)
        return LlamaModel(model.path, model.identity)

    def found(abilities: Abilities) -> None:
        tell_error(served_line(server, abilities))
        fitted(fitted_on() if abilities.fitted else served.name)

    served = ServedModel(server, fitted_writer(), found)
    if server.exposed:
        tell_error(server.exposed)
    try:
        served.abilities()
    except Away as away:
        tell_error(f"{away}; answers are the articles' own words until it is there")
    return served


def served_line(server: address.Server, abilities: Abilities) -> str:
    """What is used of a served language model, and what it lacks, in a line."""
    said = [f"language model {abilities.model} on the server {server.where}", *abilities.lacks]
    if abilities.fitted:
        said.append("the same one that answers were fitted with")
    return "; ".join(said)


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
