"""``python -m sohoa.build.recognizer PARTS OUT MINUTES [STEPS [PROCESSES]]``: train it.

The line recognizer. ``PARTS``: a folder of ``part-*.npz`` (see ``sohoa.imitate.lines``); those
numbered from 100000 are to test with. Parts that come while it trains are taken in. It ends after
``STEPS`` or ``MINUTES``, whichever comes first (two ``PROCESSES`` by default, one thread each:
threads of one process wait for each other longer than they work), and writes to ``OUT``
checkpoints, ``curve.tsv`` and ``lines.onnx``. Needs PyTorch: ``pip install sohoa[train]``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import distributed, multiprocessing
from torch.nn import functional

from sohoa.build.recognizer_net import STRIDE, LineNet, export
from sohoa.recognize.lines.framing import BASE, HEIGHT

_SEED = 20261122
_RATE = 3e-3
_BATCH_PX = 6_000  # width of all frames of one batch, of each process
_TEST_FROM = 100_000
_MOST_STRETCHED = 1.1
_SHAPES = 64  # widths of batches are multiples of this
_ALIGNED = 0.14  # of the training only the known places count, CTC after it
_EVERY = 200  # steps between two tests


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Frames side by side, and for each where it begins, its classes and their places."""

    pixels: NDArray[np.uint8]
    widths: NDArray[np.int32]
    lefts: NDArray[np.int64]
    codes: tuple[NDArray[np.int16], ...]
    places: tuple[NDArray[np.float32], ...]


def read_part(path: Path) -> Part:
    with np.load(path) as stored:
        widths, lengths = stored["widths"], stored["lengths"]
        ends = np.cumsum(lengths)[:-1]
        lefts = np.concatenate(([0], np.cumsum(widths.astype(np.int64))))
        return Part(
            stored["pixels"],
            widths,
            lefts,
            tuple(np.split(stored["codes"], ends)),
            tuple(np.split(stored["places"], ends)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """``frames`` N x 1 x HEIGHT x W; ``aligned`` N x places: the class at each place or blank."""

    frames: torch.Tensor
    places: torch.Tensor  # how many each frame has
    codes: torch.Tensor
    lengths: torch.Tensor
    aligned: torch.Tensor


def batches(parts: list[Part], rng: np.random.Generator, *, worn: bool) -> Iterator[Batch]:
    """All frames of the parts once, those of like width together, in random order."""
    index = np.array([(p, i) for p, part in enumerate(parts) for i in range(len(part.widths))])
    # Few shapes only: oneDNN prepares itself for each new one, and that takes longer than a step.
    widths = np.concatenate([part.widths for part in parts])
    shapes = (np.ceil(widths * _MOST_STRETCHED / _SHAPES) * _SHAPES).astype(int)
    groups = []
    for shape in np.unique(shapes):
        members = rng.permutation(np.flatnonzero(shapes == shape))
        size = max(8, _BATCH_PX // int(shape))
        members = np.resize(members, -(-len(members) // size) * size)
        groups += [(int(shape), part) for part in np.split(members, len(members) // size)]
    for at in rng.permutation(len(groups)):
        shape, members = groups[at]
        chosen = [(parts[p], int(i)) for p, i in index[members]]
        yield _batch(chosen, shape, rng, worn=worn)


def _batch(
    chosen: list[tuple[Part, int]], shape: int, rng: np.random.Generator, *, worn: bool
) -> Batch:
    widest = max(int(part.widths[i]) for part, i in chosen)
    frames = np.zeros((len(chosen), 1, HEIGHT, widest), dtype=np.float32)
    for row, (part, i) in enumerate(chosen):
        left, width = int(part.lefts[i]), int(part.widths[i])
        frames[row, 0, :, :width] = part.pixels[:, left : left + width] / 255.0
    across = 1.0
    tensor = torch.from_numpy(frames)
    if worn:
        tensor, across = _worn(tensor, rng)
    tensor = functional.pad(tensor, (0, shape - tensor.shape[3]))
    count = -(-tensor.shape[3] // STRIDE)
    aligned = np.zeros((len(chosen), count), dtype=np.int64)
    held = []
    for row, (part, i) in enumerate(chosen):
        held.append(min(count, -(-round(int(part.widths[i]) * across) // STRIDE)))
        last = -1
        for code, x in zip(part.codes[i], part.places[i] * across, strict=True):
            last = max(last + 1, round(float(x) / STRIDE - 0.4))
            if last < count:
                aligned[row, last] = code
    return Batch(
        tensor.contiguous(memory_format=torch.channels_last),
        torch.tensor(held),
        torch.from_numpy(np.concatenate([part.codes[i] for part, i in chosen]).astype(np.int64)),
        torch.tensor([len(part.codes[i]) for part, i in chosen]),
        torch.from_numpy(aligned),
    )


def _worn(frames: torch.Tensor, rng: np.random.Generator) -> tuple[torch.Tensor, float]:
    """Frames a little larger or smaller, off level, softer, paler, noisier; the factor across."""
    height, width = (
        HEIGHT * rng.uniform(0.93, 1.07),
        frames.shape[3] * rng.uniform(0.9, _MOST_STRETCHED),
    )
    size = (round(height), max(8, int(width)))
    across = size[1] / frames.shape[3]
    moved = functional.interpolate(frames, size=size, mode="bilinear", antialias=True)
    up = round(BASE * size[0] / HEIGHT - BASE + rng.normal(0, 0.8))
    placed = functional.pad(moved, (0, 0, 8, 8))[:, :, 8 + up : 8 + up + HEIGHT]
    if rng.random() < 0.3:
        soft = functional.avg_pool2d(placed, 3, 1, 1)
        share = float(rng.uniform(0.2, 1.0))
        placed = placed * (1 - share) + soft * share
    count = len(frames)
    shape = (count, 1, 1, 1)
    power = torch.from_numpy(rng.uniform(0.6, 1.6, shape).astype(np.float32))
    worn = placed.clamp(0, 1) ** power
    if rng.random() < 0.3:
        worn = (worn * 4 - float(rng.uniform(1.0, 2.4))).clamp(0, 1)
    noise = torch.from_numpy(rng.uniform(0, 0.12, shape).astype(np.float32) ** 1.5)
    worn = worn + noise * torch.from_numpy(rng.standard_normal(worn.shape, dtype=np.float32))
    return worn.clamp(0, 1), across


def loss_of(net: LineNet, batch: Batch, done: float) -> torch.Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        scores = net(batch.frames)
    chances = scores.float().log_softmax(1)
    aligned = functional.nll_loss(chances, batch.aligned)
    if done < _ALIGNED:
        return aligned
    ctc = functional.ctc_loss(
        chances.permute(2, 0, 1), batch.codes, batch.places, batch.lengths, zero_infinity=True
    )
    return ctc + 0.2 * aligned


def greedy(chances: torch.Tensor, count: int) -> list[int]:
    best = chances[:, :count].argmax(0).tolist()
    return [c for i, c in enumerate(best) if c and (i == 0 or c != best[i - 1])]


def measure(net: LineNet, parts: list[Part], limit: int = 25) -> float:
    """Share of characters read wrong on test frames."""
    from rapidfuzz.distance import Levenshtein

    net.eval()
    wrong = total = 0
    with torch.no_grad():
        for number, batch in enumerate(batches(parts, np.random.default_rng(1), worn=False)):
            if number == limit:
                break
            with torch.autocast("cpu", torch.bfloat16):
                scores = net(batch.frames)
            truths = torch.split(batch.codes, batch.lengths.tolist())
            for row, truth in enumerate(truths):
                read = greedy(scores[row], int(batch.places[row]))
                wrong += Levenshtein.distance(read, truth.tolist())
                total += len(truth)
    net.train()
    return wrong / max(1, total)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where parts lie, where results go, how long to train, and by how many processes."""

    folder: Path
    out: Path
    minutes: float
    steps: int
    processes: int


def train(rank: int, plan: Plan) -> None:
    """Train as one of several processes; the first of them measures and writes the results."""
    torch.set_num_threads(1)
    distributed.init_process_group(
        "gloo", init_method=f"file://{plan.out.resolve()}/meeting", rank=rank,
        world_size=plan.processes,
    )  # fmt: skip
    torch.manual_seed(_SEED)
    rng = np.random.default_rng((_SEED, rank))
    net = _trained(rank, plan, rng)
    if rank == 0:
        torch.save(net.state_dict(), plan.out / "checkpoint.pt")
        export(net, str(plan.out / "lines.onnx"))
    distributed.destroy_process_group()


def _shared(net: LineNet, done: float, processes: int) -> float:
    """Gradients made the mean of those of all processes; how far the farthest of them is."""
    gradients = [each.grad for each in net.parameters() if each.grad is not None]
    flat = torch.cat([each.reshape(-1) for each in gradients] + [torch.tensor([done])])
    distributed.all_reduce(flat)
    flat /= processes
    at = 0
    for each in gradients:
        each.copy_(flat[at : at + each.numel()].reshape(each.shape))
        at += each.numel()
    return float(flat[-1])


def _trained(rank: int, plan: Plan, rng: np.random.Generator) -> LineNet:
    net: LineNet = LineNet().to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), _RATE, weight_decay=0.01)
    known: dict[Path, Part] = {}
    tests: list[Part] = []
    started, step, smooth, seen, done = time.monotonic(), 0, 0.0, 0, 0.0
    while True:
        for path in sorted(plan.folder.glob("part-??????.npz")):
            if int(path.stem[-6:]) >= _TEST_FROM:
                tests = tests or [read_part(path)]
            elif path not in known:
                known[path] = read_part(path)
        parts = list(known.values())
        some = [parts[i] for i in rng.permutation(len(parts))[:6]]
        for batch in batches(some, rng, worn=True):
            rate = _RATE * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * np.cos(np.pi * done)) + 1e-5
            for group in optimizer.param_groups:
                group["lr"] = rate
            loss = loss_of(net, batch, done)
            optimizer.zero_grad()
            loss.backward()
            spent = (time.monotonic() - started) / 60
            done = _shared(net, max(spent / plan.minutes, step / plan.steps), plan.processes)
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            step += 1
            seen += len(batch.lengths) * plan.processes
            value = float(loss.detach())
            smooth = 0.98 * smooth + 0.02 * value if step > 1 else value
            if rank == 0 and step % _EVERY == 0:
                error = measure(net, tests) if tests else float("nan")
                row = f"{spent:.1f}\t{step}\t{seen}\t{len(parts)}\t{smooth:.4f}\t{error:.4f}"
                _write_row(plan.out, row)
                torch.save(net.state_dict(), plan.out / "checkpoint.pt")
            if done >= 1:
                return net


def _write_row(out: Path, row: str) -> None:
    path = out / "curve.tsv"
    if not path.exists():
        path.write_text("minutes\tstep\tframes\tparts\tloss\ttest_cer\n")
    with path.open("a", encoding="utf-8") as curve:
        curve.write(row + "\n")
    print(row, flush=True)


def main(arguments: list[str]) -> int:
    if not 3 <= len(arguments) <= 5:
        print(__doc__, file=sys.stderr)
        return 2
    steps = int(arguments[3]) if len(arguments) > 3 else 10**9
    processes = int(arguments[4]) if len(arguments) > 4 else 2
    plan = Plan(Path(arguments[0]), Path(arguments[1]), float(arguments[2]), steps, processes)
    plan.out.mkdir(parents=True, exist_ok=True)
    (plan.out / "meeting").unlink(missing_ok=True)
    (plan.out / "curve.tsv").unlink(missing_ok=True)
    multiprocessing.spawn(train, (plan,), nprocs=processes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
