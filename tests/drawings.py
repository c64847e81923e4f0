"""Draw the demo's pictures: scenes of flat shapes, written here, and kept as WebP in ``peer_support/demo/data``.

``python -m tests.drawings`` draws them anew with the Chromium of the browser tests. Nobody in them is a real person.
"""

import io
import math
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "peer_support" / "demo" / "data"

BUTTER, CREAM, APRICOT, CLAY, PLUM = "#f7d98b", "#fff4da", "#f2ab7c", "#c9603a", "#6d2a4d"
SAGE, LEAF, PINE, SKY, SEA = "#b9d3bd", "#6fa287", "#1d5c4b", "#cfe3e6", "#7fb0b8"
INK, WOOD, WOOD_DARK, WALL, ROSE = "#2b3a35", "#c98f5a", "#a56e40", "#fbe6c4", "#e7a39a"
SKIN = {"light": "#f3c6a5", "tan": "#dba27a", "brown": "#a86f4a", "dark": "#7a4a31", "pale": "#f8d7bf"}


def tag(name, body="", **attributes):
    written = " ".join(f'{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<{name} {written}>{body}</{name}>"


def rect(x, y, w, h, fill, r=0, **more):
    return tag("rect", x=x, y=y, width=w, height=h, rx=r, fill=fill, **more)


def circle(x, y, r, fill, **more):
    return tag("circle", cx=x, cy=y, r=r, fill=fill, **more)


def oval(x, y, rx, ry, fill, **more):
    return tag("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **more)


def path(d, fill="none", **more):
    return tag("path", d=d, fill=fill, **more)


def line(d, colour, width, **more):
    return path(d, stroke=colour, stroke_width=width, stroke_linecap="round", stroke_linejoin="round", **more)


def group(*parts, move=(0, 0), size=1.0, turn=0, mirror=False):
    scale = f"scale({-size if mirror else size} {size})"
    return tag("g", "".join(parts), transform=f"translate({move[0]} {move[1]}) {scale} rotate({turn})")


def scene(*parts, w=1200, h=900):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">{"".join(parts)}</svg>'


# People: the middle of the face stands at 0, 0 and is 60 from ear to ear.

HAIR = {
    "short": "M-62 -6C-70 -78 -22 -92 8 -86C58 -80 72 -40 62 -2C56 -26 44 -40 22 -42C-4 -44 -40 -40 -50 -22C-54 -14 -58 -8 -62 -6Z",
    "bob": "M-66 46C-86 -20 -70 -92 0 -94C72 -92 86 -18 66 46C56 50 48 44 48 34L50 -14C24 -20 10 -34 2 -46C-12 -26 -30 -18 -50 -12L-48 36C-48 46 -58 50 -66 46Z",
    "long": "M-64 120C-92 20 -88 -94 0 -96C88 -94 92 20 64 120C48 128 38 116 44 96C56 50 52 10 48 -12C22 -16 -2 -30 -14 -50C-24 -28 -36 -18 -50 -10C-54 20 -56 52 -44 96C-38 116 -48 128 -64 120Z",
    "curls": None,
    "bun": "M-60 6C-72 -64 -36 -84 0 -84C36 -84 72 -64 60 6C54 -24 30 -44 0 -46C-30 -44 -54 -24 -60 6Z",
    "bald": None,
    "scarf": None,
}


def face(skin, hair="short", colour=INK, mood="smile", beard="", glasses=False, looks=0):
    """A head. ``looks``: how far the face is turned, -14 (left) to 14 (right)."""
    tone = SKIN[skin]
    parts = []
    if hair == "long":
        parts.append(
            path("M-64 118C-96 10 -84 -88 0 -90C84 -88 96 10 64 118C40 132 -40 132 -64 118Z", colour)
        )
    if hair == "scarf":
        parts.append(path("M-76 70C-96 -20 -70 -98 0 -98C70 -98 96 -20 76 70C50 104 -50 104 -76 70Z", colour))
    if hair == "bun":
        parts.append(circle(0, -96, 30, colour))
    parts.append(path("M-22 40L22 40L26 96L-26 96Z", tone))
    parts.append(path("M-22 52C-8 70 12 68 22 52L23 70C8 82 -10 80 -23 68Z", "#000", opacity=0.12))
    if hair not in ("scarf",):
        parts += [oval(-60 + looks / 3, 4, 11, 15, tone), oval(60 + looks / 3, 4, 11, 15, tone)]
    parts.append(
        path(
            "M-58 -10C-58 -62 -32 -78 0 -78C32 -78 58 -62 58 -10C58 36 34 66 0 66C-34 66 -58 36 -58 -10Z",
            tone,
        )
    )
    x = looks
    if beard:
        parts.append(
            path(
                "M-57 2C-50 20 -30 16 -20 20C-8 26 8 26 20 20C30 16 50 20 57 2C58 50 34 78 0 78C-34 78 -58 50 -57 2Z",
                beard,
            )
        )
    cheeks = "#d2553f"
    if not beard:
        parts += [circle(x - 32, 22, 11, cheeks, opacity=0.22), circle(x + 32, 22, 11, cheeks, opacity=0.22)]
    if mood == "closed":
        parts += [
            line(f"M{x - 33} 0q11 9 22 0", INK, 5),
            line(f"M{x + 11} 0q11 9 22 0", INK, 5),
        ]
    else:
        parts += [circle(x - 21, -2, 5.5, INK), circle(x + 21, -2, 5.5, INK)]
        parts += [
            line(f"M{x - 31} -21q10 -7 19 -2", INK, 4, opacity=0.75),
            line(f"M{x + 12} -23q10 -5 19 2", INK, 4, opacity=0.75),
        ]
    parts.append(line(f"M{x + 1} 4q7 11 -3 14", "#000", 4, opacity=0.28))
    mouth = CREAM if beard else INK
    if mood == "laugh":
        parts.append(path(f"M{x - 20} 31q20 6 40 0q-4 23 -20 23q-16 0 -20 -23z", "#7c2c2a"))
        parts.append(path(f"M{x - 15} 33q15 4 30 0l-2 6q-13 3 -26 0z", "#fff"))
    elif mood == "calm":
        parts.append(line(f"M{x - 13} 38q13 5 26 0", mouth, 5))
    else:
        parts.append(line(f"M{x - 18} 33q18 17 36 0", mouth, 5))
    if hair == "curls":
        for angle in range(180, 365, 22):
            parts.append(
                circle(
                    62 * math.cos(math.radians(angle)), -22 + 58 * math.sin(math.radians(angle)), 25, colour
                )
            )
        parts.append(path("M-50 -36C-30 -58 30 -58 50 -36C40 -80 -40 -80 -50 -36Z", colour))
    elif hair == "scarf":
        parts.append(
            path(
                "M-62 10C-66 -50 -36 -64 0 -64C36 -64 66 -50 62 10C74 -50 60 -98 0 -98C-60 -98 -74 -50 -62 10Z",
                colour,
            )
        )
    elif hair == "long":
        parts.append(
            path(
                "M-62 8C-70 -60 -40 -92 0 -92C40 -92 70 -60 62 8C54 -14 50 -24 44 -34C14 -32 -8 -42 -18 -56C-28 -34 -48 -22 -62 8Z",
                colour,
            )
        )
    elif HAIR[hair]:
        parts.append(path(HAIR[hair], colour))
    if glasses:
        for side in (-22, 22):
            parts.append(circle(x + side, -1, 17, "none", stroke=INK, stroke_width=4))
        parts.append(line(f"M{x - 5} -3h10", INK, 4))
    return "".join(parts)


def bust(shirt, collar="round", stripe=""):
    """Shoulders and chest under a face."""
    parts = [path("M-150 260C-150 140 -120 100 -28 84C-10 104 12 104 28 84C120 100 150 140 150 260Z", shirt)]
    if stripe:
        parts += [
            path(
                f"M-{146 - n * 2} {150 + n * 34}q{146 - n * 2} 30 {292 - n * 4} 0v14q-{146 - n * 2} 30 -{292 - n * 4} 0z",
                stripe,
            )
            for n in range(3)
        ]
    if collar == "roll":
        parts.append(path("M-34 74C-14 88 14 88 34 74L40 106C14 122 -14 122 -40 106Z", shirt))
        parts.append(
            path("M-40 106C-14 122 14 122 40 106L41 112C14 130 -14 130 -41 112Z", "#000", opacity=0.15)
        )
    elif collar == "shirt":
        parts += [path("M-30 82L0 112L-26 138L-52 92Z", CREAM), path("M30 82L0 112L26 138L52 92Z", CREAM)]
    return "".join(parts)


def sitting(x, y, size, shirt, arm, mirror=False, cup=CLAY, **head):
    """Somebody behind a table, an arm on it and a cup in front."""
    return group(
        path("M-128 330C-140 170 -104 116 -28 96C-8 116 10 116 28 96C110 116 140 170 132 330Z", shirt),
        group(face(**head)),
        line("M-92 180C-120 260 -80 300 10 296", arm, 46),
        circle(16, 294, 24, SKIN[head["skin"]]),
        group(cup_of(cup), move=(58, 262), size=1.0),
        move=(x, y), size=size, mirror=mirror,
    )  # fmt: skip


def cup_of(colour):
    return (
        path("M0 0h56v26a26 26 0 0 1-26 26h-4A26 26 0 0 1 0 26z", colour)
        + line("M56 8h8a12 12 0 0 1 0 24h-9", colour, 8)
        + oval(28, 1, 28, 6, "#000", opacity=0.25)
        + line("M18 -14c-8 -12 8 -16 0 -30", "#fff", 5, opacity=0.75)
        + line("M36 -14c-8 -12 8 -16 0 -30", "#fff", 5, opacity=0.75)
    )


def walker(x, y, size, coat, trousers, step=1, mirror=False, **head):
    """Somebody out walking, seen from the side of the path."""
    return group(
        line(f"M-14 300L{-14 - 26 * step} 420L{-24 - 34 * step} 520", trousers, 50),
        line(f"M16 300L{22 + 30 * step} 410L{20 + 22 * step} 520", trousers, 50),
        path(f"M{-58 - 34 * step} 512h64a18 18 0 0 1 18 22h-82z", INK),
        path(f"M{-10 + 22 * step} 512h64a18 18 0 0 1 18 22h-82z", INK),
        path("M-78 330C-92 170 -72 112 -26 96C-8 112 10 112 28 96C76 112 92 170 80 330C30 346 -30 346 -78 330Z", coat),
        line(f"M-62 146C-86 200 -84 240 {-66 + 18 * step} 292", coat, 42),
        line(f"M64 146C88 200 88 240 {84 - 10 * step} 288", coat, 42),
        circle(-64 + 18 * step, 300, 20, SKIN[head["skin"]]), circle(84 - 10 * step, 296, 20, SKIN[head["skin"]]),
        line("M-76 150C-84 190 -84 220 -74 260", "#000", 5, opacity=0.12),
        group(face(**head)),
        move=(x, y), size=size, mirror=mirror,
    )  # fmt: skip


def from_behind(x, y, size, coat, hair, colour, skin="light"):
    """Somebody sitting, seen from the back."""
    back = {
        "short": path("M-60 20C-70 -60 -40 -88 0 -88C40 -88 70 -60 60 20C40 50 -40 50 -60 20Z", colour),
        "long": path("M-66 130C-90 -20 -70 -92 0 -92C70 -92 90 -20 66 130C30 150 -30 150 -66 130Z", colour),
        "bun": path("M-60 20C-70 -60 -40 -88 0 -88C40 -88 70 -60 60 20C40 46 -40 46 -60 20Z", colour)
        + circle(0, -84, 32, colour),
        "cap": path("M-64 10C-70 -60 -40 -92 0 -92C40 -92 70 -60 64 10Z", colour)
        + rect(-66, 0, 132, 26, "#fff", 13, opacity=0.35)
        + path("M-50 26h100c-4 24 -30 34 -50 34s-46 -10 -50 -34z", WOOD_DARK),
    }[hair]
    return group(
        path("M-24 30h48l6 70h-60z", SKIN[skin]),
        path("M-150 330C-156 170 -126 116 -30 92C-12 104 12 104 30 92C126 116 156 170 150 330Z", coat),
        oval(-60, 0, 10, 14, SKIN[skin]), oval(60, 0, 10, 14, SKIN[skin]),
        back, move=(x, y), size=size,
    )  # fmt: skip


# Things


def window(x, y, w, h, sky=SKY):
    return (
        rect(x - 16, y - 16, w + 32, h + 32, CREAM, 10)
        + rect(x, y, w, h, sky, 4)
        + path(
            f"M{x} {y + h * 0.72}q{w * 0.25} -{h * 0.2} {w * 0.5} 0t{w * 0.5} -10v{h * 0.28 + 10}h-{w}z", SAGE
        )
        + path(f"M{x} {y + h * 0.86}q{w * 0.3} -{h * 0.14} {w * 0.55} 0t{w * 0.45} 0v{h * 0.14}h-{w}z", LEAF)
        + circle(x + w * 0.76, y + h * 0.26, h * 0.1, BUTTER)
        + rect(x + w / 2 - 6, y, 12, h, CREAM)
        + rect(x, y + h * 0.42, w, 12, CREAM)
        + rect(x - 30, y + h + 14, w + 60, 20, WOOD, 6)
    )


def plant(x, y, size=1.0, pot=CLAY, leaf=PINE):
    leaves = "".join(
        group(path("M0 0C-26 -40 -22 -96 0 -130C22 -96 26 -40 0 0Z", leaf if n % 2 else LEAF), turn=turn)
        for n, turn in enumerate((-58, 58, -30, 30, 0))
    )
    return group(
        leaves,
        path("M-44 -8h88l-12 76h-64z", pot),
        rect(-50, -18, 100, 22, pot, 6),
        rect(-50, -2, 100, 6, "#000", opacity=0.15),
        move=(x, y),
        size=size,
    )


def lamp(x, length, colour=CLAY, size=1.0):
    return line(f"M{x} 0V{length}", INK, 5) + group(
        path("M-26 0h52l64 84h-180z", colour),
        oval(0, 84, 90, 12, "#000", opacity=0.18),
        oval(0, 90, 40, 16, BUTTER),
        move=(x, length),
        size=size,
    )


def tree(x, y, size=1.0, leaf=LEAF, kind="round"):
    trunk = rect(-9, -110, 18, 112, WOOD_DARK, 6)
    if kind == "round":
        crown = oval(0, -190, 86, 104, leaf) + line(
            "M0 -90V-210M0 -150L34 -186M0 -170L-30 -204", WOOD_DARK, 8, opacity=0.5
        )
    else:
        crown = path("M0 -330L84 -80H-84Z", leaf) + path("M0 -330L84 -80H20Z", "#000", opacity=0.08)
    return group(trunk, crown, move=(x, y), size=size)


def house(x, y, w, h, wall, roof, door=PINE, lights=2):
    step = w / (lights + 1)
    lit = "".join(
        rect(x + step * (n + 1) - 22, y - h + 40 + row * 100, 44, 58, BUTTER if (n + row) % 3 else SKY, 4) + rect(x + step * (n + 1) - 2, y - h + 40 + row * 100, 4, 58, CREAM)
        for n in range(lights) for row in range(max(1, int((h - 60) // 120)))
    )  # fmt: skip
    return (
        rect(x, y - h, w, h, wall)
        + path(f"M{x - 18} {y - h + 4}L{x + w / 2} {y - h - w * 0.48}L{x + w + 18} {y - h + 4}Z", roof)
        + lit
        + rect(x + w / 2 - 26, y - 84, 52, 84, door, 6)
        + circle(x + w / 2 + 14, y - 42, 4, BUTTER)
    )


def cloud(x, y, size=1.0, fill="#fff"):
    return group(
        oval(0, 0, 70, 26, fill),
        oval(-34, 6, 46, 20, fill),
        oval(40, 8, 50, 18, fill),
        circle(-10, -16, 28, fill),
        circle(26, -10, 22, fill),
        move=(x, y),
        size=size,
    )


def bird(x, y, size=1.0):
    return group(line("M-26 -8q14 -14 26 6q12 -20 26 -6", INK, 6), move=(x, y), size=size)


def leaves_on_ground(spots):
    return "".join(oval(x, y, 12, 6, (CLAY, BUTTER, APRICOT)[n % 3]) for n, (x, y) in enumerate(spots))


def bowl(x, y):
    return (
        circle(x - 26, y - 20, 26, CLAY) + circle(x + 22, y - 22, 26, BUTTER) + circle(x, y - 36, 26, LEAF)
        + path(f"M{x - 80} {y - 18}h160c-6 52 -44 66 -80 66s-74 -14 -80 -66z", SEA)
    )  # fmt: skip


# The pictures


def kitchen():
    """Two at a kitchen table, with coffee. The front page."""
    return scene(
        rect(0, 0, 1200, 900, WALL),
        "".join(rect(40 + n * 80, 560, 72, 72, "#fff" if n % 2 else CREAM, 8) for n in range(15)),
        window(420, 110, 360, 320),
        plant(480, 400, 0.62), plant(730, 400, 0.5, pot=SEA, leaf=LEAF),
        rect(70, 180, 230, 16, WOOD, 4), rect(90, 110, 54, 70, SEA, 8), rect(156, 90, 44, 90, PLUM, 8), rect(212, 126, 60, 54, APRICOT, 27),
        rect(900, 180, 230, 16, WOOD, 4), bowl(1010, 132),
        lamp(600, 70, CLAY, 1.1),
        sitting(345, 400, 1.32, PINE, "#17493c", skin="light", hair="curls", colour="#8a4b2a", mood="laugh", looks=10),
        sitting(865, 392, 1.32, APRICOT, "#e0935f", mirror=True, cup=SEA, skin="brown", hair="short", colour="#241a17", mood="smile", looks=10),
        path("M40 716h1120l60 200H-20z", WOOD), rect(40, 706, 1120, 26, WOOD_DARK, 8),
        group(cup_of(CLAY), move=(424, 664), size=1.25), group(cup_of(SEA), move=(778, 664), size=1.25, mirror=True),
        bowl(602, 672),
        oval(330, 772, 60, 16, CREAM), path("M296 764q34 -32 68 0z", "#8a4b2a"),
        oval(880, 776, 60, 16, CREAM), path("M846 768q34 -32 68 0z", "#8a4b2a"),
    )  # fmt: skip


def walk():
    """Two out walking by the water. For volunteers."""
    return scene(
        rect(0, 0, 1200, 900, "#fbe9c9"), circle(900, 190, 84, BUTTER), cloud(260, 150), cloud(620, 96, 0.7), bird(760, 230), bird(820, 200, 0.7),
        path("M0 440q150 -90 320 -40t330 -30t280 10t270 -40V900H0z", SAGE),
        rect(0, 470, 1200, 120, SEA), line("M90 506h150M420 540h180M760 500h130M980 548h120", "#fff", 6, opacity=0.5),
        path("M700 470l40 -74v74zM748 470v-92l60 92z", CREAM), path("M680 470h150l-26 30h-104z", CLAY),
        path("M0 580q300 -40 600 0t600 -10V900H0z", LEAF),
        path("M-20 900C200 760 500 700 820 690C980 684 1100 676 1220 650V760C1100 800 900 830 700 900z", "#f0d7a4"),
        tree(110, 640, 1.35), tree(1080, 620, 1.1, leaf=PINE, kind="pine"), tree(1160, 640, 0.9, leaf=LEAF),
        walker(440, 300, 0.98, PLUM, "#39506a", skin="tan", hair="bun", colour="#3a2620", mood="smile", looks=12),
        walker(690, 280, 1.02, CLAY, INK, step=-1, skin="pale", hair="short", colour="#b9b2a6", beard="#b9b2a6", mood="laugh", looks=-12),
        leaves_on_ground([(300, 850), (900, 760), (1010, 800), (820, 850), (240, 770), (560, 860)]),
        line("M210 860q6 -40 -8 -60M230 862q0 -36 14 -56", PINE, 6), line("M1010 870q6 -40 -8 -60M1030 872q0 -36 14 -56", PINE, 6),
    )  # fmt: skip


def bench():
    """Two on a bench, looking at the sea. For those who want support."""
    return scene(
        rect(0, 0, 1200, 900, "#f9d9b4"), circle(600, 380, 130, "#fbe7ae"), circle(600, 380, 96, BUTTER), cloud(220, 170, 1.0, "#fdeeda"), cloud(960, 130, 0.9, "#fdeeda"),
        rect(0, 400, 1200, 260, SEA), path("M480 410h240l60 240h-360z", "#fbe7ae", opacity=0.35),
        line("M120 450h160M360 500h120M820 460h180M930 540h150M200 580h190M620 560h150", "#fff", 6, opacity=0.5),
        path("M0 404q120 -70 260 -10l60 10z", PINE, opacity=0.6), path("M860 404q160 -90 340 -30v30z", PINE, opacity=0.6),
        path("M0 640q300 -60 620 -20t580 -30V900H0z", SAGE), path("M0 760q300 -40 620 -10t580 -20V900H0z", LEAF),
        from_behind(450, 370, 1.0, PINE, "cap", CLAY), from_behind(750, 366, 1.0, BUTTER, "long", "#6b3d24", "brown"),
        rect(220, 570, 760, 40, WOOD, 10), rect(220, 628, 760, 40, WOOD, 10), rect(220, 686, 760, 40, WOOD, 10),
        rect(290, 560, 26, 260, WOOD_DARK, 6), rect(884, 560, 26, 260, WOOD_DARK, 6),
        group(cup_of(CLAY), move=(572, 512), size=1.1),
        line("M90 880q6 -70 -12 -110M116 884q0 -60 24 -96M1080 880q6 -70 -12 -110M1106 884q0 -60 24 -96", PINE, 8),
        bird(330, 260), bird(400, 232, 0.7),
    )  # fmt: skip


def person(**look):
    """How somebody looks, for :func:`face`."""
    return look


def circle_of_people():
    """Six around a table. For group courses."""
    people = [
        (180, 300, person(skin="tan", hair="long", colour="#2b1c17", mood="smile", looks=10), SEA),
        (400, 250, person(skin="pale", hair="short", colour="#c98f3f", mood="laugh", looks=6), PLUM),
        (600, 236, person(skin="dark", hair="curls", colour="#1d1512", mood="smile"), BUTTER),
        (
            800,
            250,
            person(skin="light", hair="bob", colour="#b9b2a6", mood="smile", glasses=True, looks=-6),
            PINE,
        ),
        (1020, 300, person(skin="brown", hair="scarf", colour=CLAY, mood="closed", looks=-10), APRICOT),
    ]
    return scene(
        rect(0, 0, 1200, 900, "#dfeadd"), rect(0, 640, 1200, 260, "#ecd3a6"),
        rect(90, 70, 330, 190, CREAM, 10), line("M130 130h180M130 170h240M130 210h120", LEAF, 12), circle(372, 124, 20, CLAY),
        lamp(700, 40, PLUM, 0.9), plant(1110, 620, 1.5), window(850, 90, 230, 170),
        *(group(path("M-120 330C-130 170 -104 116 -28 96C-8 116 10 116 28 96C110 116 130 170 124 330Z", shirt), face(**head), move=(x, y + 60), size=0.96) for x, y, head, shirt in people),
        oval(600, 690, 560, 150, WOOD_DARK), oval(600, 672, 560, 150, WOOD),
        *(group(cup_of(colour), move=(x, y), size=0.8) for x, y, colour in ((230, 600, CLAY), (420, 570, SEA), (760, 570, PLUM), (930, 604, PINE))),
        bowl(600, 640), rect(330, 700, 120, 84, "#fff", 4, transform="rotate(-8 390 740)"), line("M352 728l72 -9M354 748l60 -8", SAGE, 6),
        rect(760, 702, 110, 80, "#fff", 4, transform="rotate(7 815 742)"), line("M780 724l66 8M778 744l50 6", SAGE, 6),
    )  # fmt: skip


def telephone():
    """Somebody who answers the telephone. For sign-up and for professionals."""
    return scene(
        rect(0, 0, 1200, 900, "#e6f0e8"), window(690, 130, 330, 330, "#fbe6c4"), plant(770, 440, 0.6),
        rect(90, 220, 300, 18, WOOD, 4), *(rect(110 + n * 44, 220 - h, 36, h, c, 4) for n, (h, c) in enumerate(((110, CLAY), (130, PINE), (96, BUTTER), (120, PLUM), (104, SEA)))),
        rect(90, 400, 300, 18, WOOD, 4), bowl(240, 352),
        group(
            path("M-180 480C-180 230 -136 134 -32 102C-10 124 12 124 34 102C140 134 184 230 184 480Z", CLAY),
            face("tan", "bob", "#4a2d20", "smile", looks=-8),
            line("M120 210C190 190 180 110 92 42", CLAY, 60), circle(84, 34, 30, SKIN["tan"]),
            rect(58, -34, 26, 96, INK, 10, transform="rotate(8 70 14)"),
            line("M-120 230C-170 330 -120 392 10 392", "#b5522f", 58), circle(24, 392, 30, SKIN["tan"]),
            line("M20 384L66 352", BUTTER, 12),
            move=(560, 330), size=1.14),
        path("M60 776h1080l60 140H0z", WOOD), rect(60, 764, 1080, 26, WOOD_DARK, 8),
        rect(520, 752, 190, 18, "#fff", 3), rect(516, 762, 198, 12, SAGE, 3), group(cup_of(PINE), move=(820, 716), size=1.2),
        rect(230, 690, 150, 80, PLUM, 8), circle(305, 730, 20, CREAM),
    )  # fmt: skip


def town():
    """A small harbour town. For the directory."""
    return scene(
        rect(0, 0, 1200, 900, "#d9e9ea"), circle(980, 160, 74, BUTTER), cloud(240, 140), cloud(700, 110, 0.8), bird(520, 200), bird(590, 170, 0.7),
        path("M0 560q200 -150 420 -80t400 -60t380 20V900H0z", SAGE),
        tree(70, 650, 1.2), tree(1130, 650, 1.3, leaf=PINE, kind="pine"), tree(1050, 650, 1.0, leaf=LEAF),
        house(140, 660, 170, 230, CLAY, "#7a3a26"), house(316, 660, 150, 300, BUTTER, "#9a5a36", door=PLUM), house(472, 660, 190, 220, CREAM, CLAY, door=SEA),
        house(668, 660, 140, 330, ROSE, "#7a3a26"), house(814, 660, 190, 240, SEA, INK, door=CLAY),
        rect(0, 660, 1200, 60, "#ecd3a6"), rect(0, 716, 1200, 14, WOOD_DARK), rect(0, 730, 1200, 170, "#5f98a3"),
        line("M60 780h160M330 830h190M640 776h150M900 836h190M470 870h110", "#fff", 6, opacity=0.45),
        path("M520 800l60 -130v130zM590 800V650l96 150z", CREAM), path("M480 804h240l-34 44h-172z", PLUM),
        group(walker(0, 0, 1, PINE, INK, skin="tan", hair="bun", colour="#3a2620", looks=8), move=(300, 574), size=0.24),
        group(walker(0, 0, 1, APRICOT, "#39506a", step=-1, skin="light", hair="short", colour="#8a4b2a", looks=-8), move=(352, 572), size=0.24),
    )  # fmt: skip


def garden():
    """Hands in the soil. For the catalogue of ideas."""
    beds = "".join(
        group(line("M0 0V-70", PINE, 8), group(path("M0 0C-10 -26 -6 -46 0 -56C6 -46 10 -26 0 0Z", LEAF), turn=-52, move=(0, -30), size=1.1), group(path("M0 0C-10 -26 -6 -46 0 -56C6 -46 10 -26 0 0Z", LEAF), turn=52, move=(0, -30), size=1.1), circle(0, -84, 22, colour), circle(0, -84, 8, CREAM), move=(x, y), size=size)
        for x, y, size, colour in ((150, 800, 1.3, CLAY), (270, 830, 1.5, BUTTER), (930, 830, 1.5, ROSE), (1050, 800, 1.3, CLAY), (1140, 840, 1.4, BUTTER), (60, 850, 1.4, ROSE))
    )  # fmt: skip
    return scene(
        rect(0, 0, 1200, 900, "#e8f1de"), circle(200, 170, 80, BUTTER), cloud(560, 120, 0.9), cloud(960, 180, 1.1),
        path("M0 470q300 -120 640 -40t560 -40V900H0z", SAGE), tree(1040, 560, 1.5), tree(130, 560, 1.2, leaf=PINE, kind="pine"),
        rect(690, 330, 220, 200, CLAY), path("M664 338l136 -100l136 100z", "#7a3a26"), rect(770, 420, 64, 110, CREAM, 4),
        path("M0 620h1200v280H0z", "#9a6a45"), path("M0 620q100 -26 200 0t200 0t200 0t200 0t200 0t200 0v60H0z", "#b07c52"),
        sitting(420, 330, 1.05, BUTTER, "#e3bd61", skin="pale", hair="short", colour="#8a4b2a", mood="smile", looks=12),
        sitting(790, 340, 1.05, PINE, "#17493c", mirror=True, skin="dark", hair="bun", colour="#1d1512", mood="laugh", looks=12),
        path("M200 660q100 -40 200 0t200 0t200 0t200 0v240H200z", "#9a6a45"), path("M0 700q100 -26 200 0t200 0t200 0t200 0t200 0t200 0v200H0z", "#8a5c3a"),
        beds, plant(604, 690, 0.9, pot=CLAY, leaf=LEAF),
    )  # fmt: skip


def door():
    """Two on their way in through a door, together. For accompaniment."""
    return scene(
        rect(0, 0, 1200, 900, "#f6dfc2"), rect(0, 700, 1200, 200, "#d9c3a0"), rect(0, 700, 1200, 12, "#000", opacity=0.08),
        *(rect(40 + n * 300, 90, 190, 230, SKY, 6) + rect(128 + n * 300, 90, 14, 230, CREAM) for n in (0, 3)),
        path("M420 704V220a190 190 0 0 1 380 0v484z", CREAM), path("M446 704V226a164 164 0 0 1 328 0v478z", PINE), rect(602, 66, 16, 640, CREAM), path("M480 300h90v140h-90zM650 300h90v140h-90zM480 480h90v160h-90zM650 480h90v160h-90z", "#2f7360"),
        circle(586, 470, 10, BUTTER), circle(634, 470, 10, BUTTER),
        rect(380, 704, 460, 34, "#c4ab84", 4), rect(350, 738, 520, 34, "#b79b72", 4),
        plant(300, 660, 1.3), plant(920, 660, 1.3),
        walker(500, 330, 0.9, SEA, "#39506a", skin="light", hair="bob", colour="#8a4b2a", mood="calm", looks=10),
        walker(700, 310, 0.94, PLUM, INK, step=-1, skin="brown", hair="curls", colour="#1d1512", mood="smile", looks=-10),
    )  # fmt: skip


def talk():
    """Somebody who tells their story to others."""
    return scene(
        rect(0, 0, 1200, 900, "#efe3f0"), rect(160, 80, 520, 330, CREAM, 12), circle(420, 240, 86, BUTTER), line("M380 252q40 40 80 0", CLAY, 12), circle(392, 218, 9, INK), circle(448, 218, 9, INK),
        plant(1090, 660, 1.7), rect(0, 690, 1200, 210, "#d9bfd4"),
        walker(850, 190, 0.96, CLAY, INK, skin="dark", hair="curls", colour="#1d1512", mood="laugh", looks=-12),
        line("M790 330C740 330 716 300 700 262", CLAY, 40), circle(698, 254, 20, SKIN["dark"]),
        *(from_behind(x, y, 0.8, coat, hair, colour, skin) for x, y, coat, hair, colour, skin in (
            (180, 660, PINE, "short", "#8a4b2a", "light"), (420, 690, BUTTER, "bun", "#3a2620", "tan"), (660, 680, SEA, "long", "#c98f3f", "pale"), (980, 720, PLUM, "short", "#1d1512", "brown"))),
    )  # fmt: skip


def portrait(background, blob, shirt, collar="round", stripe="", extra="", **head):
    """One of the ambassadors, square."""
    return scene(
        rect(0, 0, 1000, 1000, background), path(blob[0], blob[1]), extra,
        group(bust(shirt, collar, stripe), face(**head), move=(500, 470), size=2.3), w=1000, h=1000,
    )  # fmt: skip


BLOB = (
    "M120 520C80 260 300 90 540 110C800 130 940 340 890 580C850 800 660 900 460 880C260 860 150 720 120 520Z"
)
BLOB_TWO = "M160 420C180 180 420 100 620 140C860 190 930 420 860 640C790 850 560 920 360 850C190 790 140 620 160 420Z"

PICTURES = {
    "koekkenbord": kitchen,
    "gaatur": walk,
    "baenk": bench,
    "gruppe": circle_of_people,
    "telefon": telephone,
    "by": town,
    "have": garden,
    "doer": door,
    "foredrag": talk,
    "malthe": lambda: portrait("#f7d98b", (BLOB, "#f2ab7c"), PINE, "roll", skin="pale", hair="short", colour="#b5652f", beard="#b5652f", mood="smile"),
    "bente": lambda: portrait("#cfe3e6", (BLOB_TWO, "#7fb0b8"), PLUM, "shirt", skin="light", hair="bob", colour="#cfc8bd", glasses=True, mood="laugh"),
    "samira": lambda: portrait("#e7c9d6", (BLOB_TWO, "#c9849f"), BUTTER, "roll", skin="brown", hair="long", colour="#241a17", mood="smile"),
    "jonas": lambda: portrait("#dfeadd", (BLOB, "#8fb89c"), "#f3ead6", "round", CLAY, skin="dark", hair="curls", colour="#1d1512", mood="calm", glasses=True),
}  # fmt: skip


def main(only=()):
    from PIL import Image
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, QUIET

    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1200, "height": 1000})
        for name, draw in PICTURES.items():
            if only and name not in only:
                continue
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{draw()}")
            shot = Image.open(io.BytesIO(page.locator("svg").screenshot()))
            shot.convert("RGB").save(FOLDER / f"{name}.webp", quality=86, method=6)
            print(name, (FOLDER / f"{name}.webp").stat().st_size // 1024, "kB")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
