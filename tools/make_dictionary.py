"""`python -m tools.make_dictionary WORDS`: writes the dictionary of the detector from OpenTaal's word list.

WORDS is the list with one word a line, as Debian's package `wdutch` installs it (/usr/share/dict/dutch). Kept are the
words in lower case that no name list of the detector holds; docs/herkomst.md has the licence.
"""

from __future__ import annotations

import argparse
import gzip
import re
from pathlib import Path

from redaction.detect import lexicon

TARGET = Path(lexicon.__file__).parent / "opentaal_words.txt.gz"
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")


def main() -> int:
    """Fold, filter, sort and pack the words; the file is the same for the same list."""
    options = argparse.ArgumentParser(prog="python -m tools.make_dictionary", description=__doc__)
    options.add_argument("words", type=Path)
    lines = (line.strip() for line in options.parse_args().words.read_text("utf-8").splitlines())
    words = {lexicon.fold(line) for line in lines if line[:1].islower() and _WORD.fullmatch(line)}
    words -= lexicon.forenames() | lexicon.surnames() | lexicon.places()
    TARGET.write_bytes(gzip.compress("\n".join(sorted(words)).encode(), 9, mtime=0))
    print(f"{TARGET}: {len(words)} words")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
