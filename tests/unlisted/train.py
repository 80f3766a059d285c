"""Train the network that looks for unlisted parts on drawn boards, and write src/vision/drawing/unlisted/network.bin.

    python3 tests/unlisted/train.py EVIDENCE_DIR... --out src/vision/drawing/unlisted/network.bin [--check EVIDENCE_DIR ...]

`cargo xtask train` draws the boards, writes their evidence and calls this; docs/method.md tells what comes of it.
An evidence folder holds, per board, NAME.json (places that stand out, boxes of what is unlisted) and NAME.bin (a window of
4 x 48 x 48 bytes per place), as `cargo run --example unlisted` writes them. Folders given to --check are only measured.
Needs numpy and torch (CPU). Every seventh board is held back from training, and says where the line for a list lies.
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

PLANES, SIDE, NUMBERS = 4, 48, 13
# Places this near (photo pixels, share of the box's longer side) to what is unlisted are neither right nor wrong.
BESIDE = 1.0
# Of two places nearer together than this, in mm, the surer one is listed: mod.rs does the same.
APART_MM = 1.2
# What the line for a list is drawn for, and how many other things a photo may be listed with on boards that are held back.
COUNTED, RATE = "implant0603", 0.6


def off(place, box):
    """How far a place lies outside a box (x, y, w, h), in pixels."""
    dx = max(box[0] - place[0], 0, place[0] - box[0] - box[2])
    dy = max(box[1] - place[1], 0, place[1] - box[1] - box[3])
    return (dx * dx + dy * dy) ** 0.5


class Case:
    """The places of one photo, and which of them are parts."""

    def __init__(self, path):
        said = json.loads(path.read_text())
        self.name = path.stem
        self.windows = np.fromfile(path.with_suffix(".bin"), np.uint8).reshape(-1, PLANES, SIDE, SIDE)
        places = said["places"]
        self.numbers = np.array([p["numbers"] for p in places], np.float32).reshape(-1, NUMBERS)
        self.at = np.array([p["at"] for p in places]).reshape(-1, 2)
        self.words = [u["word"] for u in said["unlisted"]]
        boxes = [u["box"] for u in said["unlisted"]]
        away = np.array([[off(p["on_photo"], b) for b in boxes] for p in places]).reshape(len(places), len(boxes))
        size = np.array([max(b[2], b[3]) for b in boxes])
        # A box is that of the body alone; the middle of body and pads may lie a little outside.
        self.shows = away <= 0.1 * size
        self.real = self.shows.any(1)
        self.added = self.shows[:, [word != "dropped" for word in self.words]].any(1)
        self.counts = self.real | ~(away <= BESIDE * size).any(1)


def cases(folders):
    found = [Case(path) for folder in folders for path in sorted(Path(folder).glob("b*.json")) if path.with_suffix(".bin").is_file()]
    return [case for case in found if len(case.numbers)]


def split(found):
    """Every seventh board is held back."""
    return [c for k, c in enumerate(found) if k % 7], [c for k, c in enumerate(found) if k % 7 == 0]


def levelled(windows):
    """Values around 0; network.rs does the same."""
    x = windows.float()
    x[:, :3] -= 128
    x[:, 0] /= 40
    x[:, 1:3] /= 20
    x[:, 3] /= 255
    return x


def varied(x, numbers):
    """The same places as another camera, another light and another side would have shown them."""
    turn = np.random.randint(8)
    x = x.flip(3) if turn & 1 else x
    x = x.flip(2) if turn & 2 else x
    x = (x.transpose(2, 3) if turn & 4 else x).clone()
    # A place is known to a sample or two.
    x = torch.roll(x, (np.random.randint(-2, 3), np.random.randint(-2, 3)), (2, 3))
    each = (len(x), 1, 1, 1)
    # Dark boards, and dull light, have little contrast.
    x[:, :3] = x[:, :3] * torch.exp(torch.randn(each) * 0.3)
    x[:, 1:3] *= torch.exp(torch.randn(each) * 0.15) * (torch.rand(each) > 0.03)
    x[:, :3] += torch.randn(len(x), 3, 1, 1) * 0.06
    softer = torch.rand(each) * (torch.rand(each) < 0.25)
    x = torch.cat([x[:, :3] * (1 - softer) + softer * F.avg_pool2d(x[:, :3], 3, 1, 1, count_include_pad=False), x[:, 3:]], 1)
    numbers = numbers + torch.randn_like(numbers) * 0.05
    return x, numbers * (torch.rand_like(numbers) > 0.1)


def train(learned, rounds, keep):
    windows = torch.from_numpy(np.concatenate([c.windows for c in learned]))
    numbers = torch.from_numpy(np.concatenate([c.numbers for c in learned]))
    real = torch.from_numpy(np.concatenate([c.real for c in learned]))
    counts = torch.from_numpy(np.concatenate([c.counts for c in learned]))
    centre, spread = numbers.mean(0), numbers.std(0) + 1e-3
    numbers = (numbers - centre) / spread
    yes, no = torch.nonzero(real)[:, 0], torch.nonzero(~real & counts)[:, 0]
    added = torch.nonzero(torch.from_numpy(np.concatenate([c.added for c in learned])))[:, 0]
    print(f"{len(learned)} photos, {len(yes)} places that are parts, {len(no)} that are not", flush=True)
    network = Network(PLANES, SIDE, NUMBERS, convolutions=(16, 32, 32, 48), seen=32, known=16, both=32)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=2e-2)
    said = torch.zeros(len(windows))
    # What is told surely after the first rounds is seen less often from then on.
    batches = max(int(len(no) * keep) // 192, 1)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=rounds * batches)
    for number in range(rounds):
        network.train()
        weight = (0.05 + torch.sigmoid(said[no])).double() if number else torch.ones(len(no)).double()
        # Half of a round is what is hard by the word of the last one, half is anything.
        hard = no[torch.multinomial(weight, batches * 96, replacement=True)]
        order = torch.cat([hard.view(batches, 96), no[torch.randint(len(no), (batches, 96))]], 1)
        total = 0.0
        for k in range(batches):
            chosen = torch.cat([order[k], yes[torch.randint(len(yes), (32,))], added[torch.randint(len(added), (32,))]])
            wanted = real[chosen].float()
            heard = network(*varied(levelled(windows[chosen]), numbers[chosen]))
            loss = F.binary_cross_entropy_with_logits(heard, wanted)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
            total += loss.item()
            said[chosen] = heard.detach()
        print(f"round {number + 1} of {rounds}: loss {total / batches:.4f}", flush=True)
    network.eval()
    return network, centre, spread


def heard(case, network, centre, spread):
    with torch.no_grad():
        numbers = (torch.from_numpy(case.numbers) - centre) / spread
        return torch.cat([network(levelled(torch.from_numpy(case.windows[k:k + 256])), numbers[k:k + 256]) for k in range(0, len(numbers), 256)]).numpy()


def listed(case, odds):
    """The places as they would be listed, surest first."""
    kept = []
    for k in np.argsort(-odds, kind="stable"):
        if all(np.hypot(*(case.at[k] - case.at[j])) >= APART_MM for j in kept):
            kept.append(k)
    return kept


def measured(checked, network, centre, spread):
    """The odds of what is listed and no part, surest first; and the best odds of each part, by the word for it."""
    wrong, best = [], {}
    for case in checked:
        odds = heard(case, network, centre, spread)
        places = listed(case, odds)
        wrong += [odds[k] for k in places if not case.shows[k].any() and case.counts[k]]
        for column, word in enumerate(case.words):
            best.setdefault(word, []).append(max((odds[k] for k in places if case.shows[k, column]), default=-np.inf))
    return -np.sort(-np.array(wrong)), {word: np.array(values) for word, values in sorted(best.items())}


def line(wrong, photos, rate):
    """From these odds on there are so many false listings a photo."""
    return wrong[min(int(rate * photos), len(wrong) - 1)]


def tell(name, checked, network, centre, spread):
    """Which share of the unlisted parts is found at how many false listings a photo."""
    wrong, best = measured(checked, network, centre, spread)
    lost = int(np.isneginf(best[COUNTED]).sum())
    print(f"{name}: {len(checked)} photos, {len(best[COUNTED])} added parts, {lost} of them at no place that stands out")
    for rate in (0.25, 0.5, 1, 2, 4):
        odds = line(wrong, len(checked), rate)
        shares = ", ".join(f"{word} {np.mean(values > odds):.3f} of {len(values)}" for word, values in best.items())
        print(f"  {rate} false a photo from {odds:.2f}: {shares}")
    shares = ", ".join(f"{word} {np.mean(values > 0):.3f}" for word, values in best.items())
    print(f"  {np.mean(wrong > 0) * len(wrong) / len(checked):.2f} false a photo from 0: {shares}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--check", nargs="*", default=[])
    parser.add_argument("--out", required=True)
    parser.add_argument("--rounds", type=int, default=16)
    parser.add_argument("--keep", type=float, default=0.5, help="share of the places that are no parts, in each round")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    torch.manual_seed(1)
    np.random.seed(1)
    torch.set_num_threads(asked.threads)
    learned, held = split(cases(asked.folders))
    network, centre, spread = train(learned, asked.rounds, asked.keep)
    write(network, centre, spread, asked.out)
    # Odds of 0 become the line for a list.
    with torch.no_grad():
        network.last.bias -= float(line(measured(held, network, centre, spread)[0], len(held), RATE))
    write(network, centre, spread, asked.out)
    tell("held back", held, network, centre, spread)
    for folder in asked.check:
        tell(folder, cases([folder]), network, centre, spread)


if __name__ == "__main__":
    main()
