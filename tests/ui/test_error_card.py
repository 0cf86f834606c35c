"""An error of a run: words, one action, Retry, details."""

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from novita_desktop.domain.errors import HostReply
from novita_desktop.domain.runs import RunError
from novita_desktop.ui.error_messages import describe_run_error
from novita_desktop.ui.icons import Icons
from novita_desktop.ui.widgets.error_card import ErrorCard
from novita_desktop.ui.widgets.read_only_text import ReadOnlyText


@pytest.fixture
def card(qtbot, theme):
    card = ErrorCard(Icons(theme))
    qtbot.addWidget(card)
    return card


def buttons(card):
    return [b.text() for b in card.findChildren(QPushButton) if not b.isHidden()]


def test_it_offers_the_one_thing_to_do_and_retry(card, qtbot):
    text = describe_run_error(RunError("no_credit", HostReply(403, "NOT_ENOUGH_BALANCE", "no")))
    card.show_error(text)
    assert card.findChild(QLabel, "errorTitle").text() == text.title
    assert buttons(card) == [text.action_words, "Retry", "Details"]
    with qtbot.waitSignal(card.action_pressed) as pressed:
        card._action.click()
    assert pressed.args == ["open_billing"]
    assert "NOT_ENOUGH_BALANCE" in card.findChild(ReadOnlyText, "errorDetails").toPlainText()


def test_retry_is_not_offered_twice(card):
    card.show_error(describe_run_error(RunError("host_trouble", HostReply(500))))
    assert buttons(card).count("Retry") == 1


def test_without_words_of_the_host_there_are_no_details(card):
    card.show_error(describe_run_error(RunError("no_network")))
    assert card._details.isHidden()


def test_a_long_word_of_the_host_does_not_widen_the_window(card):
    card.show_error(
        describe_run_error(RunError("request_refused", HostReply(400, "", "x" * 5_000)))
    )
    details = card.findChild(ReadOnlyText, "errorDetails")
    assert "x" * 1_000 in details.toPlainText()
    card._details.set_open(is_open=True)
    assert card.minimumSizeHint().width() < 320
