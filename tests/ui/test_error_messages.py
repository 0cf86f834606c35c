"""Every expected error has words, and at most one thing to do."""

import pytest
from PySide6.QtCore import QLocale

from novita_desktop.domain import errors
from novita_desktop.domain.errors import HostReply, InputError
from novita_desktop.domain.preset_file_refusal import PresetFileRefused
from novita_desktop.domain.runs import RunError
from novita_desktop.domain.table_files import InputsFileRefused
from novita_desktop.domain.table_refusal import TableRefused
from novita_desktop.services.run_ends import BUG_CODE, run_error_of
from novita_desktop.ui.error_messages import describe, describe_run_error
from novita_desktop.ui.error_words import ErrorAction, error_words

REPLY = HostReply(400, "INVALID_REQUEST_BODY", "the host's words", "abc123", body='{"code": 400}')


@pytest.fixture(autouse=True)
def locale():
    before = QLocale()
    QLocale.setDefault(QLocale("en_US"))
    yield
    QLocale.setDefault(before)


def kinds(base=errors.NovitaDesktopError):
    yield base
    for kind in base.__subclasses__():
        if kind.__module__.startswith("novita_desktop.domain."):
            yield from kinds(kind)


def example(kind):
    match kind:
        case errors.ParameterRefused:
            return errors.ParameterRefused("temperature", reply=REPLY)
        case errors.FeatureUnsupported:
            return errors.FeatureUnsupported("structured-outputs", reply=REPLY)
        case errors.MaxTokensTooHigh:
            return errors.MaxTokensTooHigh(8_192, reply=REPLY)
        case errors.InputError:
            return errors.InputError("model", "missing")
        case errors.RunsMissing:
            return errors.RunsMissing(expected=900, found=3, path="novita.db")
        case errors.KeychainTrouble:
            return errors.KeychainTrouble("locked")
        case _ if issubclass(kind, errors.ApiError):
            return kind(reply=REPLY)
        case _:
            needs_problem = {PresetFileRefused, TableRefused, InputsFileRefused}
            return kind("too_large") if kind in needs_problem else kind()


@pytest.mark.parametrize("kind", [*kinds()], ids=lambda kind: kind.__name__)
def test_every_error_has_words_of_its_own(kind):
    assert kind.code in error_words()
    text = describe(example(kind))
    assert text.title
    assert "{" not in text.sentence
    assert bool(text.action) == bool(text.action_words)
    if kind is not InputError:
        assert text.advice.endswith(".")


def test_no_words_are_left_over():
    assert set(error_words()) == {kind.code for kind in kinds()}


@pytest.mark.parametrize("kind", [*kinds(errors.ApiError)], ids=lambda kind: kind.__name__)
def test_a_stored_error_reads_like_the_raised_one(kind):
    error = example(kind)
    assert describe_run_error(run_error_of(error)) == describe(error)


@pytest.mark.parametrize("kind", [*kinds(errors.ApiError)], ids=lambda kind: kind.__name__)
def test_words_about_money_are_true(kind):
    """Words that promise "nothing was charged" must not stand at an error that is charged."""
    if kind.charged:
        assert "Nothing was charged" not in describe(example(kind)).advice


def test_the_hosts_own_words_are_details():
    details = describe(errors.RequestRefused(reply=REPLY)).details
    assert details.splitlines() == [
        "HTTP 400 INVALID_REQUEST_BODY",
        "the host's words",
        "Trace id: abc123",
        '{"code": 400}',
    ]


def test_a_refused_parameter_can_be_left_out():
    text = describe(errors.ParameterRefused("temperature", reply=REPLY))
    assert text.title == "The host refused Temperature"
    assert (text.action, text.action_words) == ("run_without:temperature", "Run without it")


def test_what_a_model_lacks_can_be_left_out():
    json_text = describe(errors.FeatureUnsupported("structured-outputs", reply=REPLY))
    assert json_text.action == "run_without:response_format"
    images = describe(errors.FeatureUnsupported("vision", reply=REPLY))
    assert images.title == "The model does not support images"
    assert images.action == "run_without:images"
    endpoint = describe(errors.FeatureUnsupported("endpoint", reply=REPLY))
    assert endpoint.action == ErrorAction.CHOOSE_MODEL


def test_a_limit_that_the_host_named_is_in_the_words():
    assert "8,192" in describe(errors.MaxTokensTooHigh(8_192)).advice
    assert "a smaller number" in describe(errors.MaxTokensTooHigh(None)).advice


def test_a_code_of_a_newer_version_is_shown_whole():
    text = describe_run_error(RunError("something_new", REPLY))
    assert text.title == "The host could not answer"
    assert "the host's words" in text.details


def test_a_bug_is_named_as_one():
    assert "fault of this program" in describe_run_error(RunError(BUG_CODE)).title


def test_missing_runs_are_counted():
    assert "3 runs, and 900" in describe(errors.RunsMissing(expected=900, found=3)).advice


@pytest.mark.parametrize("problem", ["missing", "locked", "no_answer", "failed"])
def test_keychain_trouble_says_that_the_key_is_in_no_file(problem):
    text = describe(errors.KeychainTrouble(problem))
    assert "this session only" in text.advice
    assert "in no file" in text.advice
