"""A small window with one of each control, for the driver's own tests."""

from __future__ import annotations

import sys

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QWidget,
)


class Window(QWidget):
    """Every change shows in the label `status`."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Driver test")
        form = QFormLayout(self)
        self._status = QLabel("ready")
        self._status.setObjectName("status")
        form.addRow(self._status)
        message = QPlainTextEdit()
        form.addRow("Message", message)
        message.textChanged.connect(lambda: self._say(message.toPlainText()))
        key = QLineEdit()
        key.setEchoMode(QLineEdit.EchoMode.Password)
        key.setAccessibleName("Secret")
        form.addRow(key)
        count = QSpinBox()
        form.addRow("Count", count)
        fruit = QComboBox()
        fruit.addItems(["Apple", "Banana", "Cherry"])
        form.addRow("Fruit", fruit)
        fruit.activated.connect(lambda: self._say(f"fruit {fruit.currentText()}"))
        form.addRow(QCheckBox("Ripe"))
        disabled = QPushButton("Not yet")
        disabled.setEnabled(False)
        form.addRow(disabled)
        for name, action in (("Ask", self._ask), ("Hang up", lambda: sys.exit(7))):
            button = QPushButton(name)
            button.clicked.connect(action)
            form.addRow(button)
        form.addRow(self._table())
        self._dialog = QDialog(self)

    def _table(self) -> QTableView:
        model = QStandardItemModel(0, 2, self)
        model.setHorizontalHeaderLabels(["Name", "Price"])
        for number in range(300):
            model.appendRow([QStandardItem(f"row {number}"), QStandardItem(f"${number}")])
        table = QTableView()
        table.setAccessibleName("Rows")
        table.setModel(model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.selectionModel().currentRowChanged.connect(
            lambda index, _: self._say(f"row {index.row()}")
        )
        return table

    def _say(self, text: str) -> None:
        self._status.setText(text)

    def _ask(self) -> None:
        self._dialog.setWindowTitle("Question")
        button = QPushButton("Agree", self._dialog)
        button.clicked.connect(self._dialog.accept)
        button.clicked.connect(lambda: self._say("agreed"))
        self._dialog.open()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = Window()
    window.show()
    sys.stdout.write("window shown\n")
    sys.stdout.flush()
    sys.exit(application.exec())
