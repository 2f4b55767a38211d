"""A text in English and Chinese, and how both stand in the page.

Both languages are always in the page. The style sheet hides one of them once the script has chosen the other;
without a script both are read. A text that exists in one language only is never hidden.
"""

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from types import MappingProxyType

_CJK = range(0x3400, 0xA000)

Words = MappingProxyType[str, "Bilingual"]
Catalogue = MappingProxyType[str, Words]


@dataclass(frozen=True)
class Bilingual:
    """The same text in two languages; either may be empty."""

    en: str
    zh: str

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.en or self.zh)

    def __html__(self) -> str:
        """The markup that a template inserts unescaped."""
        return self.markup

    def filled(self, value: str) -> "Bilingual":
        """The text with the value in the place that both languages leave for it."""
        return Bilingual(self.en.replace("{}", value), self.zh.replace("{}", value))

    @cached_property
    def markup(self) -> str:
        """Both languages side by side, or the only one there is."""
        if self.en and self.zh:
            return _marked("en", self.en, ' class="en"') + _marked("zh", self.zh, ' class="zh"')
        return _marked("en", self.en) if self.en else _marked("zh", self.zh)


def _marked(language: str, text: str, attributes: str = "") -> str:
    return f'<span{attributes} lang="{language}">{escape(text)}</span>'


def language_of(text: str) -> str:
    """`zh` for a text with a Chinese character in it, else `en`."""
    return "zh" if any(ord(character) in _CJK for character in text) else "en"


@cache
def catalogue() -> Catalogue:
    """The words of the page itself, by section and key, as `words.toml` lists them."""
    sections = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            section: MappingProxyType({key: Bilingual(**pair) for key, pair in words.items()})
            for section, words in sections.items()
        }
    )
