"""Where things stand on the public site: the same paths in the public folder and on the web."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from woo.errors import InputRejected
from woo.publish.case_file import check_number

PUBLICATIONS = "publicaties"
BESLUIT = "besluit.pdf"
INVENTORY_CSV = "inventarislijst.csv"
INVENTORY_XLSX = "inventarislijst.xlsx"
INVENTORY_HTML = "inventarislijst.html"
METADATA = "metadata/diwoo.xml"
MANIFEST = "manifest.json"
PUBLIC_KEY = "manifest-sleutel.pem"
SITEMAP_INDEX = "sitemapindex-diwoo-infocat014.xml"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_base_url(base_url: str) -> str:
    """`base_url` without its last slash. The Woo-index wants https; plain http is for a trial on one's own machine."""
    parts = urlsplit(base_url)
    own_machine = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not (parts.scheme == "https" or own_machine) or not parts.hostname or parts.query or parts.fragment:
        raise InputRejected(
            "Het adres van de publieke site moet met https:// beginnen. Er is niets gepubliceerd. "
            "Verbeter de instelling WOO_PUBLIC_URL."
        )
    return base_url.rstrip("/")


def page_url(base_url: str, number: str) -> str:
    """The page of a case on the public site."""
    return f"{check_base_url(base_url)}/{PUBLICATIONS}/{quote(check_number(number))}"


def file_url(base_url: str, number: str, path: str) -> str:
    """The direct address of a file in the public folder of a case."""
    return f"{page_url(base_url, number)}/{quote(path)}"
