"""Runs in the environment of PyMuPDF: a job a line as JSON, an answer a line back."""
from __future__ import annotations

import json
import sys
import time

import pymupdf


def redact(job: dict) -> None:
    """Apply the plan as PyMuPDF's manual says, and scrub the document."""
    with pymupdf.open(job["source"]) as document:
        for item in job["plan"]["items"]:
            page = document[item["page"]]
            for box in item["boxes"]:
                page.add_redact_annot(pymupdf.Rect(box) * page.transformation_matrix, fill=(0, 0, 0))
        for page in document:
            page.apply_redactions()
        document.scrub()
        document.save(job["target"], garbage=4, deflate=True)


def main() -> None:
    """Answer jobs until the input ends."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    print(json.dumps({"version": pymupdf.VersionBind}), flush=True)
    for line in sys.stdin:
        start = time.process_time()
        try:
            redact(json.loads(line))
            print(json.dumps({"seconds": time.process_time() - start}), flush=True)
        except Exception as error:
            print(json.dumps({"error": type(error).__name__}), flush=True)


if __name__ == "__main__":
    main()
