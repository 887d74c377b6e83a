"""`python -m redaction.detect.setup`: builds the caches of the detector, once, at installation."""

from __future__ import annotations

import sys
import time

from redaction.detect.cache import build_caches, cache_file


def main() -> int:
    """Build what is missing and say where it is; gives the exit code."""
    if cache_file().exists() and "--force" not in sys.argv[1:]:
        sys.stderr.write(f"De naamlijsten staan al klaar in {cache_file().parent}.\n")
        return 0
    sys.stderr.write("De naamlijsten worden klaargezet. Dat duurt enkele seconden.\n")
    begin = time.monotonic()
    try:
        path = build_caches(force=True)
    except OSError as error:
        sys.stderr.write(
            f"De naamlijsten kunnen niet worden bewaard ({error.strerror}). Maak de map schrijfbaar en probeer "
            f"opnieuw.\n"
        )
        return 1
    sys.stderr.write(f"Klaar in {time.monotonic() - begin:.0f} seconden: {path.parent}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
