"""The settings of the next training, of the model and of how it is trained, as one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from explorer.app import needs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.config import Setting, settings_of
from explorer.data.kinds import BINARISATIONS
from explorer.models.config import ModelConfig
from explorer.models.presets import Preset, presets
from explorer.models.titles import display_name
from explorer.training.config import TrainingConfig
from explorer.ui import theme
from explorer.ui.widgets.forms.settings_form import COLUMNS, LABELS, SettingsForm
from explorer.ui.widgets.scrolling import scrolling

FIRST = ("preset", "latent_dim", "likelihood", "lr", "body", "batch_size", "epochs", "seed")
"""What a newcomer may want to change; the rest stands behind the disclosure."""

PAIRS = (
    ("schedule", "hidden"), ("optimiser", "momentum"), ("corruption", "corruption_amount"),
    ("binarisation", "free_bits"), ("kl", "beta"), ("device", "threads"),
)  # fmt: skip
"""What stands side by side behind the disclosure."""

MODEL_FIELDS = {one.name for one in settings_of(ModelConfig)}

BINARISATION = Setting(
    "binarisation", str, "none", "Binarisation",
    "Of the pictures: none keeps grey; fixed draws black or white once; dynamic draws anew for"
    " every batch.\nThe data is opened again.",
    choices=BINARISATIONS,
)  # fmt: skip

WARNINGS = {
    "gaussian-per-pixel": "Sigma may run to 0 where the fit is exact: the bound rises and the"
    " samples get worse.",
    "bernoulli": "Grey values: a cross-entropy, not a likelihood. Binarise the data, or take the"
    " continuous Bernoulli.",
    "continuous-bernoulli": "Without a bound where pixels are exactly 0 or 1: on even backgrounds"
    " the codes drift outwards.",
}


class TrainingForm(QWidget):
    """Shows and sets both configurations; what is offered follows the preset and the data.

    ``form`` has the settings of every model, ``options`` the preset's own numbers.
    """

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        known = {s.name: s for s in (*settings_of(ModelConfig), *settings_of(TrainingConfig))}
        known[BINARISATION.name] = BINARISATION
        paired = [known[name] for pair in PAIRS for name in pair if name in known]
        rest = [one for name, one in known.items() if name not in FIRST and one not in paired]
        shown = [*(known[name] for name in FIRST), *paired, *words_left(rest)]
        self.form = ColumnForm(shown, len(FIRST), self)
        self.options = ColumnForm((), 0, self)
        self._warning = self._made_warning()
        self._lay_out()
        self.form.changed.connect(self._on_form_changed)
        self.options.changed.connect(self._on_options_changed)
        state.watch("training", self._show_training)
        state.watch("model_config training_config dataset", self._show_settings)

    def set_folded(self, folded: bool) -> None:
        """Show what a newcomer may want to change, or everything."""
        self.form.set_folded(folded)

    def set_columns(self, columns: int) -> None:
        """Two fields a row where there is room for them, else one."""
        for form in (self.form, self.options):
            form.set_columns(columns)
        for widget in (self._area, self._warning):
            widget.setFixedWidth(self.widths[columns])

    def _made_warning(self) -> QLabel:
        warning = QLabel(self)
        warning.setObjectName("settingsWarning")
        warning.setProperty("role", "warn")
        warning.setFont(theme.font(theme.SMALL))
        warning.setWordWrap(True)
        return warning

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._area = self._scrolling_form()
        self.widths = {columns: self._width_in(columns) for columns in (1, COLUMNS)}
        self.set_columns(COLUMNS)
        column.addWidget(self._area, 1)
        column.addWidget(self._warning)

    def _width_in(self, columns: int) -> int:
        """px that everything takes, unfolded, with its scroll bar."""
        self.form.set_columns(columns)
        self.form.set_folded(False)
        width = self.form.sizeHint().width() + theme.GRID + 12
        self.form.set_folded(True)
        return width

    def _scrolling_form(self) -> QScrollArea:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, theme.GRID, 0)
        column.setSpacing(4)
        column.addWidget(self.form)
        column.addWidget(self.options)
        column.addStretch(1)
        return scrolling(column, self)

    # -- showing ----------------------------------------------------------------------------

    def _show_training(self) -> None:
        for form in (self.form, self.options):
            form.offer(needs.missing(self._state.now, "idle"))

    def _show_settings(self) -> None:
        now = self._state.now
        preset = next((p for p in presets.values() if p.name == now.model_config.preset), None)
        if preset is not None:
            self._show_offers(preset)
            self._show_options(preset)
            self._show_warning(preset)
        self.form.set_values(now.model_config)
        self.form.set_values(now.training_config)
        self.form.set_values(now.dataset.preparation if now.dataset is not None else None)
        pictures = "" if self._kind() == "images" else "Only pictures are binarised"
        self.form.offer_one("binarisation", needs.missing(now, "data") or pictures)

    def _kind(self) -> str:
        data = self._state.now.dataset
        return "images" if data is None else data.preparation.kind

    def _binary(self) -> bool:
        data = self._state.now.dataset
        if data is None or self._kind() != "images":
            return False
        return data.preparation.levels == 1 or data.preparation.binarisation != "none"

    def _show_offers(self, preset: Preset) -> None:
        """The models, bodies and likelihoods that there are for this kind of data."""
        kind, asked = self._kind(), self._state.now.model_config.likelihood
        members = [p for p in presets.values() if kind in p.kinds]
        self.form.set_choices("preset", [(p.name, p.name, p.summary) for p in members])
        self.form.set_choices(
            "body", [(n, n, BODY_HELP.get(n, "")) for n in preset.bodies_for(kind)]
        )
        names = preset.likelihoods_for(kind)
        offered = [(n, spoken(n, binary=self._binary()), display_name(n, binary=self._binary()))
                   for n in names]  # fmt: skip
        if asked != names[0]:  # "" is the first of them
            offered[0] = ("", offered[0][1], f"{offered[0][2]}: the default")
        self.form.set_choices("likelihood", offered)

    def _show_options(self, preset: Preset) -> None:
        """The numbers of the preset's own; sigma only where it is one that is fixed."""
        config = self._state.now.model_config
        fixed = preset.likelihood_for(config.likelihood, self._kind()) == "gaussian"
        named = {n: v for n, v in preset.options.items() if n != "sigma" or fixed}
        settings = [option(n, v, preset.option_help.get(n, "")) for n, v in named.items()]
        self.options.set_settings(settings)
        self.options.show_values({**named, **config.options})

    def _show_warning(self, preset: Preset) -> None:
        likelihood = preset.likelihood_for(self._state.now.model_config.likelihood, self._kind())
        text = WARNINGS.get(likelihood, "")
        if likelihood == "bernoulli" and self._binary():
            text = ""
        self._warning.setText(text)
        self._warning.setVisible(bool(text))

    # -- the hand ---------------------------------------------------------------------------

    @Slot(str, object)
    def _on_form_changed(self, name: str, value: Any) -> None:
        now, change = self._state.now, {name: value}
        self._state.mark(self.form.gesture(name))
        if name == "preset":
            self._session.choose_preset(value)
        elif name == BINARISATION.name:
            self._session.binarise(value)
        elif name in MODEL_FIELDS:
            self._session.configure(model=replace(now.model_config, **change))
        else:
            self._session.configure(training=replace(now.training_config, **change))

    @Slot(str, object)
    def _on_options_changed(self, name: str, value: Any) -> None:
        config = self._state.now.model_config
        self._state.mark(self.options.gesture(name))
        self._session.configure(model=replace(config, options={**config.options, name: value}))


class ColumnForm(SettingsForm):
    """A form that can stand in one column, where two have no room."""

    _columns = COLUMNS

    def set_settings(self, settings: Sequence[Setting], always: int | None = None) -> None:
        """Other fields, in as many columns as before."""
        super().set_settings(settings, always)
        self._stand()

    def set_columns(self, columns: int) -> None:
        """One or two fields a row."""
        if columns != self._columns:
            self._columns = columns
            self._stand()

    def _stand(self) -> None:
        """Take every label and control out, and put them where they stand in so many columns."""
        items = [self._grid.takeAt(0) for _ in range(self._grid.count())]
        widgets = [None if item is None else item.widget() for item in items]
        parts = [widget for widget in widgets if widget is not None]
        pairs = zip(parts[::2], parts[1::2], strict=True)
        for i, (label, control) in enumerate(pairs):
            row, column = divmod(i, self._columns)
            assert isinstance(label, QLabel)
            label.setIndent(theme.GRID if column else 0)
            self._grid.addWidget(label, row, 2 * column)
            self._grid.addWidget(control, row, 2 * column + 1)
        least = max(LABELS) - theme.GRID if self._columns == 1 else LABELS[0]
        self._grid.setColumnMinimumWidth(0, least)
        self._grid.setColumnMinimumWidth(2, 0 if self._columns == 1 else LABELS[1])


def words_left(settings: list[Setting]) -> list[Setting]:
    """Choices in the wider left column, numbers beside them, for as long as there are both."""
    words = [one for one in settings if one.choices]
    numbers = [one for one in settings if not one.choices]
    paired = [one for pair in zip(words, numbers, strict=False) for one in pair]
    return paired + words[len(numbers) :] + numbers[len(words) :]


BODY_HELP = {
    "mlp": "Dense layers",
    "conv": "Convolutions over pictures",
    "conv1d": "Convolutions along a signal",
    "burda": "Two hidden layers of 200 tanh units, as in Burda et al. 2015",
    "linear": "One linear map each way",
}


def option(name: str, default: float, help: str) -> Setting:
    """A preset's own number as a setting: whole numbers as such, where the default is one."""
    whole = float(default).is_integer() and name not in ("dropout", "sigma", "beta")
    label = name.replace("_", " ")
    low, high = (1.0, 65_536.0) if whole else (0.0, 0.95 if name == "dropout" else 1000.0)
    kind = int if whole else float
    return Setting(name, kind, kind(default), label[:1].upper() + label[1:], help, low, high)


def spoken(likelihood: str, *, binary: bool) -> str:
    """A likelihood's name; Bernoulli is none for grey values (math section 2), and says so."""
    if likelihood == "bernoulli" and not binary:
        return display_name(likelihood)
    return likelihood.replace("-", " ")
