"""Attacks in names that a maker chooses: of inks and screens, of views and orders (rows 11, 16, 21, 26)."""
from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from tests.unit.pdf.attacks.page import SECRET, Attack, add_beside, beside, with_page
from tests.unit.pdf.attacks.tags import tagged

TELLING = Name(f"/{SECRET}")


def _named(owner: str, **entries: Any) -> Attack:
    """The secret as a name in the catalog or the page."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        target = pdf.Root if owner == "catalog" else page
        for key, value in entries.items():
            target[f"/{key}"] = value

    return with_page(change)


NAMED: dict[str, tuple[int, Attack]] = {
    "page_mode": (16, _named("catalog", PageMode=TELLING)),
    "page_layout": (16, _named("catalog", PageLayout=TELLING)),
    "version": (16, _named("catalog", Version=TELLING)),
    "reading_direction": (16, _named("catalog", ViewerPreferences=Dictionary(Direction=TELLING))),
    "tab_order": (21, _named("page", Tabs=TELLING)),
    "procedure_set": (21, with_page(lambda pdf, page: page.Resources.__setitem__("/ProcSet", Array([TELLING])))),
    "phonetic_alphabet": (11, lambda visible: tagged(visible, PhoneticAlphabet=TELLING)),
    "attribute_key": (11, lambda visible: tagged(visible, A=Dictionary({"/O": Name.CSS, f"/{SECRET}": 1}))),
}
for _name, (_row, _attack) in NAMED.items():
    add_beside(_row, f"name_of_{_name}", _attack)


def painted(visible: bool, **resources: Any) -> pikepdf.Pdf:
    """The plain page with resources, each used by a drawing of its own."""

    def change(pdf: pikepdf.Pdf, page: Any) -> None:
        for kind, value in resources.items():
            page.Resources[f"/{kind}"] = value(pdf)
        use = {"ColorSpace": b"/R0 cs 1 1 scn 72 300 10 10 re f\n", "ExtGState": b"q /R0 gs 72 300 10 10 re f Q\n"}
        body = b"".join(use[kind] for kind in resources)
        page["/Contents"] = pdf.make_indirect(Stream(pdf, page["/Contents"].read_bytes() + body))

    return with_page(change)(visible)


@beside(26)
def ink_among_others(visible: bool) -> pikepdf.Pdf:
    def space(pdf: pikepdf.Pdf) -> Dictionary:
        tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([1]), C1=Array([0]), N=1)
        ink = Array([Name.Separation, TELLING, Name.DeviceGray, tint])
        mixed = Stream(pdf, b"{ pop }", FunctionType=4, Domain=Array([0, 1, 0, 1]), Range=Array([0, 1]))
        more = Dictionary(Subtype=Name.DeviceN, Colorants=Dictionary({f"/{SECRET}": ink}))
        inks = Array([TELLING, Name.Black])
        return Dictionary(R0=Array([Name.DeviceN, inks, Name.DeviceGray, pdf.make_indirect(mixed), more]))

    return painted(visible, ColorSpace=space)


@beside(26)
def screen_of_an_ink(visible: bool) -> pikepdf.Pdf:
    screen = Dictionary(HalftoneType=1, Frequency=60, Angle=45, SpotFunction=Name.Round)
    screens = Dictionary({"/HalftoneType": 5, "/Default": screen, f"/{SECRET}": screen})
    return painted(visible, ExtGState=lambda pdf: Dictionary(R0=Dictionary(HT=screens)))
