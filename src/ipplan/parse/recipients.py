"""主送机关: a line of names → the names."""

from __future__ import annotations

import re


def split_recipients(text: str) -> list[str]:
    """Split 主送机关 at its separators; a name whose pieces are single characters stays whole (市各委、办、局)."""
    out: list[str] = []
    for segment in _split(text.rstrip("： "), "，；"):
        out += _whole(_split(segment, "、"))
    return [name.replace(" ", "").translate(str.maketrans("〔〕", "（）")) for name in out if name]


def _whole(pieces: list[str]) -> list[str]:
    """Put single characters to the piece before them, and what follows a single place (各地、州、市党委宣传部) to it."""
    out: list[str] = []
    place = False
    for piece in pieces:
        bare = re.sub("（[^）]*）", "", piece).strip()
        if out and (len(bare) == 1 or place):
            out[-1] += "、" + piece.strip()
        else:
            out.append(piece.strip())
        place = len(bare) == 1 and bare in "省市州县区盟旗镇乡"
    return out


def _split(text: str, separators: str) -> list[str]:
    """Split outside brackets."""
    out, depth, at = [], 0, 0
    for i, char in enumerate(text):
        if char in "（〔":
            depth += 1
        elif char in "）〕":
            depth -= 1
        elif char in separators and depth <= 0:
            out.append(text[at:i])
            at = i + 1
    out.append(text[at:])
    return [piece for piece in out if piece.strip()]
