"""Joining overlapping findings into spans: no covered letter is ever lost, and every source is kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from redaction.detect.span import Finding, Span

# Who wins where kinds overlap: what carries a check digit or a strict form before what is guessed.
_STRENGTH = {
    "iban": 100,
    "email": 95,
    "bsn": 90,
    "v_number": 88,
    "a_number": 87,
    "ip_address": 85,
    "mac_address": 85,
    "id_document": 80,
    "date_of_birth": 78,
    "credit_card": 76,
    "big_number": 74,
    "coordinates": 72,
    "phone": 70,
    "case_number": 65,
    "kvk_number": 64,
    "licence_plate": 62,
    "address": 55,
    "postcode": 50,
    "username": 45,
    "person_name": 30,
    "signature": 20,
}


def merge_findings(text: str, findings: Iterable[Finding]) -> list[Span]:
    """Give sorted spans that do not overlap and together cover every letter of every finding.

    Findings of one kind that overlap become one span. Where kinds overlap the stronger kind keeps its whole extent;
    what sticks out of the weaker one stays as a span of its own kind, unless it is only punctuation.
    """
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.entity_type, []).append(finding)
    spans: list[Span] = []
    for kind in sorted(groups, key=lambda kind: -_STRENGTH.get(kind, 40)):
        starts = [span.start for span in spans]
        parts = (_parts_outside(text, span, spans, starts) for span in _join_same_kind(text, groups[kind]))
        spans = sorted([*spans, *(piece for part in parts for piece in part)], key=lambda span: span.start)
    return spans


def _join_same_kind(text: str, findings: list[Finding]) -> list[Span]:
    """Join overlapping findings of one kind; the surest one gives rule and reason."""
    clusters: list[list[Finding]] = []
    end = -1
    for finding in sorted(findings, key=lambda finding: (finding.start, -finding.end)):
        if clusters and finding.start < end:
            clusters[-1].append(finding)
            end = max(end, finding.end)
        else:
            clusters.append([finding])
            end = finding.end
    return [_span_of(text, cluster) for cluster in clusters]


def _span_of(text: str, cluster: Sequence[Finding]) -> Span:
    """Make one span of findings that overlap; agreement of different sources raises the score a little."""
    best = max(cluster, key=lambda finding: (finding.score, finding.end - finding.start))
    start, end = min(item.start for item in cluster), max(item.end for item in cluster)
    sources = tuple(sorted({item.rule for item in cluster}))
    families = {source.partition(".")[0] for source in sources}
    score = min(0.99, best.score + 0.05 * (len(families) - 1)) if len(families) > 1 else best.score
    return Span(start, end, text[start:end], best.entity_type, round(score, 3), best.rule, sources, best.why)


def _parts_outside(text: str, span: Span, taken: Sequence[Span], starts: Sequence[int]) -> list[Span]:
    """Give what is left of a span outside stronger ones (sorted, with their starts); punctuation alone is dropped."""
    first = max(0, bisect_right(starts, span.start) - 1)
    overlapping = [other for other in taken[first : bisect_left(starts, span.end)] if other.end > span.start]
    if not overlapping:
        return [span]
    pieces = [(span.start, span.end)]
    for other in overlapping:
        pieces = [part for piece in pieces for part in _subtract(piece, (other.start, other.end))]
    return [
        Span(start, end, text[start:end], span.kind, span.score, span.rule, span.sources, span.why, span.public_role)
        for start, end in (_strip(text, piece) for piece in pieces)
        if any(char.isalnum() for char in text[start:end])
    ]


def _subtract(piece: tuple[int, int], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """Give the parts of a range that lie outside another range."""
    parts = [(piece[0], min(piece[1], hole[0])), (max(piece[0], hole[1]), piece[1])]
    return [(start, end) for start, end in parts if start < end]


def _strip(text: str, piece: tuple[int, int]) -> tuple[int, int]:
    """Narrow a range to begin and end at a letter or digit."""
    start, end = piece
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
