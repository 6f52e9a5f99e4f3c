"""Times one training step of crgan's second edition in PyTorch: the same networks, losses and updates as a user would write them.

    python torch_crgan_step.py RECIPE SIZE CHANNELS BATCH STEPS

Prints the milliseconds of each step as one JSON list. Smallest width, four classes, the gradient penalty every fourth step; one
generator pass a step: D and G judge the same fakes.
"""
import json
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

recipe, size, channels, batch, steps = sys.argv[1], *map(int, sys.argv[2:6])
if recipe != "crgan" or size < 16 or size & (size - 1):
    sys.exit(f"no PyTorch peer for {recipe} at {size} px")
CLASSES, LATENT, EMBEDDING, FEATURES, PENALTY_EVERY = 4, 64, 32, 32, 4
BRIGHTNESS = 0.1
BLOCKS = size.bit_length() - 4
WIDTHS = [48, 48, 32, 16, 12, 8, 8][: BLOCKS + 1]
CONDITION = LATENT + EMBEDDING


def leaky(x):
    return F.leaky_relu(x, 0.2)


def normal(*shape, deviation):
    return nn.Parameter(torch.randn(shape) * deviation)


def framed(x):
    return F.pad(x, (1, 1, 1, 1), "replicate")


class Doubling(nn.Module):
    """Each pixel four times, then 3 x 3, as one transposed convolution with the kernel summed into 4 x 4."""

    def __init__(self, source, target, gain=1.0):
        super().__init__()
        self.kernel = normal(source, target, 3, 3, deviation=gain * math.sqrt(2 / (9 * source)))
        self.bias = nn.Parameter(torch.zeros(target))

    def forward(self, x):
        summed = sum(F.pad(self.kernel, (left, 1 - left, top, 1 - top)) for top in (0, 1) for left in (0, 1))
        return F.conv_transpose2d(framed(x), summed, self.bias, 2, 3)


class GeneratorBlock(nn.Module):
    def __init__(self, coarse, fine, edge):
        super().__init__()
        self.edge = edge
        self.grow = Doubling(coarse, fine)
        self.film = nn.Linear(CONDITION, 2 * fine)
        self.gain = normal(fine, deviation=0.1)
        self.asked = normal(CONDITION, fine, deviation=0.1 / math.sqrt(CONDITION))
        self.refine = nn.Conv2d(fine, fine, 3, bias=False)

    def forward(self, x, condition):
        x = self.grow(leaky(x))
        scale, shift = self.film(condition)[:, :, None, None].chunk(2, 1)
        x = x * (1 + scale) + shift
        strength = (self.gain + condition @ self.asked)[:, :, None, None]
        x = x + strength * torch.randn(x.shape[0], 1, self.edge, self.edge)
        return x + self.refine(framed(leaky(x)))


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.classes = normal(CLASSES, EMBEDDING, deviation=1)
        self.input = nn.Linear(CONDITION, 16 * WIDTHS[0])
        self.blocks = nn.ModuleList(GeneratorBlock(*WIDTHS[i : i + 2], 8 << i) for i in range(BLOCKS))
        self.image = Doubling(WIDTHS[-1], channels + 1, 0.5)

    def forward(self, latents, labels):
        condition = torch.cat([latents, self.classes[labels]], 1)
        x = self.input(condition).view(-1, WIDTHS[0], 4, 4)
        for block in self.blocks:
            x = block(x, condition)
        x = self.image(leaky(x))
        return torch.tanh(x[:, :-1] + x[:, -1:] * torch.randn(x.shape[0], 1, size, size))


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.image = nn.Conv2d(channels, WIDTHS[-1], 4, 2, 1)
        falling = [WIDTHS[i : i + 2] for i in reversed(range(BLOCKS))]
        self.refinements = nn.ModuleList(nn.Conv2d(fine, fine, 3, 1, 1, bias=False) for _, fine in falling)
        self.halvings = nn.ModuleList(nn.Conv2d(fine, coarse, 4, 2, 1) for coarse, fine in falling)
        self.features = nn.Linear(16 * (WIDTHS[0] + 1), FEATURES)
        self.realness = nn.Linear(FEATURES, 1)
        self.classes = normal(CLASSES, FEATURES, deviation=1)

    def forward(self, x, labels, groups):
        x = self.image(x)
        for refine, halve in zip(self.refinements, self.halvings):
            x = x + refine(leaky(x))
            x = halve(leaky(x))
        grouped = x.view(groups, x.shape[0] // groups, -1)
        deviation = (grouped.var(1, unbiased=False) + 1e-6).sqrt().mean(1)
        spread = deviation.repeat_interleave(x.shape[0] // groups)[:, None, None, None].expand(-1, 1, 4, 4)
        features = leaky(self.features(leaky(torch.cat([x, spread], 1).flatten(1))))
        return self.realness(features)[:, 0] + (self.classes[labels] * features).sum(1) / math.sqrt(FEATURES)


class Augmentation:
    """Shift by up to an eighth, cut-out of half the edge, contrast, brightness: drawn once, laid on any batch."""

    def __init__(self, count):
        reach = round(size / 8)
        line = torch.arange(size)

        def moves():
            source = line - torch.randint(-reach, reach + 1, (count, 1))
            return F.one_hot(source.clamp(0, size - 1), size).float() * ((source >= 0) & (source < size))[..., None]

        def covered():
            begin = torch.randint(0, size + 1, (count, 1)) - size // 4
            return (line >= begin) & (line < begin + size // 2)

        self.rows, self.columns = moves()[:, None], moves().transpose(1, 2)[:, None]
        self.mask = ~(covered()[:, None, :, None] & covered()[:, None, None, :])
        self.contrast = 0.8 + 0.4 * torch.rand(count, 1, 1, 1)
        self.light = (torch.rand(count, 1, 1, 1) < 0.5) * (2 * torch.rand(count, 1, 1, 1) - 1) * BRIGHTNESS

    def __call__(self, images):
        mean = images.mean((1, 2, 3), keepdim=True)
        return self.rows @ ((images - mean) * self.contrast + mean + self.light) @ self.columns * self.mask


generator, discriminator = Generator(), Discriminator()
average = [weight.detach().clone() for weight in generator.parameters()]
generator_adam = torch.optim.Adam(generator.parameters(), 1e-3, (0.0, 0.9), 1e-8)
discriminator_adam = torch.optim.Adam(discriminator.parameters(), 1e-3, (0.0, 0.9), 1e-8)
images = torch.rand(batch, channels, size, size) * 2 - 1
times = []
for step in range(steps + 4):
    began = time.perf_counter()
    labels = torch.randint(CLASSES, (batch,))
    fakes = generator(torch.randn(batch, LATENT), labels)
    seen = Augmentation(2 * batch)(torch.cat([images, fakes.detach()]))
    penalised = step % PENALTY_EVERY == 0
    scores = discriminator(seen.requires_grad_(penalised), torch.cat([labels, labels]), 2)
    real, fake = scores.chunk(2)
    loss = F.softplus(fake - real).mean()
    if penalised:
        (slopes,) = torch.autograd.grad(scores.sum(), seen, create_graph=True)
        loss = loss + PENALTY_EVERY * 0.05 / 2 * slopes.square().sum() / batch
    discriminator_adam.zero_grad(set_to_none=True)
    loss.backward()
    discriminator_adam.step()

    for weight in discriminator.parameters():
        weight.requires_grad_(False)
    judged = discriminator(Augmentation(batch)(fakes), labels, 1)
    generator_loss = F.softplus(real.detach() - judged).mean()
    generator_adam.zero_grad(set_to_none=True)
    generator_loss.backward()
    generator_adam.step()
    for weight in discriminator.parameters():
        weight.requires_grad_(True)
    with torch.no_grad():
        torch._foreach_lerp_(average, list(generator.parameters()), 0.01)
    loss.item(), generator_loss.item()
    times.append((time.perf_counter() - began) * 1000)
print(json.dumps(times[4:]))
