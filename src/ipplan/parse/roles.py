"""Role of a chapter, by the words of its title (contract: Section.role)."""

from __future__ import annotations

from functools import cache

from ipplan.lexicon import load
from ipplan.parse.outline import Node


@cache
def role_of(title: str) -> str | None:
    """The role a title names: ``保障措施`` → ``safeguards``; ``None`` where no word matches."""
    for role, words in load("words")["roles"].items():
        if any(word in title for word in words):
            return str(role)
    return None


def is_umbrella(title: str) -> bool:
    """Whether a chapter is 总体要求, whose children are decided by their own titles."""
    return any(word in title for word in load("words")["umbrella"])


def assign_roles(root: Node, title_of: dict[int, str]) -> None:
    """Set every section's role: a chapter's by its title, deeper ones have their chapter's."""
    todo: list[tuple[Node, str | None, bool]] = [(child, None, False) for child in root.children]
    parts = {"part", "chapter"}
    while todo:
        node, inherited, umbrella = todo.pop()
        title = title_of.get(id(node), "").replace(" ", "")
        own = role_of(title) if title else None
        if node.annex:
            node.role = "annex"
        elif (
            node.parent is root
            or umbrella
            or (inherited is None and node.parent is not None and node.parent.style in parts)
        ):
            node.role = own or inherited
        else:
            node.role = inherited
        below = node.role == "guidance" and is_umbrella(title)
        for child in node.children:
            todo.append((child, node.role, below))
