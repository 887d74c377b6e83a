"""Takes in a raw dossier: lists what was delivered, makes one PDF of each document, and names what it could not use."""

from __future__ import annotations

from woo.gather.convert import convert, convert_many, convert_office, gather
from woo.gather.items import Container, Converted, Outcome, SourceItem, ToDo, Unusable
from woo.gather.mail import plain_subject, thread_key
from woo.gather.tools import ToolStatus, tools_report
from woo.gather.walk import walk

__all__ = [
    "Container", "Converted", "Outcome", "SourceItem", "ToDo", "ToolStatus", "Unusable", "convert", "convert_many",
    "convert_office", "gather", "plain_subject", "thread_key", "tools_report", "walk",
]
