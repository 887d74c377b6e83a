"""One recogniser per file: each finds one kind of personal data, or names in one kind of place."""

from __future__ import annotations

from redaction.detect.recogniser import Recogniser
from redaction.detect.recognisers.a_number import ANumberRecogniser
from redaction.detect.recognisers.address import AddressRecogniser
from redaction.detect.recognisers.bank_card import BankCardRecogniser
from redaction.detect.recognisers.big_number import BigNumberRecogniser
from redaction.detect.recognisers.bsn import BsnRecogniser
from redaction.detect.recognisers.case_number import CaseNumberRecogniser
from redaction.detect.recognisers.coordinates import CoordinatesRecogniser
from redaction.detect.recognisers.date_of_birth import DateOfBirthRecogniser
from redaction.detect.recognisers.derived_account import DerivedAccountRecogniser
from redaction.detect.recognisers.email import EmailAddressRecogniser
from redaction.detect.recognisers.iban import IbanRecogniser
from redaction.detect.recognisers.id_document import IdDocumentRecogniser
from redaction.detect.recognisers.ip_address import IpAddressRecogniser
from redaction.detect.recognisers.kvk_number import KvkNumberRecogniser
from redaction.detect.recognisers.licence_plate import LicencePlateRecogniser
from redaction.detect.recognisers.name_capitals import NameCapitalsRecogniser
from redaction.detect.recognisers.name_chat import NameChatRecogniser
from redaction.detect.recognisers.name_citation import NameCitationRecogniser
from redaction.detect.recognisers.name_closing import NameClosingRecogniser
from redaction.detect.recognisers.name_directory import NameDirectoryRecogniser
from redaction.detect.recognisers.name_form import NameFormRecogniser
from redaction.detect.recognisers.name_greeting import NameGreetingRecogniser
from redaction.detect.recognisers.name_header import NameHeaderRecogniser
from redaction.detect.recognisers.name_initials import NameInitialsRecogniser
from redaction.detect.recognisers.name_lower import NameLowerRecogniser
from redaction.detect.recognisers.name_role import NameRoleRecogniser
from redaction.detect.recognisers.name_sequence import NameSequenceRecogniser
from redaction.detect.recognisers.name_title import NameTitleRecogniser
from redaction.detect.recognisers.phone import PhoneNumberRecogniser
from redaction.detect.recognisers.postcode import PostcodeRecogniser
from redaction.detect.recognisers.reference import ReferenceRecogniser
from redaction.detect.recognisers.signature import SignatureRecogniser
from redaction.detect.recognisers.table_columns import TableColumnRecogniser
from redaction.detect.recognisers.username import UsernameRecogniser
from redaction.detect.recognisers.v_number import VNumberRecogniser

RULE_RECOGNISERS: tuple[type[Recogniser] | type[EmailAddressRecogniser], ...] = (
    ANumberRecogniser,
    AddressRecogniser,
    BankCardRecogniser,
    BigNumberRecogniser,
    BsnRecogniser,
    CaseNumberRecogniser,
    CoordinatesRecogniser,
    DateOfBirthRecogniser,
    DerivedAccountRecogniser,
    EmailAddressRecogniser,
    IbanRecogniser,
    IdDocumentRecogniser,
    IpAddressRecogniser,
    KvkNumberRecogniser,
    LicencePlateRecogniser,
    NameCapitalsRecogniser,
    NameChatRecogniser,
    NameCitationRecogniser,
    NameClosingRecogniser,
    NameDirectoryRecogniser,
    NameFormRecogniser,
    NameGreetingRecogniser,
    NameHeaderRecogniser,
    NameInitialsRecogniser,
    NameLowerRecogniser,
    NameRoleRecogniser,
    NameSequenceRecogniser,
    NameTitleRecogniser,
    PhoneNumberRecogniser,
    PostcodeRecogniser,
    ReferenceRecogniser,
    SignatureRecogniser,
    TableColumnRecogniser,
    UsernameRecogniser,
    VNumberRecogniser,
)
"""Every recogniser that needs no model and no cache."""
