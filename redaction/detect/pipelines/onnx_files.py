"""What models in ONNX form share: their files, the optional packages, and how a long text is cut into windows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from redaction.detect.errors import PipelineUnavailableError

_WEIGHTS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")


def read_json(path: Path) -> dict[str, Any]:
    """Read a settings file of the model."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise unusable(f"{path.name} ontbreekt of is geen geldige JSON") from error
    if not isinstance(content, dict):
        raise unusable(f"{path.name} heeft niet de verwachte inhoud")
    return content


def load_tokenizer(folder: Path) -> Any:
    """Load `tokenizer.json`; raises PipelineUnavailableError where it or the package is missing."""
    try:
        from tokenizers import Tokenizer  # noqa: PLC0415
    except ImportError as error:
        raise _package_missing() from error
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise unusable("tokenizer.json ontbreekt")
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the package raises bare Exception
        raise unusable("tokenizer.json kan niet worden gelezen") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_session(folder: Path) -> Any:
    """Load the weights for use on one core: a pool of processes shares the machine."""
    try:
        import onnxruntime  # noqa: PLC0415
    except ImportError as error:
        raise _package_missing() from error
    path = next((folder / name for name in _WEIGHTS if (folder / name).is_file()), None)
    if path is None:
        raise unusable("model.onnx ontbreekt")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the package's own errors have no public base class
        raise unusable("model.onnx kan niet worden geladen") from error


def windows(count: int, size: int, overlap: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield (start, end, first, last) of windows over `count` items.

    [start, end) is what the model sees; [first, last) is what it is believed about: these parts join up exactly, half
    an overlap from the cuts, so that nothing is judged by its edge.
    """
    start, first = 0, 0
    while True:
        end = min(count, start + size)
        last = count if end == count else end - overlap // 2
        yield start, end, first, last
        if end == count:
            return
        start, first = end - overlap, last


def unusable(what: str) -> PipelineUnavailableError:
    """Give the error for a model folder that does not fit; `what` is a Dutch clause without personal data."""
    return PipelineUnavailableError(
        f"Het taalmodel uit WOO_NLP_PIPELINE kan niet worden gebruikt: {what}. Er is niets gezocht. Zet er een passend "
        "model neer, of laat de instelling leeg."
    )


def _package_missing() -> PipelineUnavailableError:
    return PipelineUnavailableError(
        "Voor het taalmodel uit WOO_NLP_PIPELINE ontbreken de programma's onnxruntime en tokenizers. Er is niets "
        "gezocht. Installeer ze met: pip install 'woo-engine[nlp]', of laat de instelling leeg."
    )
