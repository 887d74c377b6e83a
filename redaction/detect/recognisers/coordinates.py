"""Co-ordinates of a place where somebody lives, is or was: WGS 84 (GPS) and the Dutch Rijksdriehoek after its cue."""

from __future__ import annotations

import re

from redaction.detect.recogniser import Rule, RuleRecogniser

_DEGREES = r"\d{1,3}°[ ]?\d{1,2}['’′][ ]?(?:\d{1,2}(?:[.,]\d{1,3})?(?:\"|”|″|'')[ ]?)?"


class CoordinatesRecogniser(RuleRecogniser):
    """Finds pairs of decimal degrees, degrees with minutes, and RD co-ordinates behind a cue."""

    KIND = "coordinates"
    RULES = (
        Rule(
            "coordinates.decimal",
            re.compile(
                r"(?<![\w.,])-?(?:[0-8]?\d)\.\d{4,8}°?(?:[ ]?N)?(?:,[ ]?|;[ ]?|[ ]{1,2}|[ ]?/[ ]?)-?(?:1[0-7]\d|"
                r"\d{1,2})\.\d{4,8}°?"
                r"(?:[ ]?[EO])?(?![\w.])",
                re.ASCII,
            ),
            0.75,
            "Coördinaten van een plaats (GPS): die kunnen naar een woning of verblijfplaats wijzen.",
            needs=(".",),
        ),
        Rule(
            "coordinates.minutes",
            re.compile(rf"(?<!\w){_DEGREES}[NZS],?[ ]{{0,2}}{_DEGREES}[EOW](?!\w)", re.ASCII),
            0.75,
            "Coördinaten van een plaats in graden en minuten.",
            needs=("°",),
        ),
        Rule(
            "coordinates.labelled",
            re.compile(
                r"(?i)(?<!\w)(?:lat(?:itude)?|breedtegraad)\s?[:=]\s?(-?\d{1,2}[.,]\d{3,8})\D{1,24}?"
                r"(?:lon(?:gitude|g)?|lng|lengtegraad)\s?[:=]\s?(-?\d{1,3}[.,]\d{3,8})",
                re.ASCII,
            ),
            0.8,
            "Coördinaten van een plaats (GPS).",
            groups=(1, 2),
            needs=("lat", "breedte"),
        ),
        Rule(
            "coordinates.rijksdriehoek",
            re.compile(
                r"(?i)(?<!\w)(?:rd-?co[öo]rdina(?:ten|at)|rijksdriehoek\w*|x/y|xy-?co[öo]rdinaten|gps(?:-\w+)?)\W{1,4}"
                r"(?:x\s?[:=]?\s?)?(\d{1,6}(?:[.,]\d{1,8})?)(?:\s?[,;/]\s?|"
                r"\s(?:en\s)?)(?:y\s?[:=]?\s?)?(\d{1,6}(?:[.,]\d{1,8})?)(?!\w)",
                re.ASCII,
            ),
            0.7,
            "Coördinaten van een plaats achter een woord als 'RD-coördinaten' of 'GPS'.",
            groups=(1, 2),
            needs=("coö", "coo", "rijksdriehoek", "x/y", "gps"),
        ),
    )
