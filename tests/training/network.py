"""The network that tests/ranking and tests/unlisted train, and the file that src/vision/layer.rs reads. Needs numpy and torch."""
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Network(nn.Module):
    """Four convolutions with a stride of two see a window, one layer the numbers, two bring both together."""

    def __init__(self, planes, side, numbers, convolutions, seen, known, both):
        super().__init__()
        a, b, c, d = convolutions
        self.first, self.second = nn.Conv2d(planes, a, 3, 2, 1), nn.Conv2d(a, b, 3, 2, 1)
        self.third, self.fourth = nn.Conv2d(b, c, 3, 2, 1), nn.Conv2d(c, d, 3, 2, 1)
        self.seen = nn.Linear(d * (side // 16) ** 2, seen)
        self.known, self.both, self.last = nn.Linear(numbers, known), nn.Linear(seen + known, both), nn.Linear(both, 1)
        self.forget = nn.Dropout(0.25)

    def forward(self, windows, numbers):
        x = F.relu(self.second(F.relu(self.first(windows))))
        x = F.relu(self.fourth(F.relu(self.third(x))))
        met = torch.cat([F.relu(self.seen(self.forget(x.flatten(1)))), F.relu(self.known(numbers))], 1)
        return self.last(F.relu(self.both(met)))[:, 0]


def write(network, centre, spread, path):
    """Centre and 1/spread of the numbers; scales and offsets per layer (32-bit floats); weights per layer, 8 bits, [input][output]."""
    layers = [network.first, network.second, network.third, network.fourth, network.seen, network.known, network.both, network.last]
    heads, bodies = [centre.numpy(), (1 / spread).numpy()], []
    with torch.no_grad():
        for layer in layers:
            weights = layer.weight.numpy().reshape(layer.weight.shape[0], -1)
            scales = np.abs(weights).max(1) / 127 + 1e-12
            coarse = np.round(weights / scales[:, None]).astype(np.int8)
            heads += [scales, layer.bias.numpy()]
            bodies.append(coarse.T.copy().tobytes())
            layer.weight.copy_(torch.from_numpy(coarse * scales[:, None].astype(np.float32)).reshape(layer.weight.shape))
    Path(path).write_bytes(b"".join(h.astype("<f4").tobytes() for h in heads) + b"".join(bodies))
