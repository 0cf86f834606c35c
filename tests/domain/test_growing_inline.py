"""A growing paragraph looks as if it were read whole each time, however it is cut."""

from hypothesis import example, given
from hypothesis import strategies as st

from novita_desktop.domain import growing_inline
from novita_desktop.domain.growing_inline import GrowingInline
from novita_desktop.domain.markdown_inline import parse_inline

PIECES = st.sampled_from(
    [
        *("word", "other words, and more", " ", "  ", "\n", "  \n", "\\\n"),
        *("*", "**", "***", "_", "~~", "`", "``", "[", "![", "]", "](a.example)", "](", "\\"),
        *("https://novita.ai/x_y", "<https://a.example>", "&amp;", "a*b*c", "snake_case_name"),
    ]
)
TEXTS = st.lists(PIECES, max_size=120).map("".join)


@given(TEXTS, st.lists(st.integers(1, 40), min_size=1, max_size=40))
@example("**bold** and *open " + "word " * 80 + "closed* `code` " + "word " * 80, [7])
@example("[a link](x) " + "word " * 60 + "`tick " + "word " * 60 + "tock` end", [3])
def test_it_reads_as_the_whole_does(text, steps):
    growing, place = GrowingInline(), 0
    for number in range(400):
        place += steps[number % len(steps)]
        so_far = text[:place]
        assert growing.read(so_far) == parse_inline(so_far, growing=True)
        if place >= len(text):
            break


def test_what_is_final_is_not_read_again(monkeypatch):
    read = []

    def noted(text, *, growing):
        read.append(len(text))
        return parse_inline(text, growing=growing)

    monkeypatch.setattr(growing_inline, "parse_inline", noted)
    growing, text = GrowingInline(), "some **bold** words and `code`, "
    for count in range(1, 60):
        growing.read(text * count)
    assert max(read) < 400


def test_another_text_is_read_from_its_start():
    growing = GrowingInline()
    growing.read("a paragraph of *many* words " * 20)
    assert growing.read("another *one") == parse_inline("another *one", growing=True)
