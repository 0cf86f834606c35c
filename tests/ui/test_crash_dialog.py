"""Reports of faults: complete enough to mend them, without anything of the person's."""

import sys
import threading

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from novita_desktop.domain.errors import DiskFull
from novita_desktop.ui.crash_dialog import CrashDialog, CrashReporter, report_text

SECRET = "sk_secret_1234 and a prompt"


def looked_up():
    raise KeyError(SECRET)


def fault():
    try:
        try:
            looked_up()
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError as fault:
        return fault


@pytest.fixture
def kept(tmp_path):
    texts = []

    def keep(text):
        texts.append(text)
        return tmp_path / f"fault-{len(texts)}.txt"

    keep.texts = texts
    return keep


@pytest.fixture
def reporter(qtbot, kept):
    reporter = CrashReporter(kept)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    reporter.set_window(window)
    yield reporter
    reporter.remove()


def dialogs(reporter):
    return [reporter._dialog] if reporter._dialog else []


def test_a_report_says_what_and_where_but_not_the_words():
    text = report_text(fault())
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "tests/ui/test_crash_dialog.py" in text
    assert SECRET not in text


def test_an_error_that_is_its_own_cause_ends():
    error = fault()
    error.__cause__.__cause__ = error
    assert report_text(error).count("ValueError") >= 1


def test_the_first_fault_is_shown_and_all_are_kept(reporter, kept, qtbot):
    reporter.report(fault())
    reporter.report(fault())
    qtbot.waitUntil(lambda: len(dialogs(reporter)) == 1)
    (dialog,) = dialogs(reporter)
    assert len(kept.texts) == 2
    assert dialog.findChild(QPlainTextEdit).toPlainText() == kept.texts[0]
    dialog.accept()
    qtbot.waitUntil(lambda: not dialogs(reporter))


def test_faults_of_other_threads_are_taken(reporter, kept, qtbot):
    reporter.install()
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: dialogs(reporter) != [])
    assert "ZeroDivisionError" in kept.texts[0]
    dialogs(reporter)[0].accept()


def test_what_nobody_catches_is_taken(reporter, kept, qtbot):
    reporter.install()
    error = fault()
    sys.excepthook(type(error), error, error.__traceback__)
    assert "ValueError" in kept.texts[0]
    qtbot.waitUntil(lambda: dialogs(reporter) != [])
    dialogs(reporter)[0].accept()


def test_a_full_disk_does_not_hide_the_report(qtbot):
    def keep(text):
        raise DiskFull

    reporter = CrashReporter(keep)
    reporter.report(fault())
    qtbot.waitUntil(lambda: dialogs(reporter) != [])
    (dialog,) = dialogs(reporter)
    (folder,) = [b for b in dialog.findChildren(QPushButton) if b.text() == "Open folder"]
    assert not folder.isEnabled()
    dialog.accept()


def test_the_report_can_be_copied(qtbot):
    dialog = CrashDialog("the report", "/tmp/x.txt")
    qtbot.addWidget(dialog)
    (copy,) = [b for b in dialog.findChildren(QPushButton) if b.text() == "Copy"]
    copy.click()
    assert QGuiApplication.clipboard().text() == "the report"
