"""Colour profiles without what says nothing of colour: private tags, and bytes between and behind the tags."""
from __future__ import annotations

HEAD, ENTRY = 128, 12
"""Bytes of the head of a profile, and of an entry of its table of tags (ICC.1:2022, 7.2 and 7.3)."""
ID, RESERVED = slice(84, 100), slice(100, 128)
"""The checksum of a profile, of zeros when it has none, and the bytes of its head that mean nothing."""
TAGS = {
    b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"D2B2", b"D2B3", b"B2D0", b"B2D1", b"B2D2",
    b"B2D3", b"gamt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"chrm",
    b"lumi", b"cicp", b"desc", b"cprt",
}  # fmt: skip
"""Tags with colours, and the two texts that every profile must have (ICC.1:2022, 8.2)."""


def bare_profile(data: bytes) -> bytes | None:
    """The profile with nothing but these tags, one behind the other; None when it is none, or broken."""
    if data[36:40] != b"acsp":
        return None
    count = int.from_bytes(data[HEAD : HEAD + 4], "big")
    table = HEAD + 4
    entries = [data[at : at + ENTRY] for at in range(table, min(table + count * ENTRY, len(data)), ENTRY)]
    tags = [(entry[:4], data[_number(entry, 4) :][: _number(entry, 8)]) for entry in entries if entry[:4] in TAGS]
    if len(entries) != count or not tags:
        return None
    body, places = bytearray(), dict[bytes, int]()
    first = table + len(tags) * ENTRY
    for _, said in tags:
        if said not in places:
            places[said] = first + len(body)
            body += said
            body += bytes(-len(body) % 4)
    listed = b"".join(name + places[said].to_bytes(4, "big") + len(said).to_bytes(4, "big") for name, said in tags)
    head = bytearray(data[:HEAD])
    head[ID], head[RESERVED] = bytes(16), bytes(28)
    head[:4] = (first + len(body)).to_bytes(4, "big")
    return bytes(head) + len(tags).to_bytes(4, "big") + listed + bytes(body)


def _number(entry: bytes, at: int) -> int:
    return int.from_bytes(entry[at : at + 4], "big")
