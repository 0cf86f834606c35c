"""The words for every expected error, by its code: what happened, and what to do next.

Whether something was charged is the host's own table (novita/api.md section 5.2).
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from novita_desktop.domain.records import record


class ErrorAction(StrEnum):
    """The one thing to do about an error; whoever shows the error carries it out."""

    CONNECT = "connect"
    CHANGE_KEY = "change_key"
    OPEN_BILLING = "open_billing"
    CHOOSE_MODEL = "choose_model"
    RUN_WITHOUT = "run_without"
    RAISE_AND_RERUN = "raise_and_rerun"
    RAISE_LIMIT = "raise_limit"
    RETRY = "retry"
    OPEN_NETWORK_SETTINGS = "open_network_settings"
    OPEN_CONNECTION_SETTINGS = "open_connection_settings"
    OPEN_DATA_SETTINGS = "open_data_settings"


@record(frozen=True, slots=True)
class ErrorWords:
    """A title, what it means for money and data with what to do, and at most one action."""

    title: str
    advice: str
    action: ErrorAction | None = None
    action_words: str = ""


def error_words() -> dict[str, ErrorWords]:
    """Return the words for every code, in the language in use."""
    return {
        **_account_words(),
        **_model_words(),
        **_request_words(),
        **_host_words(),
        **_connection_words(),
        **_network_words(),
        **_answer_words(),
        **_program_words(),
        **_file_words(),
    }


def _account_words() -> dict[str, ErrorWords]:
    return {
        "key_refused": ErrorWords(
            _tr("The host does not accept this key"),
            _tr(
                "Nothing was charged. The key may be mistyped, deleted or expired: paste a new one."
            ),
            ErrorAction.CHANGE_KEY,
            _tr("Change key"),
        ),
        "key_missing": ErrorWords(
            _tr("The host asks for a key"),
            _tr("Nothing was charged. Paste your Novita API key to connect."),
            ErrorAction.CONNECT,
            _tr("Connect"),
        ),
        "no_credit": ErrorWords(
            _tr("The account has no credit left"),
            _tr("Nothing was charged. Add credit on Novita's billing page, then try again."),
            ErrorAction.OPEN_BILLING,
            _tr("Open billing"),
        ),
        "not_connected": ErrorWords(
            _tr("Not connected yet"),
            _tr("Nothing was sent. Paste your Novita API key, or try the demo."),
            ErrorAction.CONNECT,
            _tr("Connect"),
        ),
        "daily_limit_reached": ErrorWords(
            _tr("Today's spending has reached your limit"),
            _tr("Nothing was sent. Raise the daily limit in Settings, or go on tomorrow."),
            ErrorAction.RAISE_LIMIT,
            _tr("Change the limit"),
        ),
        "rate_limited": ErrorWords(
            _tr("Too many requests in a short time"),
            _tr("Nothing was charged. The host asks for a pause; try again in a minute."),
            ErrorAction.RETRY,
            _tr("Try again"),
        ),
    }


def _model_words() -> dict[str, ErrorWords]:
    choose = _tr("Choose another model")
    return {
        "model_access_denied": ErrorWords(
            _tr("This account may not use this model"),
            _tr("Nothing was charged. Some models need an identity check on Novita's website."),
            ErrorAction.CHOOSE_MODEL,
            choose,
        ),
        "model_not_found": ErrorWords(
            _tr("The host does not know this model"),
            _tr("Nothing was charged. It may be retired, or its id mistyped: choose another."),
            ErrorAction.CHOOSE_MODEL,
            choose,
        ),
        "feature_unsupported": ErrorWords(
            _tr("The model does not support {feature}"),
            _tr("Nothing was charged. Run without it, or choose a model that can do it."),
            ErrorAction.CHOOSE_MODEL,
            choose,
        ),
        "context_too_long": ErrorWords(
            _tr("The texts are longer than the model can read"),
            _tr("Nothing was charged. Shorten the message, or choose a model with more context."),
            ErrorAction.CHOOSE_MODEL,
            choose,
        ),
    }


def _request_words() -> dict[str, ErrorWords]:
    return {
        "api_error": ErrorWords(
            _tr("The host could not answer"),
            _tr("Your text is kept. What the host said is under Details."),
            ErrorAction.RETRY,
            _tr("Try again"),
        ),
        "request_refused": ErrorWords(
            _tr("The host refused the request"),
            _tr("Nothing was charged. What the host said is under Details: change that and run."),
        ),
        "parameter_refused": ErrorWords(
            _tr("The host refused {parameter}"),
            _tr("Nothing was charged. Change it in the form, or run without it."),
            ErrorAction.RUN_WITHOUT,
            _tr("Run without it"),
        ),
        "max_tokens_too_high": ErrorWords(
            _tr("Max tokens is above what the model allows"),
            _tr("Nothing was charged. Set Max tokens to {limit} or less, then run."),
            ErrorAction.RUN_WITHOUT,
            _tr("Run with the suggested value"),
        ),
        "request_too_large": ErrorWords(
            _tr("The request is too large for the host"),
            _tr("Nothing was charged. Use smaller or fewer images, or a shorter text."),
        ),
        "input_error": ErrorWords(
            _tr("Something in the form is missing or wrong"), _tr("Nothing was sent.")
        ),
    }


def _host_words() -> dict[str, ErrorWords]:
    again = _tr("Try again")
    return {
        "host_trouble": ErrorWords(
            _tr("The host has a problem of its own"),
            _tr("Nothing was charged and your text is kept. Try again in a few minutes."),
            ErrorAction.RETRY,
            again,
        ),
        "route_not_found": ErrorWords(
            _tr("There is no such API at this address"),
            _tr("Nothing was charged. Check the base URL: it usually ends in /v1."),
            ErrorAction.OPEN_CONNECTION_SETTINGS,
            _tr("Open connection settings"),
        ),
        "redirect_refused": ErrorWords(
            _tr("The host points to another host"),
            _tr(
                "Nothing was sent there, because your key must not go to another host. "
                "Check the base URL."
            ),
            ErrorAction.OPEN_CONNECTION_SETTINGS,
            _tr("Open connection settings"),
        ),
        "not_json": ErrorWords(
            _tr("The answer did not come from an API"),
            _tr(
                "Nothing was charged. A network's sign-in page may stand in between: open a web "
                "page in your browser first, then try again."
            ),
            ErrorAction.RETRY,
            again,
        ),
    }


def _connection_words() -> dict[str, ErrorWords]:
    again = _tr("Try again")
    return {
        "connection_trouble": ErrorWords(
            _tr("The connection broke before the answer began"),
            _tr("Your text is kept. Try again; if it stays so, look at the network settings."),
            ErrorAction.RETRY,
            again,
        ),
        "no_network": ErrorWords(
            _tr("This computer seems to be offline"),
            _tr("Nothing was charged and your text is kept. Connect to a network, then try again."),
            ErrorAction.RETRY,
            again,
        ),
        "host_not_found": ErrorWords(
            _tr("The host's name cannot be found"),
            _tr("Nothing was charged. Check the network and, if you changed it, the base URL."),
            ErrorAction.RETRY,
            again,
        ),
        "connection_refused": ErrorWords(
            _tr("No program answers at the host's address"),
            _tr(
                "Nothing was sent and your text is kept. If the host is a server of your own, see "
                "that it runs; otherwise check the base URL."
            ),
            ErrorAction.OPEN_CONNECTION_SETTINGS,
            _tr("Open connection settings"),
        ),
        "connect_timed_out": ErrorWords(
            _tr("No connection to the host in time"),
            _tr("Nothing was charged and your text is kept. Try again."),
            ErrorAction.RETRY,
            again,
        ),
    }


def _network_words() -> dict[str, ErrorWords]:
    network = _tr("Open network settings")
    return {
        "certificate_refused": ErrorWords(
            _tr("The host's certificate cannot be trusted"),
            _tr(
                "Nothing was sent. A company's proxy or a wrong clock can cause this; ask whoever "
                "looks after your network."
            ),
            ErrorAction.OPEN_NETWORK_SETTINGS,
            network,
        ),
        "proxy_trouble": ErrorWords(
            _tr("The proxy refused the connection"),
            _tr("Nothing was charged. Check the proxy's address and password."),
            ErrorAction.OPEN_NETWORK_SETTINGS,
            network,
        ),
    }


def _answer_words() -> dict[str, ErrorWords]:
    again = _tr("Try again")
    return {
        "first_word_timed_out": ErrorWords(
            _tr("The model did not begin to answer in time"),
            _tr("The host may bill what it worked out. Try again, or choose a faster model."),
            ErrorAction.RETRY,
            again,
        ),
        "silence_timed_out": ErrorWords(
            _tr("The answer stopped coming"),
            _tr("What arrived is kept; the host bills what was generated."),
            ErrorAction.RETRY,
            again,
        ),
        "stream_broken": ErrorWords(
            _tr("The answer broke off before its end"),
            _tr("What arrived is kept; the host bills what was generated."),
            ErrorAction.RETRY,
            again,
        ),
        "stream_reported_error": ErrorWords(
            _tr("The host met a problem while answering"),
            _tr("What arrived is kept; the host bills what was generated."),
            ErrorAction.RETRY,
            again,
        ),
        "reasoning_used_up_tokens": ErrorWords(
            _tr("Reasoning used up all tokens, so the answer is empty"),
            _tr("The host bills the reasoning. Raise Max tokens and run again."),
            ErrorAction.RAISE_AND_RERUN,
            _tr("Raise and rerun"),
        ),
        "empty_answer": ErrorWords(
            _tr("The model finished without a word"),
            _tr("The host bills the request. Try again, or put the message differently."),
            ErrorAction.RETRY,
            again,
        ),
    }


def _program_words() -> dict[str, ErrorWords]:
    return {
        "error": ErrorWords(
            _tr("A fault of this program ended the run"),
            _tr("What arrived is kept. Try again; if it happens twice, please report it."),
            ErrorAction.RETRY,
            _tr("Try again"),
        ),
        "address_refused": ErrorWords(
            _tr("This address cannot be used"),
            _tr(
                "Nothing was sent. It must begin with https://; http:// is only for this computer."
            ),
            ErrorAction.OPEN_CONNECTION_SETTINGS,
            _tr("Open connection settings"),
        ),
        "keychain_trouble": ErrorWords(
            _tr("This computer's keychain did not keep the key"),
            _tr(
                "The key works for this session only and is in no file. You will be asked for it "
                "at the next start."
            ),
            ErrorAction.OPEN_CONNECTION_SETTINGS,
            _tr("Open connection settings"),
        ),
        "demo_unavailable": ErrorWords(
            _tr("The demo could not start"),
            _tr(
                "This computer lets no program listen on its own address (127.0.0.1). Allow it in"
                " the firewall or security program, then try again; or go on without the demo."
            ),
        ),
        "storage_error": ErrorWords(
            _tr("The data file could not be used"),
            _tr("What is in the window stays there. Look at the data folder in Settings."),
            ErrorAction.OPEN_DATA_SETTINGS,
            _tr("Open data settings"),
        ),
    }


def _file_words() -> dict[str, ErrorWords]:
    data = _tr("Open data settings")
    return {
        "preset_file_refused": ErrorWords(
            _tr("This file of presets cannot be imported"),
            _tr("Nothing was added or changed."),
        ),
        "database_too_new": ErrorWords(
            _tr("The data was written by a newer version of this program"),
            _tr("It was left as it is. Install the newer version, or choose another data folder."),
        ),
        "database_damaged": ErrorWords(
            _tr("The data file is damaged"),
            _tr("It was left as it is. Restore a backup; the damaged file is kept aside."),
        ),
        "database_busy": ErrorWords(
            _tr("Another program holds the data file"),
            _tr("Nothing was changed. Close that program, or wait a moment, then try again."),
        ),
        "folder_not_writable": ErrorWords(
            _tr("The data folder cannot be written to"),
            _tr("Nothing that was kept is lost. Choose another folder, or allow writing to it."),
            ErrorAction.OPEN_DATA_SETTINGS,
            data,
        ),
        "disk_full": ErrorWords(
            _tr("The disk is full"),
            _tr("What is in the window stays there, but new runs cannot be kept. Free some space."),
            ErrorAction.OPEN_DATA_SETTINGS,
            data,
        ),
        "runs_missing": ErrorWords(
            _tr("Most of your runs are missing from the data file"),
            _tr("Nothing was changed. Restore a backup, or open the file as it is."),
        ),
        "table_refused": ErrorWords(
            _tr("This table cannot be used"),
            _tr("Nothing was changed. Choose another file."),
        ),
        "inputs_file_refused": ErrorWords(
            _tr("No inputs can be read from this file"),
            _tr("Nothing was changed. Save the table as CSV with UTF-8, then open that."),
        ),
        "backup_refused": ErrorWords(
            _tr("This file cannot be used as a backup"),
            _tr("Nothing was changed. Choose another file."),
        ),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("ErrorWords", text)
