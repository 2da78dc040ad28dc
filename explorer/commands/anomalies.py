"""``latent-explorer anomalies``: which samples are unlike the others."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from explorer.commands import commands
from explorer.models.config import ModelSnapshot
from explorer.terminal.command import (
    Command,
    checkpoint_argument,
    choice,
    data_argument,
    limited,
    option,
)
from explorer.terminal.console import Console, Result
from explorer.terminal.files import check_out
from explorer.terminal.reading import ReadsData
from explorer.terminal.sources import open_checkpoint, open_data_for
from explorer.terminal.tables import labels_of, write_table


@commands.register("anomalies")
@dataclass(frozen=True)
class AnomaliesCommand(ReadsData, Command):
    """Score how unlike its training data a model finds each sample.

    The .csv has the columns index, label, score (greater is odder), reconstruction and kl, in nats.

    With --normal, samples of all other labels count as anomalies: AUROC says how well the score
    finds them (1 is perfect, 0.5 is guessing), and how well PCA's error does. That asks for a model
    which was trained on the normal samples alone, as train --only makes one. PCA learns what the
    model did: the normal samples alone if the model saw no others, else the whole training part;
    pca_learned says which.
    """

    topic = "measurements"
    examples = (
        "train digits --out zeros --only 0 --epochs 30",
        "anomalies zeros digits --out scores.csv --normal 0",
    )

    checkpoint: str = checkpoint_argument()
    data: str = data_argument()
    out: Path = option("The .csv to write.")
    normal: tuple[str, ...] = option(
        "A label that is normal; all others count as anomalies.", (), metavar="LABEL"
    )
    score: str = choice(
        "What is scored; auto is elbo where the model has one.",
        ("auto", "elbo", "reconstruction", "likelihood", "mse"),
    )
    samples: int = limited("Codes drawn for each sample.", 50, low=1, high=10**6)
    split: str = choice("Which part of the data.", ("test", "train", "all"))
    seed: int = limited("Same seed, same scores.", 0, low=0, high=2**31)

    def run(self, console: Console) -> Result:
        """Score and write; says how well the score tells the normal from the others."""
        out = check_out(self.out, ".csv")
        model = open_checkpoint(self.checkpoint)
        dataset = open_data_for(model, self.data, console, self.choices)
        from explorer.analysis import anomalies, cautions
        from explorer.analysis.basis import described_likelihood, measured_on
        from explorer.analysis.passes import split_index
        from explorer.models import autoencoder

        normal, given = self.normal, dataset
        said = described_likelihood(model.config, dataset)
        dataset = measured_on(dataset)
        odd = anomalies.odd_ones(dataset, self.normal) if self.normal else None
        index = split_index(dataset, self.split)
        alone = odd is not None and anomalies.saw_only(model, given, normal, odd)
        if odd is not None and not alone and _learned_others(model, normal):
            console.note(_learned_of_all(normal))
        linear = anomalies.normal_pca(
            dataset, model.config.latent_dim, odd if alone else None, console.task
        )
        kind = "" if self.score == "auto" else self.score
        with console.interrupt_cancels():
            found = anomalies.score(
                autoencoder.from_snapshot(model), dataset, index, linear, console.task,
                kind=kind, draws=self.samples, seed=self.seed,
            )  # fmt: skip
        columns = {
            "index": index,
            "label": labels_of(dataset, index),
            "score": found.score,
            "reconstruction": found.reconstruction,
            "kl": found.kl,
        }
        write_table(out, columns)
        both = (found.score, found.pca_mse)
        measured = [None if odd is None else anomalies.auroc(odd[index], s) for s in both]
        values: Result = {
            "n": len(index),
            "auroc": measured[0],
            "pca_auroc": measured[1],
            "score": found.kind,
            "k": len(linear),
            "pca_learned": f"the {'normal' if alone else 'whole'} training part",
            "pca_n": linear.n,
            "anomalies": None if odd is None else int(odd[index].sum()),
            "split": self.split,
            **said,
            "out": out,
        }
        why = "no class was said to be normal (--normal)"
        if odd is not None:
            why = f"all samples of this part are {'odd' if odd[index].all() else 'normal'}"
        missing = cautions.of_nulls(values, ("auroc", "pca_auroc", "anomalies"), why)
        return {**values, "warnings": missing}


def _learned_others(model: ModelSnapshot, normal: tuple[str, ...]) -> bool:
    """Whether the model is known to have seen classes that are not normal."""
    classes = model.data.get("classes")
    return isinstance(classes, (list, tuple)) and not set(classes) <= set(normal)


def _learned_of_all(normal: tuple[str, ...]) -> str:
    """What to say of a model that has learned to draw the anomalies, too."""
    labels = " ".join(shlex.quote(label) for label in normal)
    return (
        "the model was not trained on the normal samples alone, so the others are hardly odd to "
        f"it: train --only {labels} makes one that was"
    )
