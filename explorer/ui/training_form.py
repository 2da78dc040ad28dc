"""The settings of the next training, of the model and of how it is trained, as one form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from explorer.app import needs
from explorer.app.session import Session
from explorer.app.state import State
from explorer.config import Setting, settings_of
from explorer.data.kinds import BINARISATIONS, kind_of
from explorer.models.config import ModelConfig
from explorer.models.groups import GROUPS, NOISE
from explorer.models.pieces.bodies import body_pieces
from explorer.models.pieces.likelihoods import likelihood_pieces
from explorer.models.presets import Preset, presets
from explorer.training.config import TrainingConfig
from explorer.ui.themes import theme
from explorer.ui.widgets.forms.settings_form import LABEL, SettingsForm
from explorer.ui.widgets.scrolling import scrolling

MODEL_FIELDS = {one.name for one in settings_of(ModelConfig)}

BINARISATION = Setting(
    "binarisation", str, "none", "Binarisation",
    "Of the pictures: none keeps grey; fixed draws black or white once; dynamic draws anew for"
    " every batch.\nThe data is opened again.",
    choices=BINARISATIONS, group=NOISE,
)  # fmt: skip

NARROWEST, SCROLL_BAR = 140, 12  # px of a control, and of what is beside it


class TrainingForm(QWidget):
    """Shows and sets both configurations; what is offered follows the preset and the data.

    ``form`` has the settings of every model, ``options`` by group those of the pieces chosen.
    """

    def __init__(self, state: State, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._session = state, session
        known = {s.name: s for s in (*settings_of(ModelConfig), *settings_of(TrainingConfig))}
        known[BINARISATION.name] = BINARISATION
        self.form = SettingsForm(grouped(known.values()), self, heads=GROUPS)
        self.options = {group: SettingsForm({}, self) for group in GROUPS}
        for group, form in self.options.items():
            self.form.put_below(group, form)
            form.changed.connect(partial(self._change_option, form))
        self._warning = self._made_warning()
        self._lay_out()
        self.form.changed.connect(self._on_form_changed)
        state.watch("training", self._show_training)
        state.watch("model_config training_config dataset", self._show_settings)

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
        area = self._scrolling_form()
        area.setMinimumWidth(LABEL + NARROWEST + 3 * theme.GRID + SCROLL_BAR)
        column.addWidget(area, 1)
        column.addWidget(self._warning)

    def _scrolling_form(self) -> QScrollArea:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, theme.GRID, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.form)
        column.addStretch(1)
        return scrolling(column, self)

    # -- showing ----------------------------------------------------------------------------

    def _show_training(self) -> None:
        for form in (self.form, *self.options.values()):
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
        drawn = len(kind_of(now.dataset).binarisations) > 1
        pictures = "" if drawn else "Only pictures are binarised"
        self.form.offer_one("binarisation", needs.missing(now, "data") or pictures)
        unjudged = "" if now.training_config.validation else "Only a validation part can judge it"
        for name in ("patience", "stop_when_converged"):
            self.form.offer_one(name, unjudged)

    def _kind(self) -> str:
        return kind_of(self._state.now.dataset).name

    def _binary(self) -> bool:
        data = self._state.now.dataset
        if data is None:
            return False
        preparation = data.preparation
        return kind_of(preparation).bounded and (
            preparation.levels == 1 or preparation.binarisation != "none"
        )

    def _show_offers(self, preset: Preset) -> None:
        """The models, bodies and likelihoods that there are for this kind of data."""
        kind, binary = self._kind(), self._binary()
        asked = self._state.now.model_config.likelihood
        members = [p for p in presets.values() if kind in p.kinds]
        self.form.set_choices("preset", [(p.name, p.name, p.summary) for p in members])
        bodies = [body_pieces[name] for name in preset.bodies_for(kind)]
        self.form.set_choices("body", [(one.name, one.name, one.help) for one in bodies])
        likelihoods = [likelihood_pieces[name] for name in preset.likelihoods_for(kind)]
        offered = [(one.name, one.short_for(binary=binary), one.title_for(binary=binary))
                   for one in likelihoods]  # fmt: skip
        if asked != likelihoods[0].name:  # "" is the first of them
            offered[0] = ("", offered[0][1], f"{offered[0][2]}: the default")
        self.form.set_choices("likelihood", offered)

    def _show_options(self, preset: Preset) -> None:
        """The settings of the pieces that are chosen."""
        config = self._state.now.model_config
        settings = preset.settings(config, self._kind())
        groups = grouped(settings)
        for group, form in self.options.items():
            form.set_groups({"": groups[group]})
            form.setVisible(bool(groups[group]))
            form.show_values({**{one.name: one.default for one in settings}, **config.options})

    def _show_warning(self, preset: Preset) -> None:
        likelihood = preset.likelihood_for(self._state.now.model_config.likelihood, self._kind())
        text = likelihood_pieces[likelihood].warning_for(binary=self._binary())
        self._warning.setText(text)
        self._warning.setVisible(bool(text))

    # -- mouse and keys ---------------------------------------------------------------------

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

    def _change_option(self, form: SettingsForm, name: str, value: Any) -> None:
        config = self._state.now.model_config
        self._state.mark(form.gesture(name))
        self._session.configure(model=replace(config, options={**config.options, name: value}))


def grouped(settings: Iterable[Setting]) -> dict[str, list[Setting]]:
    """The settings by their groups, in the order of `GROUPS`."""
    groups: dict[str, list[Setting]] = {group: [] for group in GROUPS}
    for one in settings:
        groups[one.group if one.group in groups else list(GROUPS)[-1]].append(one)
    return groups
