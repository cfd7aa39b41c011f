"""Scenes of places: the village, the coast, the town, the river, the snow."""

from deploy.demo.pictures import nature as n
from deploy.demo.pictures import people as p
from deploy.demo.pictures import town as t
from deploy.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from deploy.demo.pictures.looks import mixed


def mountain_village(canvas: Canvas) -> None:
    n.sky(canvas, 500, canvas.between(180, 320))
    n.peaks(canvas, 560, [(120, 230, 330), (430, 150, 330), (1060, 170, 380), (760, 260, 300)])
    n.range_of(canvas, 520, 26, canvas.shade(canvas.look.middle, 0.1))
    for _ in range(34):
        x = canvas.between(0, WIDTH)
        n.fir(canvas, x, 566 + canvas.between(-14, 16), canvas.between(44, 82))
    n.range_of(canvas, 580, 14, canvas.look.middle)
    t.village(canvas, 600, 640, 1.0, 6)
    canvas.ground([(-80, 640), (200, 690), (560, 664), (900, 700), (1280, 640)], canvas.look.near)
    n.path(canvas, 612, 668, 420)
    for x, foot, high in ((60, 760, 210), (150, 790, 170), (1090, 770, 230), (1170, 800, 190), (1010, 796, 130)):
        n.fir(canvas, x, foot, high)
    n.tufts(canvas, 700, 800)


def fountain(canvas: Canvas) -> None:
    """A stone fountain on a small square."""
    look, stone = canvas.look, (206, 196, 180)
    n.sky(canvas, 420, canvas.between(820, 1000), 3)
    n.peaks(canvas, 500, [(300, 190, 330), (900, 150, 380)])
    n.range_of(canvas, 470, 12, look.middle)
    for index, x in enumerate((-60, 130, 860, 1030)):
        t.house(canvas, x, 560, 120, canvas.between(170, 230), index)
    canvas.box(0, 556, WIDTH, HEIGHT - 556, mixed(look.soil, look.walls[0], 0.4))
    for row in range(9):
        y = 562 + row * row * 3.2
        canvas.line([(0, y), (WIDTH, y)], canvas.shade(look.soil, 0.2), 2, 80)
    canvas.disc(600, 706, 310, 46, look.shadow, 70)
    canvas.disc(600, 690, 270, 54, canvas.shade(stone, 0.25))
    canvas.box(330, 606, 540, 86, canvas.shade(stone, 0.1))
    canvas.disc(600, 606, 270, 54, stone)
    canvas.disc(600, 606, 240, 42, look.water)
    canvas.disc(560, 600, 130, 16, mixed(look.water, (255, 255, 255), 0.35))
    canvas.box(566, 330, 68, 280, stone)
    canvas.box(612, 330, 22, 280, canvas.shade(stone, 0.2))
    canvas.polygon([(552, 336), (600, 272), (648, 336)], canvas.shade(stone, 0.12))
    canvas.disc(600, 268, 20, 20, stone)
    for side in (-1, 1):
        spout = (600 + side * 34, 420)
        canvas.line([spout, (600 + side * 78, 424)], (92, 98, 106), 12)
        fall = [(600 + side * 78, 426), (600 + side * 108, 470), (600 + side * 120, 604)]
        canvas.line(fall, mixed(look.water, (255, 255, 255), 0.55), 9, 220)
    p.person(canvas, 980, 730, 190)
    p.person(canvas, 1060, 742, 120)


def snow(canvas: Canvas) -> None:
    """A plough opens the road."""
    look = canvas.look
    n.sky(canvas, 470, canvas.between(820, 980), 3)
    n.peaks(canvas, 520, [(200, 200, 320), (620, 240, 300), (1030, 180, 360)])
    n.range_of(canvas, 510, 16, look.middle)
    for _ in range(20):
        n.fir(canvas, canvas.between(0, WIDTH), 548 + canvas.between(-8, 14), canvas.between(50, 90))
    t.village(canvas, 300, 586, 0.72, 5)
    canvas.ground([(-60, 590), (300, 606), (700, 584), (1280, 600)], look.near)
    canvas.polygon([(0, 720), (1200, 636), (1200, 716), (0, HEIGHT)], (150, 160, 172))
    canvas.line([(0, 712), (1200, 630)], (255, 255, 255), 16)
    canvas.line([(0, 806), (1200, 722)], (255, 255, 255), 20)
    x, foot, orange = 590, 716, (232, 128, 46)
    canvas.disc(x + 150, foot + 4, 230, 18, look.shadow, 70)
    canvas.rounded(x, foot - 150, 230, 124, 12, orange)
    canvas.rounded(x + 196, foot - 206, 124, 180, 16, mixed(orange, (255, 255, 255), 0.12))
    canvas.rounded(x + 236, foot - 190, 74, 76, 8, (166, 204, 226))
    canvas.glow(x + 250, foot - 216, 44, (255, 190, 80), 190)
    canvas.rounded(x + 238, foot - 222, 26, 18, 6, (255, 170, 50))
    blade = [
        (x + 326, foot - 96),
        (x + 392, foot - 110),
        (x + 372, foot - 54),
        (x + 398, foot + 6),
        (x + 334, foot - 6),
    ]
    canvas.polygon(blade, (238, 196, 66))
    for wheel in (54, 168, 262):
        canvas.disc(x + wheel, foot - 20, 36, 36, (48, 52, 60))
        canvas.disc(x + wheel, foot - 20, 14, 14, (180, 186, 194))
    for _ in range(46):
        size = canvas.between(6, 22)
        canvas.disc(x + 400 + canvas.between(0, 90), foot - canvas.between(-14, 96), size, size, (255, 255, 255), 220)
    for px, foot_, high in ((70, 690, 170), (1080, 640, 170), (1150, 650, 140)):
        n.fir(canvas, px, foot_, high)
    n.flakes(canvas)


def pasture(canvas: Canvas) -> None:
    """Sheep on a high meadow."""
    n.sky(canvas, 450, canvas.between(240, 400))
    n.peaks(canvas, 520, [(280, 160, 340), (700, 230, 300), (1010, 140, 360)])
    n.range_of(canvas, 500, 24, canvas.look.middle)
    for _ in range(16):
        n.fir(canvas, canvas.between(0, WIDTH), 546 + canvas.between(-10, 10), canvas.between(46, 78))
    canvas.ground([(-60, 560), (260, 590), (640, 556), (980, 596), (1280, 560)], canvas.look.near)
    n.tufts(canvas, 600, 790, 90)
    for index in range(13):
        x, foot = canvas.between(40, 1120), 620 + index * 12
        _sheep(canvas, x, foot, 0.62 + index * 0.045)
    p.person(canvas, 1010, 700, 170)
    canvas.line([(1040, 700), (1062, 540)], (120, 92, 70), 7)


def _sheep(canvas: Canvas, x: float, foot: float, scale: float) -> None:
    wool = (246, 240, 228)
    canvas.disc(x, foot, 50 * scale, 7 * scale, canvas.look.shadow, 60)
    for leg in (-26, -10, 12, 28):
        canvas.box(x + leg * scale, foot - 26 * scale, 6 * scale, 26 * scale, (78, 70, 66))
    for dx, dy, size in ((-26, 40, 22), (0, 46, 26), (26, 40, 22), (0, 34, 26)):
        canvas.disc(x + dx * scale, foot - dy * scale, size * scale, size * scale * 0.85, canvas.shade(wool, 0.08))
    for dx, dy, size in ((-22, 46, 16), (4, 52, 18), (24, 46, 14)):
        canvas.disc(x + dx * scale, foot - dy * scale, size * scale, size * scale * 0.8, wool)
    canvas.disc(x + 54 * scale, foot - 50 * scale, 13 * scale, 17 * scale, (84, 74, 70))


def perched(canvas: Canvas) -> None:
    """A village on its rock above the sea."""
    look = canvas.look
    n.sky(canvas, 440, canvas.between(160, 320))
    n.range_of(canvas, 420, 24, look.far, 5)
    n.water(canvas, 440)
    canvas.polygon([(0, 432), (0, 470), (240, 452), (360, 441)], canvas.shade(look.far, 0.12))
    for x, y, high in ((150, 560, 70), (330, 500, 46), (90, 680, 96)):
        _sail(canvas, x + canvas.between(-40, 40), y, high)
    rock = [
        (380, 800),
        (470, 690),
        (560, 560),
        (640, 430),
        (720, 350),
        (900, 330),
        (1030, 420),
        (1140, 560),
        (1300, 690),
    ]
    canvas.ground(rock, canvas.look.middle)
    canvas.polygon(
        [(900, 330), (1030, 420), (1140, 560), (1300, 690), (1300, 800), (960, 800), (930, 560)],
        canvas.shade(look.middle, 0.14),
    )
    for index, (x, foot) in enumerate(((700, 420), (770, 384), (850, 366), (930, 384), (990, 430))):
        t.house(canvas, x, foot, canvas.between(44, 54), canvas.between(56, 78), index)
    t.church(canvas, 800, 380, 120)
    for index, (x, foot) in enumerate(((640, 500), (710, 478), (790, 466), (870, 470), (950, 492), (1030, 530))):
        t.house(canvas, x, foot, canvas.between(46, 56), canvas.between(52, 70), index + 2)
    for x, foot, high in ((600, 590, 90), (690, 560, 70), (1100, 610, 100), (930, 560, 74), (820, 540, 64)):
        n.poplar(canvas, x, foot, high)
    for _ in range(12):
        n.tree(canvas, canvas.between(600, 1180), canvas.between(600, 720), canvas.between(50, 80))
    n.pine(canvas, 1060, 800, 320)
    n.pine(canvas, 470, 810, 190)
    n.tufts(canvas, 730, 800, 30)


def _sail(canvas: Canvas, x: float, y: float, high: float) -> None:
    canvas.line([(x - high * 0.5, y + 6), (x + high * 0.5, y + 6)], (255, 255, 255), 4, 120)
    canvas.polygon([(x + 3, y - high), (x + 3, y - 6), (x + high * 0.5, y - 6)], (255, 252, 244))
    canvas.polygon([(x - 2, y - high * 0.86), (x - 2, y - 6), (x - high * 0.32, y - 6)], canvas.look.accent)
    canvas.polygon(
        [(x - high * 0.42, y - 3), (x + high * 0.5, y - 3), (x + high * 0.36, y + 8), (x - high * 0.32, y + 8)],
        (92, 70, 60),
    )


def trail(canvas: Canvas) -> None:
    """A path along the slope, its railing, a bench in the shade."""
    look = canvas.look
    n.sky(canvas, 430, canvas.between(260, 420))
    n.range_of(canvas, 404, 20, look.far, 5)
    n.water(canvas, 436)
    _sail(canvas, 250, 520, 56)
    canvas.ground([(430, 800), (560, 600), (740, 470), (980, 392), (1280, 330)], look.middle)
    for _ in range(16):
        x = canvas.between(760, 1180)
        n.tree(canvas, x, canvas.between(470, 560), canvas.between(60, 90))
    canvas.ground([(-80, 640), (240, 622), (560, 610), (900, 580), (1280, 560)], look.near)
    canvas.polygon(
        [(-20, 800), (-20, 742), (420, 664), (820, 616), (1220, 590), (1220, 640), (860, 690), (560, 800)],
        mixed(look.soil, (255, 255, 255), 0.1),
    )
    rail = [(-10, 640), (300, 594), (620, 556), (940, 530), (1220, 514)]
    low = [(x, y + 30) for x, y in rail]
    for index in range(13):
        x = index * 100 - 6
        y = 640 - 120 * (index / 12) ** 0.8
        canvas.box(x, y, 9, 78 - index * 2, (132, 98, 72))
    canvas.line(rail, (162, 122, 90), 10)
    canvas.line(low, (162, 122, 90), 8)
    n.pine(canvas, 960, 690, 420)
    p.bench(canvas, 860, 706, 170)
    p.person(canvas, 470, 716, 168)
    p.person(canvas, 540, 708, 150)
    n.tufts(canvas, 740, 800, 24)


def square(canvas: Canvas) -> None:
    """A town's square and its belfry."""
    n.sky(canvas, 470, canvas.between(860, 1020))
    n.range_of(canvas, 420, 18, canvas.look.far, 5)
    t.street(canvas, -30, 600, 440, 0.9)
    t.street(canvas, 760, 600, 1220, 0.9)
    t.street(canvas, 400, 586, 800, 0.66)
    t.belfry(canvas, 520, 600, 330)
    canvas.box(0, 598, WIDTH, HEIGHT - 598, mixed(canvas.look.soil, canvas.look.walls[1], 0.4))
    for row in range(8):
        y = 604 + row * row * 3.6
        canvas.line([(0, y), (WIDTH, y)], canvas.shade(canvas.look.soil, 0.2), 2, 70)
    for x in (130, 300, 900, 1080):
        n.tree(canvas, x, 664, 190)
    p.bench(canvas, 210, 706, 150)
    p.crowd(canvas, 720, [420, 480, 660, 840, 1010], 130)


def river(canvas: Canvas) -> None:
    """A river with its bridge, poplars and a boat."""
    look = canvas.look
    n.sky(canvas, 450, canvas.between(260, 420))
    n.range_of(canvas, 440, 12, look.far, 5)
    for index in range(15):
        n.poplar(canvas, 30 + index * 84 + canvas.between(-16, 16), 500, canvas.between(120, 170))
    t.village(canvas, 880, 510, 0.66, 5)
    n.range_of(canvas, 500, 6, look.middle)
    n.water(canvas, 540, 730)
    stone = mixed(look.walls[1], (190, 180, 166), 0.5)
    canvas.box(0, 486, 560, 42, stone)
    canvas.box(0, 478, 566, 12, canvas.shade(stone, 0.2))
    for arch in range(4):
        x = 20 + arch * 138
        canvas.box(x - 24, 520, 34, 56, stone)
        canvas.half_disc(x + 62, 572, 54, 46, canvas.shade(look.water, 0.4), up=True)
        canvas.box(x + 8, 572, 108, 10, canvas.shade(look.water, 0.3))
    canvas.polygon([(640, 640), (900, 640), (870, 676), (668, 676)], look.accent)
    canvas.rounded(700, 598, 130, 44, 10, (250, 244, 232))
    for pane in range(3):
        canvas.box(712 + pane * 40, 608, 28, 20, mixed(look.sky, look.shadow, 0.3))
    p.person(canvas, 860, 642, 84)
    canvas.ground([(-60, 716), (240, 730), (620, 712), (1000, 736), (1280, 706)], look.near)
    for _ in range(26):
        reed = canvas.between(0, WIDTH)
        canvas.line([(reed, 790), (reed + canvas.between(-8, 8), 690)], look.foliage, 4)
        canvas.rounded(reed - 5, 684, 10, 34, 5, (122, 86, 60))
    n.tufts(canvas, 750, 800, 30)
