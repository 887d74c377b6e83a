"""Matrix products of our name model by numpy's own OpenBLAS, on one core: twice to three times as quick as by blis.

spaCy takes blis by itself. OpenBLAS left alone uses every core, and then two processes stand in each other's way; so it
is used only where it can be told to keep to one.
"""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import numpy

_SET_THREADS = "scipy_openblas_set_num_threads64_"
"""How the OpenBLAS that comes in numpy's wheels spells its function; the same number holds for the whole process."""


@cache
def products_on_one_core() -> Any | None:
    """Give thinc's operations with numpy's products, or None where these would take more than one core."""
    from thinc.api import NumpyOps  # noqa: PLC0415

    for path in Path(numpy.__file__).parents[1].glob("numpy.libs/*openblas*"):
        set_threads = getattr(ctypes.CDLL(str(path)), _SET_THREADS, None)
        if set_threads is not None:
            set_threads(1)
            return NumpyOps(use_blis=False)
    return None


def use_quick_products(nlp: Any) -> None:
    """Let the trained parts of a spaCy pipeline use those products; without them all stays as it was."""
    quick = products_on_one_core()
    if quick is None:
        return
    for _name, part in nlp.pipeline:
        for layer in part.model.walk() if hasattr(part, "model") else ():
            layer.ops = quick
