"""Why a file of presets was refused; the words a person reads are in `ui/preset_file_messages.py`."""

from __future__ import annotations

from novita_desktop.domain.errors import NovitaDesktopError


class PresetFileRefused(NovitaDesktopError):
    """A file of presets cannot be imported; nothing was changed.

    `problem` is one of `unreadable`, `not_a_file`, `too_large`, `empty`, `not_text`, `not_json`,
    `not_yaml`, `duplicate_key`, `too_deep`, `too_many_values`, `unknown_format`, `newer_version`,
    `no_presets`, `too_many_presets`, `missing`, `wrong_kind`, `unknown_name`, `too_long`,
    `too_many`, `bad_value`, `bad_image`, `duplicate_name` or `broken_characters`. `place` says
    where in the file (`presets/2/message`), `given` is what stands there, `limit` is the limit
    that it breaks, `detail` holds a parser's own words. `file_name` names the file.
    """

    code = "preset_file_refused"

    def __init__(
        self,
        problem: str,
        *,
        place: str = "",
        given: str = "",
        limit: int = 0,
        detail: str = "",
        file_name: str = "",
    ) -> None:
        super().__init__(f"{problem} {place} {detail}".strip())
        self.problem = problem
        self.place = place
        self.given = given
        self.limit = limit
        self.detail = detail
        self.file_name = file_name
