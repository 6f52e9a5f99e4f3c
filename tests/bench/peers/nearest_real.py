"""The nearest of some real pictures over mirrorings and shifts, as matrix products in NumPy: every shift of every picture.

    python nearest_real.py REAL CANDIDATES EDGE REACH

The files hold uint8 pictures of EDGE x EDGE. Prints seconds, from bytes to the nearest, and the index of the nearest of each candidate.
"""
import json
import sys
import time

import numpy as np

edge, reach = int(sys.argv[3]), int(sys.argv[4])
inner = edge - 2 * reach


def blur_matrix(deviation):
    radius = int(4 * deviation + 0.5)
    weights = np.exp(-np.arange(-radius, radius + 1) ** 2 / (2 * deviation**2))
    weights /= weights.sum()
    matrix = np.zeros((edge, edge))
    for row in range(edge):
        for offset, weight in zip(range(-radius, radius + 1), weights):
            place = (row + offset) % (2 * edge)
            matrix[row, place if place < edge else 2 * edge - 1 - place] += weight
    return matrix.astype(np.float32)


def high_passed(file):
    pictures = np.fromfile(file, np.uint8).reshape(-1, edge, edge).astype(np.float32)
    blur = blur_matrix(5)
    return pictures - blur @ pictures @ blur.T


def normalised(windows):
    flat = windows.reshape(len(windows), -1)
    flat = flat - flat.mean(1, keepdims=True)
    return flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)


start = time.perf_counter()
real, candidates = high_passed(sys.argv[1]), high_passed(sys.argv[2])
middle = candidates[:, reach : reach + inner, reach : reach + inner]
flips = [normalised(each) for each in (middle, middle[:, :, ::-1], middle[:, ::-1], middle[:, ::-1, ::-1])]
best = np.full(len(candidates), -1, np.float32)
nearest = np.zeros(len(candidates), np.int64)
rows = np.arange(len(candidates))
for y in range(2 * reach + 1):
    for x in range(2 * reach + 1):
        windows = normalised(real[:, y : y + inner, x : x + inner])
        for flipped in flips:
            likeness = flipped @ windows.T
            index = likeness.argmax(1)
            value = likeness[rows, index]
            better = value > best
            best[better], nearest[better] = value[better], index[better]
print(json.dumps({"seconds": time.perf_counter() - start, "nearest": nearest.tolist(), "best": best.tolist()}))
