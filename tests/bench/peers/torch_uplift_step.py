"""Times one training step of the uplift's classifier in PyTorch, for the same network and batch.

    python torch_uplift_step.py EDGE CHANNELS BATCH CLASSES STEPS WIDTH...

Prints the milliseconds of each step as one JSON list; the first five, which warm up, are left out. The batch is ready: nothing is augmented.
"""
import json
import sys
import time

import torch
from torch import nn

edge, channels, batch, classes, steps, *widths = map(int, sys.argv[1:])


class Block(nn.Module):
    def __init__(self, source, target, stride):
        super().__init__()
        self.main = nn.Sequential(
            nn.Conv2d(source, target, 3, stride, 1, bias=False),
            nn.BatchNorm2d(target),
            nn.ReLU(True),
            nn.Conv2d(target, target, 3, 1, 1, bias=False),
            nn.BatchNorm2d(target),
        )
        self.skip = nn.Conv2d(source, target, 1, stride, bias=False)

    def forward(self, images):
        return torch.relu(self.main(images) + self.skip(images))


class Judge(nn.Module):
    def __init__(self):
        super().__init__()
        layers = [nn.Conv2d(channels, widths[0], 5, 2, 2, bias=False), nn.BatchNorm2d(widths[0]), nn.ReLU(True)]
        last = len(widths) - 2
        for index, (source, target) in enumerate(zip(widths, widths[1:])):
            layers.append(Block(source, target, 1 if index == last else 2))
        self.body = nn.Sequential(*layers)
        self.head = nn.Linear(2 * widths[-1], classes)

    def forward(self, images):
        maps = self.body(images)
        return self.head(torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1))


torch.manual_seed(1)
network = Judge()
optimiser = torch.optim.Adam(network.parameters(), lr=4e-3)
loss = nn.CrossEntropyLoss(label_smoothing=0.05)
images = torch.randn(batch, channels, edge, edge)
labels = torch.arange(batch) % classes
times = []
for step in range(steps + 5):
    began = time.perf_counter()
    optimiser.zero_grad()
    loss(network(images), labels).backward()
    optimiser.step()
    times.append(1000 * (time.perf_counter() - began))
print(json.dumps(times[5:]))
