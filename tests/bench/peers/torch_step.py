"""Times one GAN training step of a published recipe in PyTorch: the engine a user would pick instead.

    python torch_step.py RECIPE SIZE CHANNELS BATCH STEPS

Prints the milliseconds of each step as one JSON list. One generator pass a step: D and G judge the same fakes.
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn.utils import spectral_norm

recipe, size, channels, batch, steps = sys.argv[1], *map(int, sys.argv[2:6])
LATENT, WIDTH = 100, 64


def grow(source, target, kernel, stride, padding):
    layer = nn.ConvTranspose2d(source, target, kernel, stride, padding, bias=False)
    return [layer, nn.BatchNorm2d(target), nn.ReLU(True)]


def shrink(source, target, kernel=4, stride=2, norm=True, wrap=lambda layer: layer):
    layer = wrap(nn.Conv2d(source, target, kernel, stride, 1, bias=False))
    return [layer, *([nn.BatchNorm2d(target)] if norm else []), nn.LeakyReLU(0.2, True)]


def convolutional(wrap, discriminator_width):
    triple = size % 12 == 0 and (size // 12 & (size // 12 - 1)) == 0
    kernel, stride = (5, 3) if triple else (4, 2)
    doublings = (size // (4 * stride)).bit_length() - 1
    top = WIDTH * 2**doublings
    generator = grow(LATENT, top, 4, 1, 0)
    for level in range(doublings):
        generator += grow(top >> level, top >> (level + 1), 4, 2, 1)
    generator += [nn.ConvTranspose2d(WIDTH, channels, kernel, stride, 1, bias=False), nn.Tanh()]
    discriminator = shrink(channels, discriminator_width, kernel, stride, norm=triple, wrap=wrap)
    for level in range(doublings):
        discriminator += shrink(discriminator_width << level, discriminator_width << (level + 1), wrap=wrap)
    discriminator += [nn.Conv2d(discriminator_width << doublings, 1, 4, 1, 0, bias=False), nn.Sigmoid()]
    return nn.Sequential(*generator), nn.Sequential(*discriminator), (LATENT, 1, 1), (channels, size, size)


def dense():
    pixels = size * size * channels
    step = lambda source, target: [nn.Linear(source, target), nn.LeakyReLU(0.2), nn.Dropout(0.3)]
    generator = [nn.Linear(LATENT, 256), nn.ReLU(), nn.Linear(256, 512), nn.ReLU(), nn.Linear(512, 1024), nn.ReLU()]
    return (
        nn.Sequential(*generator, nn.Linear(1024, pixels), nn.Tanh()),
        nn.Sequential(*step(pixels, 1024), *step(1024, 512), *step(512, 256), nn.Linear(256, 1), nn.Sigmoid()),
        (LATENT,),
        (pixels,),
    )


if recipe == "mlp-gan":
    generator, discriminator, latent_shape, image_shape = dense()
elif recipe == "sn-dcgan-128":
    generator, discriminator, latent_shape, image_shape = convolutional(spectral_norm, 2 * WIDTH)
elif recipe == "dcgan-96":
    generator, discriminator, latent_shape, image_shape = convolutional(lambda layer: layer, WIDTH)
else:
    sys.exit(f"no PyTorch peer for {recipe}")

generator_adam = torch.optim.Adam(generator.parameters(), 2e-4, (0.5, 0.999))
discriminator_adam = torch.optim.Adam(discriminator.parameters(), 2e-4, (0.5, 0.999))
loss = nn.BCELoss()
ones, zeros = torch.ones(batch), torch.zeros(batch)
images = torch.rand(batch, *image_shape) * 2 - 1
times = []
for _ in range(steps + 2):
    began = time.perf_counter()
    fakes = generator(torch.randn(batch, *latent_shape))
    discriminator_adam.zero_grad(set_to_none=True)
    judged = loss(discriminator(images).view(-1), ones) + loss(discriminator(fakes.detach()).view(-1), zeros)
    judged.backward()
    discriminator_adam.step()
    generator_adam.zero_grad(set_to_none=True)
    loss(discriminator(fakes).view(-1), ones).backward()
    generator_adam.step()
    times.append((time.perf_counter() - began) * 1000)
print(json.dumps(times[2:]))
