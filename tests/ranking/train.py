"""Train the ranking's network on drawn boards, and write src/vision/compare/network.bin.

    python3 tests/ranking/train.py EVIDENCE_DIR... --out src/vision/compare/network.bin [--check EVIDENCE_DIR ...]

`cargo xtask train` draws the boards, writes their evidence and calls this; docs/method.md tells what comes of it.
An evidence folder holds, per case, NAME.json (candidates with boxes and numbers, boxes of what was really done) and NAME.bin
(a window of 7 x 48 x 48 bytes per candidate), as `cargo run --example evidence` writes them. Folders given to --check are
only measured. Needs numpy and torch (CPU). Every fifth board is held back from training.
"""
import argparse
import json
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
from network import Network, write  # noqa: E402

PLANES, SIDE, NUMBERS = 7, 48, 25
# What the numbers become when photo and reference change places: an added part is a missing one seen the other way round.
SWAPPED = [0, 1, 2, 3, 4, 5, 6, 7, 9, 8, 10, 12, 11, 13, 14, 16, 15, 18, 17, 19, 20, 21, 22, 23, 24]
SIGNED = slice(19, 22)
# How judge.rs puts the network's word and the rules' together.
TRUST, SUREST_NO, SUREST_YES = 0.5, -2.0, 9.0
# A candidate that covers less than this part of what was done, and little of it in common, is a fragment: neither right nor wrong.
FRAGMENT = 0.08
# Candidates of a pair that are all learned from, in the order of the rules.
HARD = 150


def overlap(a, b):
    """Common area over joint area of two boxes (x, y, w, h)."""
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    common = max(w, 0) * max(h, 0)
    return common / (a[2] * a[3] + b[2] * b[3] - common)


def shows(box, truth):
    """The middle of either lies in the other, give or take a few pixels."""
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    u, v = truth[0] + truth[2] / 2, truth[1] + truth[3] / 2
    inside = truth[0] - 6 <= x <= truth[0] + truth[2] + 6 and truth[1] - 6 <= y <= truth[1] + truth[3] + 6
    around = box[0] <= u <= box[0] + box[2] and box[1] <= v <= box[1] + box[3]
    return inside or overlap(box, truth) >= 0.1 or (around and box[2] * box[3] <= 12 * truth[2] * truth[3])


class Case:
    """The candidates of one pair, and which of them are real."""

    def __init__(self, path):
        said = json.loads(path.read_text())
        # Photos of one board differ by a number at the end: g001_easy_mini_tampered, g001_easy_mini_tampered_2.
        self.board = (path.parent, path.stem.split("_")[0])
        self.windows = np.fromfile(path.with_suffix(".bin"), np.uint8).reshape(-1, PLANES, SIDE, SIDE)
        self.numbers = np.array([c["numbers"] for c in said["candidates"]], np.float32)
        truths = [tuple(b[k] for k in "xywh") for b in said["truth"]]
        boxes = [tuple(c["box"][k] for k in "xywh") for c in said["candidates"]]
        self.shows = np.array([[shows(b, t) for t in truths] for b in boxes], bool).reshape(len(boxes), len(truths))
        whole = [[overlap(b, t) >= 0.1 or b[2] * b[3] >= FRAGMENT * t[2] * t[3] for t in truths] for b in boxes]
        self.real = (self.shows & np.array(whole, bool).reshape(self.shows.shape)).any(1)
        self.counts = self.real | ~self.shows.any(1)


def cases(folders):
    found = [Case(path) for folder in folders for path in sorted(Path(folder).glob("*.json"))]
    return [case for case in found if len(case.numbers)]


def split(found):
    """Every fifth board, with all of its photos, is held back."""
    places = {board: k for k, board in enumerate(sorted({case.board for case in found}))}
    return [c for c in found if places[c.board] % 5], [c for c in found if places[c.board] % 5 == 0]


def levelled(windows):
    """Values around 0, luma without the mean of both pictures; network.rs does the same."""
    x = windows.float()
    light = (x[:, 0].mean((1, 2)) + x[:, 3].mean((1, 2))) / 2
    for plane in range(PLANES):
        x[:, plane] -= light[:, None, None] if plane in (0, 3) else 32 if plane == 6 else 128
    x[:, [1, 2, 4, 5]] *= 2
    return x / 48


def varied(x, numbers):
    """The same candidates as another camera, another light and another side would have shown them."""
    turn = np.random.randint(8)
    x = x.flip(3) if turn & 1 else x
    x = x.flip(2) if turn & 2 else x
    x = (x.transpose(2, 3) if turn & 4 else x).clone()
    if np.random.rand() < 0.5:
        x, numbers = x[:, [3, 4, 5, 0, 1, 2, 6]], numbers[:, SWAPPED].clone()
        numbers[:, SIGNED] *= -1
    each = (len(x), 1, 1, 1)
    x[:, :6] = x[:, :6] * torch.exp(torch.randn(each) * 0.15)
    x[:, [0, 3]] += torch.randn(each) * 0.15
    # Some cameras see no colours, and bare boards have few.
    x[:, [1, 2, 4, 5]] *= (torch.rand(each) > 0.1) * torch.exp(torch.randn(each) * 0.2)
    softer = torch.rand(each) * (torch.rand(each) < 0.5)
    x = x * (1 - softer) + softer * F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)
    # One in four gets noise of its own, the others share it: noise is what takes longest here.
    x[:, :6] += torch.randn_like(x[::4, :6]).repeat_interleave(4, 0)[:len(x)] * torch.rand(each) * 0.06
    x[:, 6] *= torch.exp(torch.randn(len(x), 1, 1) * 0.2)
    # Neither the window nor any one number may become indispensable: other boards lie in other ways.
    x = x * (torch.rand(each) > 0.08)
    numbers = numbers + torch.randn_like(numbers) * 0.03
    return x, numbers * (torch.rand_like(numbers) > 0.1)


def train(learned, rounds):
    windows = torch.from_numpy(np.concatenate([c.windows for c in learned]))
    numbers = torch.from_numpy(np.concatenate([c.numbers for c in learned]))
    real = torch.from_numpy(np.concatenate([c.real for c in learned]))
    counts = torch.from_numpy(np.concatenate([c.counts for c in learned]))
    centre, spread = numbers.mean(0), numbers.std(0) + 1e-3
    numbers = (numbers - centre) / spread
    # What ranks far behind by the rules is easily told from a change: a third of it will do.
    plain = torch.from_numpy(np.concatenate([np.argsort(np.argsort(-c.numbers[:, 22], kind="stable")) for c in learned])) >= HARD
    counts &= ~plain | (torch.arange(len(plain)) % 3 == 0)
    yes, no = torch.nonzero(real)[:, 0], torch.nonzero(~real & counts)[:, 0]
    print(f"{len(learned)} pairs, {len(yes)} candidates that are real, {len(no)} that are not", flush=True)
    network = Network(PLANES, SIDE, NUMBERS, convolutions=(16, 32, 48, 64), seen=48, known=32, both=32)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=2e-2)
    batches = len(no) // 192
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=rounds * batches)
    for number in range(rounds):
        network.train()
        total, order = 0.0, no[torch.randperm(len(no))]
        for k in range(batches):
            # A quarter of every batch is real, at half the weight.
            chosen = torch.cat([order[k * 192:(k + 1) * 192], yes[torch.randint(len(yes), (64,))]])
            wanted = real[chosen].float()
            said = network(*varied(levelled(windows[chosen]), numbers[chosen]))
            loss = F.binary_cross_entropy_with_logits(said, wanted, weight=1 - 0.5 * wanted)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
            total += loss.item()
        print(f"round {number + 1} of {rounds}: loss {total / batches:.4f}", flush=True)
    network.eval()
    return network, centre, spread


def measure(name, checked, network, centre, spread):
    """How many of the real changes stand among the first ten, by the rules alone, the network alone, and both."""
    ways = {"rules": 0.0, "both": TRUST, "network": 1.0}
    found = dict.fromkeys(ways, 0)
    changes = sum(case.shows.shape[1] for case in checked)
    for case in checked:
        with torch.no_grad():
            seen = network(levelled(torch.from_numpy(case.windows)), (torch.from_numpy(case.numbers) - centre) / spread).numpy()
        rules = 1.5 * (2 * case.numbers[:, 22] - np.log(25))
        for way, trust in ways.items():
            first, place = set(), 0
            odds = trust * np.clip(seen, *((SUREST_NO, SUREST_YES) if trust < 1 else (-np.inf, np.inf))) + (1 - trust) * rules
            for k in np.argsort(-odds, kind="stable"):
                hit = set(np.flatnonzero(case.shows[k]))
                if hit and hit <= first:
                    continue
                place += 1
                if place > 10:
                    break
                first |= hit
            found[way] += len(first)
    print(f"{name}: {len(checked)} pairs, {changes} changes, among the first ten: " + ", ".join(f"{k} {v}" for k, v in found.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--check", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    parser.add_argument("--rounds", type=int, default=14)
    asked = parser.parse_args()
    torch.manual_seed(1)
    np.random.seed(1)
    torch.set_num_threads(2)
    learned, held = split(cases(asked.folders))
    network, centre, spread = train(learned, asked.rounds)
    write(network, centre, spread, asked.out)
    measure("held back", held, network, centre, spread)
    for folder in asked.check:
        measure(folder, cases([folder]), network, centre, spread)


if __name__ == "__main__":
    main()
