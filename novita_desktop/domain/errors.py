"""Every failure the application expects, named for what the user can do about it.

`code` is what the data file stores; the words a person reads are in `ui/error_messages.py`.
HTTP facts come from novita/api.md section 5.
"""

from __future__ import annotations

from typing import ClassVar

from novita_desktop.domain.records import record


class NovitaDesktopError(Exception):
    """A failure that the application expects and can explain."""

    code: ClassVar[str] = "error"


@record(frozen=True, slots=True)
class HostReply:
    """What the host said about a failure, kept whole so that it can be shown under "Details".

    `headers` holds name and value pairs with secrets already removed.
    `body` is the start of the raw body, at most 16 KiB of text.
    """

    status: int | None = None
    reason: str = ""
    message: str = ""
    trace_id: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


class ApiError(NovitaDesktopError):
    """The host refused a request, or could not be reached.

    `retryable` says whether sending the same request again later can help.
    `charged` says whether the host bills such a request (novita/api.md section 5.2).
    """

    code = "api_error"
    retryable: ClassVar[bool] = False
    charged: ClassVar[bool] = False

    def __init__(self, message: str = "", *, reply: HostReply | None = None) -> None:
        super().__init__(message or (reply.message if reply else ""))
        self.reply = reply or HostReply(message=message)


class KeyRefused(ApiError):
    """401: the host does not know this key."""

    code = "key_refused"


class KeyMissing(ApiError):
    """403 INVALID_API_KEY: the request carried no key."""

    code = "key_missing"


class NoCredit(ApiError):
    """403 NOT_ENOUGH_BALANCE: the account has no credit left."""

    code = "no_credit"


class ModelAccessDenied(ApiError):
    """403 ACCESS_DENY: the account may not use this model."""

    code = "model_access_denied"


class ModelNotFound(ApiError):
    """404: the model's id is unknown, or the model is retired."""

    code = "model_not_found"


class RouteNotFound(ApiError):
    """404 that is not about a model: the base URL does not lead to such an API."""

    code = "route_not_found"


class RequestRefused(ApiError):
    """400 or another 4xx: something in the request is wrong; the host's words say what."""

    code = "request_refused"


class ParameterRefused(RequestRefused):
    """400 that names one parameter by its wire name."""

    code = "parameter_refused"

    def __init__(self, parameter: str, *, reply: HostReply | None = None) -> None:
        super().__init__(reply=reply)
        self.parameter = parameter


class FeatureUnsupported(RequestRefused):
    """400: the model cannot do what was asked, for example `structured-outputs` or `vision`."""

    code = "feature_unsupported"

    def __init__(self, feature: str, *, reply: HostReply | None = None) -> None:
        super().__init__(reply=reply)
        self.feature = feature


class MaxTokensTooHigh(RequestRefused):
    """400: max_tokens is above the model's maximum; `limit` when the host named it."""

    code = "max_tokens_too_high"

    def __init__(self, limit: int | None, *, reply: HostReply | None = None) -> None:
        super().__init__(reply=reply)
        self.limit = limit


class ContextTooLong(RequestRefused):
    """400: the texts are longer than the model's context."""

    code = "context_too_long"


class RequestTooLarge(RequestRefused):
    """413: the request's body is too large, usually because of an image."""

    code = "request_too_large"


class RateLimited(ApiError):
    """429: too many requests; `retry_after_seconds` when the host says when to come back."""

    code = "rate_limited"
    retryable = True

    def __init__(
        self, *, retry_after_seconds: float | None = None, reply: HostReply | None = None
    ) -> None:
        super().__init__(reply=reply)
        self.retry_after_seconds = retry_after_seconds


class HostTrouble(ApiError):
    """5xx: the host has a problem of its own; it may say when to come back."""

    code = "host_trouble"
    retryable = True

    def __init__(
        self, *, retry_after_seconds: float | None = None, reply: HostReply | None = None
    ) -> None:
        super().__init__(reply=reply)
        self.retry_after_seconds = retry_after_seconds


class RedirectRefused(ApiError):
    """The host points to another host, where the key must not go."""

    code = "redirect_refused"


class ConnectionTrouble(ApiError):
    """No connection to the host could be made, or it broke before the answer began."""

    code = "connection_trouble"
    retryable = True


class NoNetwork(ConnectionTrouble):
    """This computer seems to be offline."""

    code = "no_network"


class HostNotFound(ConnectionTrouble):
    """The host's name cannot be resolved (DNS)."""

    code = "host_not_found"


class ConnectionRefused(ConnectionTrouble):
    """Nothing listens at the host's address and port."""

    code = "connection_refused"


class CertificateRefused(ConnectionTrouble):
    """The host's certificate cannot be trusted (TLS)."""

    code = "certificate_refused"
    retryable = False


class ProxyTrouble(ConnectionTrouble):
    """The proxy refused the connection or cannot be reached."""

    code = "proxy_trouble"


class ConnectTimedOut(ConnectionTrouble):
    """No connection within the connect limit."""

    code = "connect_timed_out"


class FirstWordTimedOut(ApiError):
    """The host accepted the request, but no word came within the limit."""

    code = "first_word_timed_out"
    retryable = True
    charged = True


class SilenceTimedOut(ApiError):
    """Words came, then nothing for longer than the limit."""

    code = "silence_timed_out"
    charged = True


class StreamBroken(ApiError):
    """The answer stopped before its end mark; what arrived is kept."""

    code = "stream_broken"
    charged = True


class StreamReportedError(StreamBroken):
    """The host sent an error object inside a running stream."""

    code = "stream_reported_error"


class NotJson(ApiError):
    """The answer is not what an API sends, for example a sign-in page of a network."""

    code = "not_json"


class ReasoningUsedUpTokens(ApiError):
    """The answer is empty because reasoning used up max_tokens."""

    code = "reasoning_used_up_tokens"
    charged = True


class EmptyAnswer(ApiError):
    """The host finished without a word of answer."""

    code = "empty_answer"
    charged = True


class InputError(NovitaDesktopError):
    """A value in the form is missing or wrong; `field` names the control to mend.

    `field` is an input's wire name (`model`, `message`, `system`, `temperature`, ...) or
    `variable:NAME`. `problem` is one of `missing`, `not_a_number`, `out_of_range`, `bad_choice`,
    `not_a_date`, `bad_json`, `bad_schema`, `bad_template`, `template_too_large`, `too_many`. `given` is the
    value as the person gave it, of a broken template the mark that is wrong if it is known; `low` and `high` are the limits where there are any.
    """

    code = "input_error"

    def __init__(
        self,
        field: str,
        problem: str,
        *,
        given: str = "",
        low: str = "",
        high: str = "",
        detail: str = "",
    ) -> None:
        super().__init__(f"{field}: {problem} {detail}".strip())
        self.field = field
        self.problem = problem
        self.given = given
        self.low = low
        self.high = high
        self.detail = detail


class NotConnected(NovitaDesktopError):
    """There is no key for the connection yet."""

    code = "not_connected"


class DailyLimitReached(NovitaDesktopError):
    """The day's spending is above the limit that the person set."""

    code = "daily_limit_reached"


class AddressRefused(NovitaDesktopError):
    """The base URL is not usable: not https (or loopback http), or not a URL."""

    code = "address_refused"


class DemoUnavailable(NovitaDesktopError):
    """The demo's host cannot listen on this computer: no loopback port is to be had."""

    code = "demo_unavailable"


class StorageError(NovitaDesktopError):
    """The data file or folder cannot be used; `path` names it."""

    code = "storage_error"

    def __init__(self, message: str = "", *, path: str = "") -> None:
        super().__init__(message)
        self.path = path


class DatabaseTooNew(StorageError):
    """The data file was written by a newer version of the program."""

    code = "database_too_new"


class DatabaseDamaged(StorageError):
    """The data file is damaged or not a data file."""

    code = "database_damaged"


class DatabaseBusy(StorageError):
    """The data file is locked by another program."""

    code = "database_busy"


class FolderNotWritable(StorageError):
    """The data folder cannot be written to."""

    code = "folder_not_writable"


class DiskFull(StorageError):
    """There is no space left on the disk."""

    code = "disk_full"


class RunsMissing(StorageError):
    """The data file holds far fewer runs than at the last clean end of the program."""

    code = "runs_missing"

    def __init__(self, *, expected: int, found: int, path: str = "") -> None:
        super().__init__(f"{found} runs instead of {expected}", path=path)
        self.expected = expected
        self.found = found


class BackupRefused(StorageError):
    """The chosen file is not a usable backup."""

    code = "backup_refused"


class KeychainTrouble(NovitaDesktopError):
    """The system's keychain did not keep or give the key; `problem` says why.

    `problem` is one of `missing` (no usable keychain), `locked`, `no_answer` (5 s went by),
    `failed`.
    """

    code = "keychain_trouble"

    def __init__(self, problem: str, message: str = "") -> None:
        super().__init__(message or problem)
        self.problem = problem
