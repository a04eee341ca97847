"""The network of the line recognizer, in PyTorch: to train it and to export it, never to run it.

A small convolutional encoder: the frame's 40 rows shrink to one, four columns to one place, and
five layers along the line see some seven characters around each place. 1.98 million weights.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from sohoa.recognize.lines.alphabet import CLASSES
from sohoa.recognize.lines.framing import HEIGHT

STRIDE = 4
_WIDTHS = (16, 48, 96, 256)
_DILATIONS = (1, 2, 4, 2, 1)


def _layer(inside: int, outside: int, stride: tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inside, outside, 3, stride, 1, bias=False), nn.BatchNorm2d(outside), nn.ReLU()
    )


class _Along(nn.Module):  # type: ignore[misc]
    """A layer along the line; what it finds is added to what is known."""

    def __init__(self, width: int, dilation: int) -> None:
        super().__init__()
        self.found = nn.Sequential(
            nn.Conv2d(width, width, (1, 5), padding=(0, 2 * dilation), dilation=(1, dilation),
                      bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )  # fmt: skip

    def forward(self, inputs: Tensor) -> Tensor:
        added: Tensor = inputs + self.found(inputs)
        return added


class LineNet(nn.Module):  # type: ignore[misc]
    """Frames (N x 1 x HEIGHT x W, 0..1) to scores (N x CLASSES x ceil(W / STRIDE))."""

    def __init__(self) -> None:
        super().__init__()
        one, two, three, four = _WIDTHS
        self.layers = nn.Sequential(
            _layer(1, one, (2, 2)),
            _layer(one, two, (2, 2)),
            _layer(two, two, (1, 1)),
            _layer(two, three, (2, 1)),
            _layer(three, three, (1, 1)),
            nn.Conv2d(three, four, (HEIGHT // 8, 1), bias=False),
            nn.BatchNorm2d(four),
            nn.ReLU(),
            *(_Along(four, dilation) for dilation in _DILATIONS),
            nn.Dropout(0.1),
            nn.Conv2d(four, CLASSES, 1),
        )

    def forward(self, frames: Tensor) -> Tensor:
        scores: Tensor = self.layers(frames).squeeze(2)
        return scores


def export(net: LineNet, path: str) -> None:
    """Write the network as ONNX; the number of frames and their width stay open."""
    torch.onnx.export(
        net.eval().float(),
        (torch.zeros(2, 1, HEIGHT, 64),),
        path,
        input_names=["frames"],
        output_names=["scores"],
        dynamic_axes={"frames": {0: "count", 3: "width"}, "scores": {0: "count", 2: "places"}},
        opset_version=17,
        dynamo=False,
    )
