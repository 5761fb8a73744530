"""Themes of sections."""

from __future__ import annotations

import pytest

from ipplan.normalize.themes import theme_of


@pytest.mark.parametrize(
    ("titles", "theme"),
    [
        (["培育高价值专利", "提高知识产权创造质量"], "creation"),
        (["创新知识产权金融服务模式"], "finance"),
        (["健全知识产权立体化保护网络"], "protection"),
        (["加强知识产权人才培育"], "talent"),
        (["高标准推进知识产权合作共建"], "cooperation"),
        (["总体要求"], None),
        ([None, "促进知识产权转化运用"], "utilisation"),
        ([], None),
    ],
)
def test_theme_of(titles: list[str | None], theme: str | None) -> None:
    assert theme_of(titles) == theme
