"""Every model of the family on the same data: the table of benchmarks/results.md.

    python -m benchmarks.results --keep FOLDER [--data fashion digits] [--mnist FILE] [--dims 2 16]
        [--seeds 3] [--fifty 3] [--presets NAME ...] [--draws 1000] [--scale 1.0] [--published FILE]
        [--burda FILE] [--burda-epochs 20 80] [--processes 2]
    python -m benchmarks.results --table-only

Each run is a process of its own with one thread. Its model stays in FOLDER with what is known of
each test sample, so that measuring again trains nothing; take its folder away to train it anew.
What is done is kept in benchmarks/results.jsonl, a line a run, so that a stopped command goes on
where it was; the page is written from that file and from the words of benchmarks/results_head.md,
whose numbers are fields. --measure-again measures what is there already.
MNIST is no part of this repository: FILE is anything that can be opened.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

from benchmarks.family import jobs as family
from benchmarks.family.curve import svg
from benchmarks.family.jobs import Job, Values
from benchmarks.family.measuring import work
from benchmarks.family.page import page
from benchmarks.family.pairing import paired
from benchmarks.family.telling import filled, with_before
from benchmarks.reporting import say

HERE = Path(__file__).parent
KEPT, PAGE, TOLD = HERE / "results.jsonl", HERE / "results.md", HERE / "results_head.md"
CURVE = HERE / "results_curve.svg"  # shown by the page
BEFORE = HERE / "results_before.jsonl"  # L_5000 of the table that this one follows


def kept() -> dict[str, Values]:
    """What has been measured, by the job's key."""
    return {line["key"]: line for line in lines_of(KEPT)} if KEPT.exists() else {}


def lines_of(path: Path) -> list[Values]:
    """The JSON objects of a file that has one a line."""
    return [json.loads(line) for line in path.read_text().splitlines() if line]


def write(rows: Mapping[str, Values]) -> None:
    """All lines anew, in the order of their keys: a run is a line that stays where it is."""
    lines = [json.dumps(row) for _, row in sorted(rows.items())]
    fresh = KEPT.with_suffix(".new")
    fresh.write_text("\n".join(lines) + "\n")
    fresh.replace(KEPT)


def run(jobs: Sequence[Job], given: argparse.Namespace) -> None:
    """Work off what is missing, a line of the file for each as it comes."""
    done = {} if given.measure_again else kept()
    missing = [job for job in jobs if job.key not in done]
    say(f"results: {len(jobs) - len(missing)} of {len(jobs)} runs are there already")
    os.environ["OMP_NUM_THREADS"] = "1"
    began = time.monotonic()
    with ProcessPoolExecutor(given.processes, get_context("spawn")) as pool:
        futures = {pool.submit(work, job, given.keep, given.draws): job for job in missing}
        for i, future in enumerate(as_completed(futures), 1):
            job = futures[future]
            try:
                values = future.result()
            except Exception as error:  # noqa: BLE001 - the others go on; the page shows the gap
                say(f"results: {job.name} failed: {error}")
                continue
            write({**kept(), job.key: {"key": job.key, **values}})
            minutes = (time.monotonic() - began) / 60
            say(f"results: {i} of {len(missing)}, {minutes:.1f} min: {job.name}")


def pair(jobs: Sequence[Job], folder: Path) -> None:
    """Put what each run differs by from its base into its line."""
    rows = kept()
    for key, found in paired(jobs, folder).items():
        if key in rows and found:
            rows[key] = {**rows[key], **found}
    write(rows)


def asked() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="the folder that models are kept in")
    parser.add_argument("--data", nargs="*", default=["fashion", "digits"])
    parser.add_argument("--mnist", help="a file with MNIST, run as well")
    parser.add_argument("--dims", nargs="*", type=int, default=[2, 16])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--fifty", type=int, default=3, help="seeds of iwae with 50 draws")
    parser.add_argument("--presets", nargs="*")
    parser.add_argument("--draws", type=int, default=1000, help="where log p(x) is not exact")
    parser.add_argument("--scale", type=float, default=1.0, help="of the numbers of epochs")
    parser.add_argument("--published", help="a file with MNIST, for the figure with 2 latents")
    parser.add_argument("--burda", help="a file with MNIST, for the setting of Burda et al.")
    parser.add_argument("--burda-epochs", nargs="*", type=int, default=[20, 80])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--measure-again", action="store_true")
    parser.add_argument("--table-only", action="store_true")
    given = parser.parse_args()
    if given.keep is None and not given.table_only:
        parser.error("--keep FOLDER says where models go")
    given.data = [*given.data, *([given.mnist] if given.mnist else [])]
    return given


def jobs_of(given: argparse.Namespace) -> list[Job]:
    """All that the command line asks for."""
    jobs = list(family.planned(given))
    if given.published:
        jobs += family.published(given.published, given.seeds)
    for epochs in given.burda_epochs if given.burda else ():
        jobs += family.burda(given.burda, epochs)
    return jobs


def written() -> str:
    """The page, made of its head, the lines, and what was published here before."""
    rows = with_before(list(kept().values()), lines_of(BEFORE))
    return page(filled(TOLD.read_text(), rows), rows)


def publish() -> None:
    """The page and its picture."""
    PAGE.write_text(written())
    CURVE.write_text(svg(list(kept().values())))


def main() -> None:
    """Run what is missing and write the page."""
    given = asked()
    if not given.table_only:
        jobs = jobs_of(given)
        run(jobs, given)
        pair(jobs, given.keep)
    publish()
    say("results: written to benchmarks/results.md")


if __name__ == "__main__":
    sys.exit(main())
