"""The colours of a rendered answer, by meaning."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from novita_desktop.domain.records import record
from novita_desktop.ui.theme import Theme


@record(frozen=True, slots=True)
class AnswerColours:
    """What the parts of an answer are drawn in; the rest has the palette's text colour."""

    ground: QColor
    muted: QColor
    link: QColor
    tint: QColor
    border: QColor
    keyword: QColor
    string: QColor
    number: QColor
    name: QColor

    @classmethod
    def from_theme(cls, theme: Theme) -> AnswerColours:
        """Return the colours of `theme`."""
        return cls(
            ground=theme.color("surface"),
            muted=theme.color("text_muted"),
            link=theme.color("accent"),
            tint=theme.color("bg"),
            border=theme.color("border_strong"),
            keyword=theme.color("info"),
            string=theme.color("accent"),
            number=theme.color("warn"),
            name=theme.color("accent_soft_text"),
        )

    @classmethod
    def from_palette(cls, palette: QPalette) -> AnswerColours:
        """Return colours that fit `palette`; those of code are the link's colour turned."""
        text = palette.color(QPalette.ColorRole.Text)
        base = palette.color(QPalette.ColorRole.Base)
        link = palette.color(QPalette.ColorRole.Link)
        return cls(
            ground=base,
            muted=_mixed(text, base, 0.65),
            link=link,
            tint=_mixed(text, base, 0.06),
            border=_mixed(text, base, 0.16),
            keyword=_turned(link, 270, base),
            string=_turned(link, 130, base),
            number=_turned(link, 30, base),
            name=_turned(link, 205, base),
        )


def _mixed(colour: QColor, ground: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        *(
            share * above + (1 - share) * below
            for above, below in (
                (colour.redF(), ground.redF()),
                (colour.greenF(), ground.greenF()),
                (colour.blueF(), ground.blueF()),
            )
        )
    )


def _turned(colour: QColor, hue: int, ground: QColor) -> QColor:
    """Return `colour` with another `hue`, light or dark enough to be read on `ground`."""
    lightness = colour.lightness()
    lightness = max(lightness, 175) if ground.lightness() < 128 else min(lightness, 95)
    return QColor.fromHsl(hue, max(110, colour.hslSaturation() // 2), lightness)
