"""Rows of the case store, and nothing else: no rules, no queries."""

from __future__ import annotations

from models.audit import AuditEvent, AuditHead
from models.base import Base
from models.besluit import Besluit, Publication
from models.case import Case, CaseEvent, Request, ToDo
from models.document import Document, Page, SourceFile
from models.letter import Communication, Letter
from models.people import LoginSession, Requester, User, UserDirectorate, UserRole
from models.review import Decision, Gate, Redaction, Suggestion
from models.stage import CaseRun, Leader, OutboxMessage, StageAttempt

__all__ = [
    "AuditEvent",
    "AuditHead",
    "Base",
    "Besluit",
    "Case",
    "CaseEvent",
    "CaseRun",
    "Communication",
    "Decision",
    "Document",
    "Gate",
    "Leader",
    "Letter",
    "LoginSession",
    "OutboxMessage",
    "Page",
    "Publication",
    "Redaction",
    "Request",
    "Requester",
    "SourceFile",
    "StageAttempt",
    "Suggestion",
    "ToDo",
    "User",
    "UserDirectorate",
    "UserRole",
]
