"""The table of words."""

from novita_desktop.ui.error_words import ErrorAction, error_words


def test_every_action_is_offered_by_some_error():
    assert {words.action for words in error_words().values()} - {None} == set(ErrorAction)


def test_titles_have_no_full_stop_and_advice_has():
    for words in error_words().values():
        assert not words.title.endswith(".")
        assert words.advice.endswith(".")


def test_no_two_errors_read_the_same():
    words = [(each.title, each.advice) for each in error_words().values()]
    assert len(set(words)) == len(words)
