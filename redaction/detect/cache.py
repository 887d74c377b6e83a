"""deduce's lookup structures: built once at set-up, kept inside the virtual environment, loaded in a second.

Only the name, place and word lists are built. deduce's street and institution lists would cost a minute and a
gigabyte, and our own recognisers cover what they are for.
"""

from __future__ import annotations

import importlib.metadata
import itertools
import logging
import os
import pickle
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from redaction.detect.lexicon import forenames_for_deduce, surnames_for_deduce

_LOG = logging.getLogger(__name__)
_FORMAT = 2
"""Raise when the content of the cache changes; an older cache is then built again."""

_LISTS = (
    "locations/lst_placename",
    "names/lst_first_name",
    "names/lst_initial",
    "names/lst_interfix",
    "names/lst_interfix_surname",
    "names/lst_prefix",
    "names/lst_surname",
    "whitelist/lst_common_word",
    "whitelist/lst_eponymous_disease",
    "whitelist/lst_medical_term",
    "whitelist/lst_stop_word",
)
_NOT_BUILT = ("street", "hospital", "healthcare_institution")


def cache_folder() -> Path:
    """Give the folder of the cache: in the virtual environment, or else in the user's cache folder."""
    name = f"deduce-{importlib.metadata.version('deduce')}-{_FORMAT}"
    if sys.prefix != sys.base_prefix:
        return Path(sys.prefix) / "share" / "woo-engine" / name
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "woo-engine" / name


def cache_file() -> Path:
    """Give the path of the pickled structures; deduce itself expects this sub-folder and name."""
    return cache_folder() / "cache" / "lookup_structs.pickle"


def build_caches(force: bool = False) -> Path:
    """Build and keep deduce's structures; gives the file. Takes some seconds; does nothing when it is there already."""
    path = cache_file()
    if path.exists() and not force:
        return path
    structures = _build_structures()
    _write(path, structures)
    return path


def load_deduce() -> Any:
    """Give a ready `deduce.Deduce`; a missing cache is built first, in memory where nothing may be written."""
    with quiet_imports():
        from deduce import Deduce  # half a second, and it changes the root logger  # noqa: PLC0415

        path = cache_file()
        if not path.exists():
            _LOG.warning(
                "De naamlijsten van deduce zijn nog niet klaargezet. Dat gebeurt nu en duurt enkele seconden. "
                "Doe het voortaan bij de installatie met: python -m redaction.detect.setup"
            )
            try:
                build_caches()
            except OSError:
                _LOG.warning("De naamlijsten kunnen niet worden bewaard; ze worden alleen voor deze keer gemaakt.")
                with tempfile.TemporaryDirectory() as folder:
                    temporary = Path(folder)
                    _write(temporary / "cache" / "lookup_structs.pickle", _build_structures())
                    return Deduce(cache_path=temporary)
        return Deduce(cache_path=cache_folder())


@contextmanager
def quiet_imports() -> Iterator[None]:
    """Keep the root logger and the warning filters as they are: deduce sets both when it is imported."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    with warnings.catch_warnings():
        try:
            yield
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)


def _build_structures() -> Any:
    """Build the collection of lookup structures that deduce's name and place annotators need."""
    with quiet_imports():
        from deduce import deduce as package  # noqa: PLC0415
        from deduce import lookup_struct_loader as loaders  # noqa: PLC0415
        from deduce.lookup_structs import load_raw_itemsets  # noqa: PLC0415
        from deduce.tokenizer import DeduceTokenizer  # noqa: PLC0415
        from docdeid.ds import DsCollection, LookupSet, LookupTrie  # noqa: PLC0415

        source = Path(package.__file__).parent / "data" / "lookup"
        words = load_raw_itemsets(base_path=source, subdirs=list(_LISTS))
        words["first_name"] |= forenames_for_deduce()
        words["surname"] |= surnames_for_deduce()
        prefix, interfix = loaders.load_prefix_lookup(words), loaders.load_interfix_lookup(words)
        tokenizer = DeduceTokenizer(merge_terms=itertools.chain(prefix.items(), interfix.items()))
        structures = DsCollection()
        for name in ("initial", "interfix_surname", "medical_term", "common_word", "stop_word", "hospital_abbr"):
            lookup = LookupSet()
            lookup.add_items_from_iterable(words.get(name, set()))
            structures[name] = lookup
        structures["prefix"], structures["interfix"] = prefix, interfix
        structures["whitelist"] = loaders.load_whitelist_lookup(words)
        structures["first_name"] = loaders.load_first_name_lookup(words, tokenizer)
        structures["surname"] = loaders.load_surname_lookup(words, tokenizer)
        structures["placename"] = loaders.load_placename_lookup(words, tokenizer)
        structures["eponymous_disease"] = loaders.load_eponymous_disease_lookup(words, tokenizer)
        for name in _NOT_BUILT:
            structures[name] = LookupTrie()
        return structures


def _write(path: Path, structures: Any) -> None:
    """Write the cache in deduce's own format, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "deduce_version": importlib.metadata.version("deduce"),
        "saved_datetime": str(datetime.now()),
        "lookup_structs": structures,
    }
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            pickle.dump(content, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(temporary).chmod(0o644)  # other users of the same environment read it too
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
