"""Scripts that are written without spaces between words: there a line breaks, and a box ends, after any sign."""

from __future__ import annotations

import re

UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u3000-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Japanese, Chinese
    r"\uff00-\uffef\U00020000-\U0003ffff"
)
"""Their signs, as ranges of a regular expression."""
_SIGN = re.compile(f"[{UNSPACED}]")


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of such a script."""
    return _SIGN.match(letter) is not None
