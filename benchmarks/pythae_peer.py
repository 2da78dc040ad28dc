"""The bundled 2-latent `fashion` model against the best that pythae trains on the same split.

    python -m benchmarks.pythae_peer [--json] [--seconds 86] [--threads 1] [--losses gaussian ...]

pythae's own VAE with its default MLP and its MNIST conv nets, with its two losses (bce, mse) and
with two better likelihoods put in by a subclass (continuous Bernoulli, Gaussian of one learned
sigma). All get the same training part, the same seconds, threads, batch, Adam and cosine schedule,
in a loop without the overhead of pythae's own trainer; each is tried with two learning rates and
the better one is reported.

Every model is judged by the same two densities on the test part, mean of 10 draws, nats a sample:
a Gaussian whose sigma is chosen for that model on the training part, and the continuous
Bernoulli. Each decoder gives both a mean and a lambda. A model is at its best in the column that it
was trained for; "elbo gaussian" is the one that the bundled model was trained for.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 the field's own name for it

from benchmarks.reporting import report, say
from explorer.data.dataset import Dataset
from explorer.data.opening import open_dataset
from explorer.models import checkpoint
from explorer.models.autoencoder import from_snapshot
from explorer.models.config import ModelConfig, ModelSnapshot
from explorer.models.likelihoods.continuous_bernoulli import ContinuousBernoulli
from explorer.models.threads import threads
from explorer.task import Task
from explorer.training.config import TrainingConfig
from explorer.training.loop import train

BATCH, DRAWS, RATES = 128, 10, (1e-3, 2e-3)
CB = ContinuousBernoulli()
# encode: x -> mu, log_var (b, d); decode: z -> the Gaussian's mean, the CB's logits (b, D)
Pair = tuple[Tensor, Tensor]
Coder = tuple[Callable[[Tensor], Pair], Callable[[Tensor], Pair]]


def part(dataset: Dataset, *, test: bool) -> Tensor:
    """(n, 1, 28, 28) float in [0, 1]."""
    index = dataset.test_index if test else dataset.train_index
    rows = torch.from_numpy(dataset.x[index].transpose(0, 3, 1, 2).copy())
    return rows.float() / dataset.preparation.levels


# -- the peers --------------------------------------------------------------------------------


def peer(net: str, loss: str) -> nn.Module:
    """A pythae VAE: net "mlp" or "conv"; loss "bce", "mse", "cb" or "gaussian"."""
    from pythae.models import VAE, VAEConfig
    from pythae.models.nn.benchmarks.mnist import Decoder_Conv_AE_MNIST, Encoder_Conv_VAE_MNIST

    class Better(VAE):
        """The same model with a likelihood that is a density."""

        def __init__(self, **pieces: object) -> None:
            super().__init__(**pieces)
            self.log_sigma = nn.Parameter(torch.tensor(-0.1))

        def loss_function(
            self, recon_x: Tensor, x: Tensor, mu: Tensor, log_var: Tensor, _z: Tensor
        ) -> tuple[Tensor, Tensor, Tensor]:
            output, x = recon_x.flatten(1), x.flatten(1)
            if loss == "cb":
                reconstruction = -cb_log_prob(logits_of(output), x)
            else:
                reconstruction = -gaussian_log_prob(output, x, self.log_sigma)
            kl = 0.5 * (mu.square() + log_var.exp() - 1 - log_var).sum(1)
            return (reconstruction + kl).mean(), reconstruction.mean(), kl.mean()

    base = loss if loss in ("bce", "mse") else "mse"
    config = VAEConfig(input_dim=(1, 28, 28), latent_dim=2, reconstruction_loss=base)
    pieces: dict[str, object] = {"model_config": config}
    if net == "conv":
        pieces["encoder"] = Encoder_Conv_VAE_MNIST(config)
        pieces["decoder"] = Decoder_Conv_AE_MNIST(config)
    return VAE(**pieces) if loss == base else Better(**pieces)


def fit(model: nn.Module, x: Tensor, rate: float, seconds: float) -> int:
    """Adam, fused, with a cosine over the given seconds; returns the epochs it got through."""
    model.train()
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, fused=True)
    start, epochs = time.perf_counter(), 0
    while True:
        for index in torch.randperm(len(x)).split(BATCH):
            share = (time.perf_counter() - start) / seconds
            if share >= 1:
                return epochs
            for group in optimiser.param_groups:
                group["lr"] = rate * 0.5 * (1 + math.cos(math.pi * share))
            optimiser.zero_grad()
            model({"data": x[index]}).loss.backward()
            optimiser.step()
        epochs += 1


def coder_of(model: nn.Module, loss: str) -> Coder:
    """Both directions of a trained peer."""

    def encode(x: Tensor) -> Pair:
        found = model.encoder(x)
        return found.embedding, found.log_covariance

    def decode(z: Tensor) -> Pair:
        output = model.decoder(z).reconstruction.flatten(1)
        logits = logits_of(output)
        return (CB.mean(logits) if loss == "cb" else output), logits

    return encode, decode


# -- ours -------------------------------------------------------------------------------------


def our_coder(snapshot: ModelSnapshot) -> Coder:
    """The same two functions over one of our models."""
    module = from_snapshot(snapshot)
    is_cb = isinstance(module.likelihood, ContinuousBernoulli)

    def encode(x: Tensor) -> Pair:
        posterior = module.encode(x)
        return posterior.mean, 2 * posterior.std.log()

    def decode(z: Tensor) -> Pair:
        mean = module.decode(z).flatten(1)
        return mean, module.raw(z).flatten(1) if is_cb else logits_of(mean)

    return encode, decode


def fresh(likelihood: str, dataset: Dataset, seconds: float) -> tuple[Coder, int]:
    """Trained here and now, in as many epochs as fit into the seconds."""
    model = ModelConfig(likelihood=likelihood)
    probe = TrainingConfig(epochs=3, device="cpu", threads=torch.get_num_threads())
    speed = train(model, probe, dataset, Task(), publish=False).samples_per_second
    epochs = max(1, int(seconds * speed / len(dataset.train_index)))
    config = TrainingConfig(
        epochs=epochs, lr=2e-3, schedule="cosine", device="cpu", threads=torch.get_num_threads()
    )
    return our_coder(train(model, config, dataset, Task(), publish=False).snapshot), epochs


# -- one judge for all ------------------------------------------------------------------------


def gaussian_log_prob(mean: Tensor, x: Tensor, log_sigma: Tensor) -> Tensor:
    """(b, D) -> (b,)."""
    scaled = (x - mean).square() * (-2 * log_sigma).exp()
    return -(0.5 * scaled + log_sigma + 0.5 * math.log(2 * math.pi)).sum(1)


def logits_of(probability: Tensor) -> Tensor:
    """A probability, or lambda, as logits."""
    return torch.logit(probability.clamp(6e-8, 1 - 6e-8))


def cb_log_prob(logits: Tensor, x: Tensor) -> Tensor:
    """(b, D) -> (b,)."""
    return CB.log_prob(logits[:, None, None], x[:, None, None])


@torch.inference_mode()
def judge(coder: Coder, dataset: Dataset) -> dict[str, float]:
    """ELBO under both densities, and its KL, on the test part."""
    encode, decode = coder
    generator = torch.Generator().manual_seed(0)
    log_sigma = _best_log_sigma(coder, part(dataset, test=False))
    x = part(dataset, test=True)
    mu, log_var = encode(x)
    kl = 0.5 * (mu.square() + log_var.exp() - 1 - log_var).sum(1)
    flat, gaussian, cb = x.flatten(1), 0.0, 0.0
    for _ in range(DRAWS):
        noise = torch.randn(mu.shape, generator=generator)
        mean, logits = decode(mu + (0.5 * log_var).exp() * noise)
        gaussian += float((gaussian_log_prob(mean, flat, log_sigma) - kl).mean()) / DRAWS
        cb += float((cb_log_prob(logits, flat) - kl).mean()) / DRAWS
    return {
        "elbo gaussian": round(gaussian, 2),
        "elbo cb": round(cb, 2),
        "kl": round(float(kl.mean()), 2),
    }


def _best_log_sigma(coder: Coder, x: Tensor) -> Tensor:
    encode, decode = coder
    mu, log_var = encode(x)
    mean, _ = decode(mu + (0.5 * log_var).exp() * torch.randn_like(mu))
    return 0.5 * F.mse_loss(mean, x.flatten(1)).log()


def best_peer(net: str, loss: str, dataset: Dataset, seconds: float) -> dict[str, object]:
    """The better of two learning rates, by the density that it was trained for."""
    wanted = "elbo cb" if loss in ("bce", "cb") else "elbo gaussian"
    found = []
    for rate in RATES:
        torch.manual_seed(0)
        model = peer(net, loss)
        epochs = fit(model, part(dataset, test=False), rate, seconds)
        figures = judge(coder_of(model.eval(), loss), dataset)
        found.append({"model": f"pythae {net} {loss}", "lr": rate, "epochs": epochs, **figures})
        say(f"pythae_peer: {found[-1]}")
    return max(found, key=lambda row: row[wanted])


def main() -> None:
    """Train them all and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, help="default: what the bundled model took")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--nets", nargs="+", default=["mlp", "conv"])
    parser.add_argument("--losses", nargs="+", default=["bce", "mse", "cb", "gaussian"])
    given = parser.parse_args()
    dataset = open_dataset("fashion")
    bundled = checkpoint.load(checkpoint.bundled()["fashion"])
    seconds = given.seconds or float(bundled.training["seconds"])
    with threads(given.threads):
        rows: list[dict[str, object]] = [{"model": "bundled", **judge(our_coder(bundled), dataset)}]
        fair = {"gaussian": "gaussian-learned", "cb": "continuous-bernoulli"}
        for likelihood in [fair[loss] for loss in given.losses if loss in fair]:
            coder, epochs = fresh(likelihood, dataset, seconds)
            name = f"ours fresh {likelihood}"
            rows.append({"model": name, "lr": 2e-3, "epochs": epochs, **judge(coder, dataset)})
            say(f"pythae_peer: {rows[-1]}")
        for net in given.nets:
            for loss in given.losses:
                rows.append(best_peer(net, loss, dataset, seconds))  # noqa: PERF401 one a minute
    peers = [row for row in rows if str(row["model"]).startswith("pythae")]
    report(
        "pythae_peer", rows, as_json=given.json, seconds_each=round(seconds, 1),
        threads=given.threads, bundled_elbo=rows[0]["elbo gaussian"],
        best_pythae_elbo=max(row["elbo gaussian"] for row in peers),
    )  # fmt: skip


if __name__ == "__main__":
    main()
