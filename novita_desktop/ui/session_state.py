"""What the window knows of the session: mirrors of the services' state, on its own thread."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from novita_desktop.domain.account import Account, ConnectionState
from novita_desktop.domain.catalogue import Catalogue, CatalogueChanges, Model
from novita_desktop.domain.presets import Preset
from novita_desktop.domain.settings import Settings
from novita_desktop.services.events import (
    AccountChanged,
    CatalogueChanged,
    PresetsChanged,
    QueueChanged,
    SettingsChanged,
    SpendingChanged,
)
from novita_desktop.ui.bridge import Bridge


class SessionState(QObject):
    """Keeps the newest account, catalogue, settings, presets and so on, and tells of changes.

    `presets` is None until they are told, shortly after the first paint.
    """

    account_changed = Signal()
    catalogue_changed = Signal()
    settings_changed = Signal()
    spending_changed = Signal()
    queue_changed = Signal()
    presets_changed = Signal()

    def __init__(
        self,
        bridge: Bridge,
        *,
        account: Account,
        catalogue: Catalogue,
        settings: Settings,
        presets: Sequence[Preset] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.account = account
        self.catalogue = catalogue
        self.catalogue_changes = CatalogueChanges()
        self.settings = settings
        self.presets = None if presets is None else tuple(presets)
        self.spending = SpendingChanged(0, 0)
        self.queue = QueueChanged(0, 0)
        self._by_id = {model.id: model for model in catalogue.models}
        bridge.account_changed.connect(self._take_account)
        bridge.catalogue_changed.connect(self._take_catalogue)
        bridge.settings_changed.connect(self._take_settings)
        bridge.spending_changed.connect(self._take_spending)
        bridge.queue_changed.connect(self._take_queue)
        bridge.presets_changed.connect(self._take_presets)

    def take(self, account: Account, catalogue: Catalogue, settings: Settings) -> None:
        """Mirror another workspace from now on; nothing of it runs yet."""
        self.account = account
        self.settings = settings
        self.presets = None
        self.spending = SpendingChanged(0, 0)
        self.queue = QueueChanged(0, 0)
        self._keep_catalogue(catalogue, CatalogueChanges())
        for changed in (
            self.settings_changed,
            self.catalogue_changed,
            self.account_changed,
            self.spending_changed,
            self.queue_changed,
            self.presets_changed,
        ):
            changed.emit()

    @property
    def is_connected(self) -> bool:
        """Whether runs can be sent: there is a key (it may turn out to be refused)."""
        return self.account.state not in {
            ConnectionState.NOT_CONNECTED,
            ConnectionState.KEY_REFUSED,
        }

    def model(self, model_id: str) -> Model | None:
        """Return the catalogue's row for an id, or None."""
        return self._by_id.get(model_id)

    def model_name(self, model_id: str) -> str:
        """Return a model's name, its id when the catalogue lacks it."""
        model = self._by_id.get(model_id)
        return model.name if model else model_id

    def preset(self, preset_id: int) -> Preset | None:
        """Return a preset by its id, None while there is no such preset."""
        return next((preset for preset in self.presets or () if preset.id == preset_id), None)

    def _take_account(self, event: AccountChanged) -> None:
        self.account = event.account
        self.account_changed.emit()

    def _take_catalogue(self, event: CatalogueChanged) -> None:
        self._keep_catalogue(event.catalogue, event.changes)
        self.catalogue_changed.emit()

    def _keep_catalogue(self, catalogue: Catalogue, changes: CatalogueChanges) -> None:
        self.catalogue = catalogue
        self.catalogue_changes = changes
        self._by_id = {model.id: model for model in catalogue.models}

    def _take_settings(self, event: SettingsChanged) -> None:
        self.settings = event.new
        self.settings_changed.emit()

    def _take_spending(self, event: SpendingChanged) -> None:
        self.spending = event
        self.spending_changed.emit()

    def _take_queue(self, event: QueueChanged) -> None:
        self.queue = event
        self.queue_changed.emit()

    def _take_presets(self, event: PresetsChanged) -> None:
        self.presets = event.presets
        self.presets_changed.emit()
