"""Times one training step of the AC-GAN recipe in Keras, where it was first written: the engine its users would pick.

    python keras_step.py RECIPE SIZE CHANNELS BATCH STEPS

Prints the milliseconds of each step as one JSON list. The discriminator learns through `train_on_batch`, the generator in a
compiled function, as Keras users write it.
"""
import json
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
import tensorflow as tf
from keras import layers

recipe, size, channels, batch, steps = sys.argv[1], *map(int, sys.argv[2:6])
CLASSES, LATENT = 4, 100
if recipe != "acgan":
    sys.exit(f"no Keras peer for {recipe}")


def build_generator():
    noise, label = keras.Input((LATENT,)), keras.Input((1,), dtype="int32")
    scaled = layers.multiply([noise, layers.Flatten()(layers.Embedding(CLASSES, LATENT)(label))])
    maps = layers.Dense(256 * (size // 8) ** 2, activation="relu")(scaled)
    maps = layers.BatchNormalization(momentum=0.8)(layers.Reshape((size // 8, size // 8, 256))(maps))
    for width in (128, 64):
        maps = layers.Conv2DTranspose(width, 3, strides=2, padding="same", activation="relu")(maps)
        maps = layers.BatchNormalization(momentum=0.8)(maps)
    image = layers.Conv2DTranspose(channels, 3, strides=2, padding="same", activation="tanh")(maps)
    return keras.Model([noise, label], image)


def build_discriminator():
    image = keras.Input((size, size, channels))
    maps = image
    for index, (width, stride) in enumerate(((16, 2), (32, 2), (64, 2), (128, 1))):
        maps = layers.Conv2D(width, 3, strides=stride, padding="same")(maps)
        if index == 1:
            maps = layers.ZeroPadding2D(((0, 1), (0, 1)))(maps)
        maps = layers.Dropout(0.25)(layers.LeakyReLU(negative_slope=0.2)(maps))
        if index in (1, 2):
            maps = layers.BatchNormalization(momentum=0.8)(maps)
    flat = layers.Flatten()(maps)
    return keras.Model(image, [layers.Dense(1, activation="sigmoid")(flat), layers.Dense(CLASSES, activation="softmax")(flat)])


generator, discriminator = build_generator(), build_discriminator()
discriminator.compile(
    loss=["binary_crossentropy", "sparse_categorical_crossentropy"], optimizer=keras.optimizers.Adam(1e-3, 0.5)
)
generator_adam = keras.optimizers.Adam(1e-3, 0.5)
is_real, is_class = keras.losses.BinaryCrossentropy(), keras.losses.SparseCategoricalCrossentropy()


@tf.function
def teach_generator(noise, labels):
    with tf.GradientTape() as tape:
        validity, classes = discriminator(generator([noise, labels], training=True), training=True)
        loss = is_real(tf.ones_like(validity), validity) + is_class(labels, classes)
    generator_adam.apply_gradients(zip(tape.gradient(loss, generator.trainable_variables), generator.trainable_variables))
    return loss


random = np.random.default_rng(1)
images = random.uniform(-1, 1, (batch, size, size, channels)).astype("float32")
real, fake = np.ones((batch, 1), "float32"), np.zeros((batch, 1), "float32")
times = []
for _ in range(steps + 2):
    began = time.perf_counter()
    noise = random.standard_normal((batch, LATENT)).astype("float32")
    labels = random.integers(0, CLASSES, (batch, 1)).astype("int32")
    discriminator.train_on_batch(images, [real, labels])
    discriminator.train_on_batch(np.asarray(generator([noise, labels], training=True)), [fake, labels])
    float(teach_generator(tf.constant(noise), tf.constant(labels)))
    times.append((time.perf_counter() - began) * 1000)
print(json.dumps(times[2:]))
