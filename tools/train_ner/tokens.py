"""Where the name model cuts text into words: spaCy's Dutch rules, and the signs around names in tables and logs.

spaCy reads `BZ-12;"Visser, T.";Kade` as one word, and what is inside one word the model cannot find.
"""

from __future__ import annotations

import re
from typing import Any

_LETTER = r"[^\W\d_]"
_ALWAYS = r'[;|"<>{}\[\]~^]'
"""These stand in no word."""
_BESIDE_LETTERS = r"[=()/\\+&*:,_]"
"""These cut before or behind a word, not within a number or a date ("12/11", "09:30")."""


def cut_at_signs(nlp: Any) -> Any:
    """Let the pipeline's tokenizer, which is stored with the model, cut at such signs too; gives the pipeline."""
    from spacy.lang.tokenizer_exceptions import URL_PATTERN  # noqa: PLC0415
    from spacy.util import compile_infix_regex, compile_prefix_regex  # noqa: PLC0415

    ours = (
        _ALWAYS,
        rf"{_BESIDE_LETTERS}(?=\W*{_LETTER})",
        rf"(?<={_LETTER}){_BESIDE_LETTERS}",
        rf"(?<={_LETTER}\.){_BESIDE_LETTERS}",
    )
    nlp.tokenizer.infix_finditer = compile_infix_regex([*nlp.Defaults.infixes, *ours]).finditer
    nlp.tokenizer.prefix_search = compile_prefix_regex([*nlp.Defaults.prefixes, r"[@~^?|=\u200e]"]).search
    # what holds such a sign is no web address, though spaCy takes all before an @ for the user's name
    nlp.tokenizer.url_match = re.compile(rf"(?u)(?!\S*{_ALWAYS}){URL_PATTERN}").match
    return nlp
