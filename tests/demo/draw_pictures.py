"""Draw the demo site's pictures anew: ``python tests/demo/draw_pictures.py`` (needs Pillow).

Layers of hills or water under a sky of two colours, with one thing in front. Each is saved as a lead picture and as a
small one for cards. The files are committed; a test compares their sizes with what the pages say.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

PICTURES = Path(__file__).parents[2] / "feedmaker/demo/site/pictures"
SCENES = Path(__file__).with_name("scenes.json")
LEAD = (1200, 675)
SMALL = (400, 225)
SCALE = 2  # drawn larger and scaled down: smooth edges
W, H = LEAD[0] * SCALE, LEAD[1] * SCALE

Colour = str
Thing = Callable[[ImageDraw.ImageDraw], None]


def box(x: float, y: float, w: float, h: float) -> tuple[float, float, float, float]:
    """A box by its left upper corner and size, all as shares of the picture's width and height."""
    return (x * W, y * H, (x + w) * W, (y + h) * H)


def shape(*points: tuple[float, float]) -> list[tuple[float, float]]:
    return [(x * W, y * H) for x, y in points]


def disc(draw: ImageDraw.ImageDraw, x: float, y: float, r: float, colour: Colour) -> None:
    draw.ellipse((x * W - r * H, y * H - r * H, x * W + r * H, y * H + r * H), fill=colour)


def sky(top: Colour, bottom: Colour) -> Image.Image:
    gradient = Image.linear_gradient("L").resize((W, H))
    return Image.composite(Image.new("RGB", (W, H), bottom), Image.new("RGB", (W, H), top), gradient)


def layer(draw: ImageDraw.ImageDraw, seed: int, height: float, swing: float, colour: Colour) -> None:
    dice = random.Random(seed)
    waves = [(dice.uniform(0.6, 1.4) * n, dice.uniform(0, math.tau), 1 / n) for n in (1, 2, 3, 5, 8)]
    line = [
        (x / 200, height + swing * sum(a * math.sin(f * math.tau * x / 200 + p) for f, p, a in waves))
        for x in range(201)
    ]
    draw.polygon(shape((0, 1), *line, (1, 1)), fill=colour)


def lighthouse(draw: ImageDraw.ImageDraw) -> None:
    for spread, colour in ((0.16, "#2f5277"), (0.08, "#567a9c")):
        draw.polygon(shape((0.7, 0.235), (0, 0.2 - spread), (0, 0.2 + spread)), fill=colour)
    draw.polygon(shape((0.672, 0.86), (0.684, 0.3), (0.716, 0.3), (0.728, 0.86)), fill="#f3ead8")
    for y in (0.38, 0.54, 0.7):
        grow = (y - 0.3) / 0.56 * 0.012
        draw.polygon(
            shape(
                (0.684 - grow, y), (0.716 + grow, y), (0.717 + grow + 0.001, y + 0.07), (0.683 - grow - 0.001, y + 0.07)
            ),
            fill="#b5443c",
        )
    draw.rectangle(box(0.676, 0.285, 0.048, 0.02), fill="#22313f")
    draw.rectangle(box(0.688, 0.2, 0.024, 0.085), fill="#ffd97a")
    draw.polygon(shape((0.682, 0.2), (0.7, 0.14), (0.718, 0.2)), fill="#22313f")


def ferry(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle(box(0.36, 0.55, 0.2, 0.06), fill="#fdfaf2")
    draw.rectangle(box(0.4, 0.49, 0.1, 0.06), fill="#fdfaf2")
    for n in range(8):
        draw.rectangle(box(0.37 + n * 0.023, 0.567, 0.014, 0.024), fill="#3c6e8f")
    draw.rectangle(box(0.47, 0.42, 0.006, 0.07), fill="#22313f")
    draw.polygon(shape((0.3, 0.61), (0.62, 0.61), (0.59, 0.7), (0.33, 0.7)), fill="#c8553d")
    draw.polygon(shape((0.316, 0.66), (0.604, 0.66), (0.59, 0.7), (0.33, 0.7)), fill="#22313f")


def spray(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon(shape((0.55, 1), (0.6, 0.56), (1, 0.52), (1, 1)), fill="#5a6168")
    draw.polygon(shape((0.6, 0.56), (1, 0.52), (1, 0.56), (0.606, 0.6)), fill="#7c858c")
    dice = random.Random(5)
    for _ in range(140):
        x, y = dice.gauss(0.56, 0.035), dice.gauss(0.6, 0.1)
        disc(draw, x, y, dice.uniform(0.004, 0.016), "#dfe6ea")


def hulls(draw: ImageDraw.ImageDraw) -> None:
    for x, colour in ((0.1, "#7a3b2e"), (0.38, "#2f5d62"), (0.66, "#8a5a2b")):
        draw.polygon(shape((x, 0.6), (x + 0.24, 0.57), (x + 0.2, 0.76), (x + 0.04, 0.76)), fill=colour)
        draw.rectangle(box(x + 0.11, 0.26, 0.006, 0.33), fill="#33261e")
        for leg in (0.06, 0.17):
            draw.rectangle(box(x + leg, 0.75, 0.008, 0.11), fill="#33261e")


def pools(draw: ImageDraw.ImageDraw) -> None:
    dice = random.Random(11)
    for n in range(9):
        y = 0.62 + n * 0.04
        x = dice.uniform(-0.05, 0.75)
        width = 0.12 + n * 0.03
        draw.ellipse(box(x, y, width, 0.02 + n * 0.004), fill="#cfe3e6")
        draw.ellipse(box(x + width * 0.2, y + 0.006, width * 0.5, 0.008 + n * 0.001), fill="#f5e6c8")


def lanterns(draw: ImageDraw.ImageDraw) -> None:
    for row, (y, r) in enumerate(((0.16, 0.022), (0.28, 0.03), (0.42, 0.04))):
        points = [(x / 40, y + 0.06 * math.sin(math.pi * x / 40)) for x in range(41)]
        draw.line(shape(*points), fill="#0d1018", width=5)
        for n in range(7 + row):
            x = (n + 0.5) / (7 + row)
            hang = y + 0.06 * math.sin(math.pi * x) + r
            colour = ("#ffcf6b", "#ff9b54", "#f26d5b")[(n + row) % 3]
            disc(draw, x, hang, r * 1.5, "#4a3346")
            disc(draw, x, hang, r, colour)


def cranes(draw: ImageDraw.ImageDraw) -> None:
    for x, size in ((0.2, 1.0), (0.58, 0.8)):
        base, top = 0.8, 0.8 - 0.55 * size
        dark = "#2a1f2d"
        draw.polygon(
            shape(
                (x, base),
                (x + 0.03, top),
                (x + 0.05, top),
                (x + 0.08, base),
                (x + 0.065, base),
                (x + 0.04, top + 0.09),
                (x + 0.015, base),
            ),
            fill=dark,
        )
        draw.polygon(
            shape(
                (x - 0.06, top - 0.02),
                (x + 0.3 * size, top - 0.12),
                (x + 0.3 * size, top - 0.09),
                (x - 0.06, top + 0.03),
            ),
            fill=dark,
        )
        draw.rectangle(box(x + 0.26 * size, top - 0.1, 0.003, 0.3 * size), fill=dark)
        draw.rectangle(box(x + 0.24 * size, top + 0.3 * size - 0.1, 0.045 * size, 0.07 * size), fill="#b5443c")


def pier(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon(shape((0.3, 1), (0.47, 0.62), (0.53, 0.62), (0.7, 1)), fill="#3a3340")
    for n in range(6):
        y = 0.64 + 0.06 * n
        half = 0.03 + (y - 0.62) * 0.45
        draw.rectangle(box(0.5 - half, y, 2 * half, 0.006), fill="#241f2b")
    draw.rectangle(box(0.56, 0.36, 0.006, 0.36), fill="#15121a")
    disc(draw, 0.563, 0.36, 0.07, "#4b4a5e")
    disc(draw, 0.563, 0.36, 0.03, "#ffe29a")


def whale(draw: ImageDraw.ImageDraw) -> None:
    draw.ellipse(box(0.24, 0.4, 0.46, 0.42), fill="#3f51b5")
    draw.polygon(shape((0.66, 0.6), (0.82, 0.36), (0.86, 0.5), (0.93, 0.46), (0.74, 0.72)), fill="#3f51b5")
    draw.chord(box(0.26, 0.5, 0.42, 0.31), 10, 170, fill="#dbe4ff")
    disc(draw, 0.33, 0.56, 0.03, "#ffffff")
    disc(draw, 0.333, 0.565, 0.014, "#111111")
    draw.polygon(shape((0.32, 0.43), (0.4, 0.2), (0.5, 0.41)), fill="#ffd21f")
    draw.polygon(shape((0.27, 0.46), (0.3, 0.41), (0.52, 0.38), (0.54, 0.42)), fill="#f2a900")
    for x in (0.56, 0.6, 0.64):
        draw.arc(box(x - 0.03, 0.22, 0.05, 0.3), 180, 300, fill="#e6f7ff", width=14)


def ramp(draw: ImageDraw.ImageDraw) -> None:
    draw.polygon(shape((0.36, 1), (0.455, 0.56), (0.545, 0.56), (0.64, 1)), fill="#6f6470")
    for side in (-1, 1):
        draw.polygon(
            shape(
                (0.5 + side * 0.075, 1), (0.5 + side * 0.026, 0.56), (0.5 + side * 0.032, 0.56), (0.5 + side * 0.09, 1)
            ),
            fill="#4a414d",
        )
    draw.ellipse(box(0.43, 0.8, 0.15, 0.07), fill="#c9c4c1")
    draw.ellipse(box(0.55, 0.785, 0.05, 0.065), fill="#d8d3cf")
    draw.polygon(shape((0.44, 0.84), (0.4, 0.81), (0.405, 0.87)), fill="#c9c4c1")
    disc(draw, 0.588, 0.81, 0.006, "#2b2b2b")


THINGS: dict[str, Thing] = {
    thing.__name__: thing for thing in (lighthouse, ferry, spray, hulls, pools, lanterns, cranes, pier, whale, ramp)
}


def draw_scene(name: str, scene: dict[str, Any]) -> Image.Image:
    """Draw one scene of scenes.json: sky from top to bottom, layers from far to near as (height, swing, colour)."""
    picture = sky(*scene["sky"])
    draw = ImageDraw.Draw(picture)
    dice = random.Random(name)
    for _ in range(scene.get("stars", 0)):
        disc(draw, dice.random(), dice.random() * 0.5, dice.uniform(0.0015, 0.004), "#f4f1e0")
    if "sun" in scene:
        disc(draw, *scene["sun"])
    for number, (height, swing, colour) in enumerate(scene["layers"]):
        layer(draw, len(name) * 10 + number, height, swing, colour)
    THINGS[scene["thing"]](draw)
    return picture


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    for name, scene in json.loads(SCENES.read_text("utf-8")).items():
        picture = draw_scene(name, scene)
        for suffix, size in (("", LEAD), ("-small", SMALL)):
            file = PICTURES / f"{name}{suffix}.jpg"
            picture.resize(size, Image.Resampling.LANCZOS).save(file, quality=72, optimize=True, progressive=True)


if __name__ == "__main__":
    main()
