"""Scenes of what happens: market, works, school, council, library, celebrations, sport, collection."""

from deploy.demo.pictures import nature as n
from deploy.demo.pictures import people as p
from deploy.demo.pictures import town as t
from deploy.demo.pictures.canvas import HEIGHT, WIDTH, Canvas
from deploy.demo.pictures.looks import mixed

WHITE = (255, 255, 255)


def _backdrop(canvas: Canvas, foot: float) -> None:
    """What stands behind a square, by the kind of place: fronts in a town, houses elsewhere."""
    if canvas.look.accent[2] > 150:
        t.street(canvas, -20, foot, WIDTH, 1.0)
    else:
        for index in range(7):
            t.house(canvas, index * 190 - 80, foot + canvas.between(-10, 4), 108, canvas.between(150, 220), index)
    canvas.box(0, foot - 4, WIDTH, HEIGHT - foot + 4, mixed(canvas.look.soil, canvas.look.walls[1], 0.35))


def market(canvas: Canvas) -> None:
    n.sky(canvas, 420, canvas.between(900, 1060), 3)
    _backdrop(canvas, 560)
    for index, x in enumerate((60, 400, 740)):
        p.stall(canvas, x + 40, 610, 210, index + 1)
    p.crowd(canvas, 636, [30, 330, 350, 660, 690, 1030], 138)
    for index, x in enumerate((190, 640)):
        p.stall(canvas, x, 736, 300, index + (2 if canvas.chance.random() < 0.5 else 0))
    p.crowd(canvas, 772, [120, 540, 584, 1000, 1080], 190)


def works(canvas: Canvas) -> None:
    look = canvas.look
    n.sky(canvas, 430, canvas.between(160, 300), 3)
    _backdrop(canvas, 540)
    canvas.polygon([(0, 640), (WIDTH, 580), (WIDTH, 760), (0, HEIGHT)], (112, 116, 124))
    canvas.polygon([(0, 640), (WIDTH, 580), (WIDTH, 590), (0, 652)], mixed(look.soil, WHITE, 0.4))
    canvas.polygon([(520, 690), (900, 660), (960, 700), (560, 736)], canvas.shade((142, 108, 82), 0.3))
    for _ in range(40):
        x, size = canvas.between(560, 760), canvas.between(8, 24)
        canvas.disc(
            x,
            656 - canvas.between(0, 40) * (1 - abs(x - 660) / 110),
            size,
            size * 0.8,
            canvas.shade((166, 128, 96), canvas.between(0, 0.3)),
        )
    p.digger(canvas, 200, 676, 250)
    p.person(canvas, 860, 706, 190, vest=True, arm=-1)
    p.person(canvas, 990, 716, 186, vest=True)
    for x in (90, 330, 720, 1090):
        p.barrier(canvas, x - 60, 776 - (x - 90) * 0.02, 180)
    for x in (300, 620, 690, 1010):
        p.cone(canvas, x, 780, 58)


def school(canvas: Canvas) -> None:
    n.sky(canvas, 430, canvas.between(940, 1080))
    n.range_of(canvas, 420, 20, canvas.look.far, 5)
    n.range_of(canvas, 460, 10, canvas.look.middle, 5)
    for x in (40, 1160):
        n.tree(canvas, x, 560, 250)
    t.school(canvas, 190, 560, 370)
    canvas.box(0, 556, WIDTH, HEIGHT - 556, mixed(canvas.look.soil, WHITE, 0.15))
    marks = mixed(canvas.look.accent, WHITE, 0.35)
    for index in range(6):
        x, y = 650 + (index % 2) * 36 + index * 26, 720 - index * 22
        canvas.polygon([(x, y), (x + 70, y), (x + 60, y - 20), (x - 2, y - 20)], marks, 120)
    p.crowd(canvas, 700, [160, 230, 330, 420, 900, 1000, 1080], 110)
    p.crowd(canvas, 770, [300, 520, 590, 840], 126)
    p.person(canvas, 110, 730, 180)
    canvas.disc(470, 762, 17, 17, (214, 92, 70))


def town_hall(canvas: Canvas) -> None:
    n.sky(canvas, 440, canvas.between(160, 280))
    n.range_of(canvas, 430, 18, canvas.look.far, 5)
    n.range_of(canvas, 500, 10, canvas.look.middle, 5)
    for x in (60, 170, 1040, 1150):
        n.tree(canvas, x, 600, canvas.between(210, 260))
    canvas.ground([(-60, 640), (300, 646), (900, 646), (1280, 640)], mixed(canvas.look.soil, WHITE, 0.18))
    t.town_hall(canvas, 220, 610, 400)
    for x in (90, 230, 960, 1110):
        for dx in range(-40, 60, 20):
            canvas.disc(x + dx, 690, 17, 15, canvas.look.foliage)
            canvas.disc(x + dx, 680, 6, 6, p.CLOTHES[(x + dx) // 20 % 3])
    p.crowd(canvas, 740, [430, 500, 700, 780], 160)


def book_van(canvas: Canvas) -> None:
    n.sky(canvas, 420, canvas.between(900, 1060), 3)
    _backdrop(canvas, 560)
    n.tree(canvas, 90, 620, 240)
    p.van(canvas, 280, 716, 620, mixed(canvas.look.accent, WHITE, 0.25))
    p.crowd(canvas, 748, [230, 420, 520], 168)
    p.crowd(canvas, 760, [620, 960, 1040], 120)


def feast(canvas: Canvas) -> None:
    """A stage under garlands, and who listens."""
    n.sky(canvas, 440, canvas.between(220, 380), 3)
    _backdrop(canvas, 560)
    wood = (128, 94, 70)
    canvas.box(380, 470, 440, 150, canvas.shade(wood, 0.4))
    canvas.polygon([(350, 400), (600, 300), (850, 400)], mixed(canvas.look.accent, WHITE, 0.08))
    canvas.polygon([(600, 300), (850, 400), (600, 400)], canvas.shade(canvas.look.accent, 0.1))
    for x in (380, 590, 806):
        canvas.box(x, 396, 14, 170, wood)
    canvas.box(360, 560, 480, 70, wood)
    canvas.box(360, 560, 480, 10, mixed(wood, WHITE, 0.25))
    for x, arm in ((470, 1), (560, 0), (690, -1), (760, 1)):
        p.person(canvas, x, 562, 130, arm=arm)
    canvas.disc(640, 540, 30, 24, (190, 120, 70))
    lit = canvas.look.night or canvas.look.horizon[2] < 180
    for left, right in (((0, 330), (360, 396)), ((840, 396), (1200, 320)), ((0, 250), (1200, 240))):
        p.garland(canvas, left, right, 56, lit)
    p.crowd(canvas, 700, list(range(60, 1180, 92)), 150)
    p.crowd(canvas, 790, list(range(20, 1200, 118)), 190)


def lights(canvas: Canvas) -> None:
    """A street in December, at night."""
    n.sky(canvas, 460, canvas.between(900, 1040), 2)
    _backdrop(canvas, 580)
    for left, right in (((-10, 320), (420, 290)), ((420, 290), (800, 290)), ((800, 290), (1210, 320))):
        p.garland(canvas, left, right, 66, True)
    tree_x, tree_foot = 600, 700
    n.fir(canvas, tree_x, tree_foot, 380)
    for _ in range(46):
        high = canvas.between(0.1, 0.88)
        x = tree_x + canvas.between(-1, 1) * 120 * (1 - high)
        y = tree_foot - 40 - high * 320
        canvas.glow(x, y, 16, (255, 206, 110), 110)
        canvas.disc(x, y, 4, 4, p.CLOTHES[int(x) % 3] if int(y) % 2 else (255, 232, 170))
    canvas.glow(tree_x, tree_foot - 384, 50, (255, 220, 130), 170)
    for index, x in enumerate((120, 860)):
        p.stall(canvas, x, 716, 230, index)
        canvas.glow(x + 115, 610, 120, (255, 206, 120), 80)
    p.crowd(canvas, 760, [60, 420, 480, 740, 1120], 168)
    n.flakes(canvas, 120)


def pitch(canvas: Canvas) -> None:
    """A football pitch on a Saturday."""
    look = canvas.look
    n.sky(canvas, 400, canvas.between(240, 420))
    n.range_of(canvas, 390, 20, look.far, 5)
    for index in range(16):
        n.tree(canvas, index * 84 - 20, 470 + canvas.between(-6, 8), canvas.between(90, 140))
    grass = mixed(look.near, (98, 162, 92), 0.5)
    canvas.box(0, 460, WIDTH, HEIGHT - 460, grass)
    for band in range(5):
        y, next_y = 460 + band * band * 15, 460 + (band + 0.5) ** 2 * 15
        canvas.box(0, y, WIDTH, next_y - y, mixed(grass, WHITE, 0.08))
    canvas.line([(0, 500), (WIDTH, 500)], WHITE, 4)
    canvas.polygon([(700, 500), (1140, 500), (1260, 640), (640, 640)], WHITE, 255)
    canvas.polygon([(708, 504), (1134, 504), (1240, 634), (652, 634)], grass)
    for x in (830, 1010):
        canvas.box(x, 388, 8, 116, WHITE)
    canvas.box(830, 388, 188, 8, WHITE)
    for index in range(10):
        canvas.line([(838 + index * 18, 396), (838 + index * 18, 500)], WHITE, 1, 110)
        canvas.line([(838, 396 + index * 11), (1010, 396 + index * 11)], WHITE, 1, 110)
    for x, foot, arm in ((930, 530, 1), (720, 610, 0), (520, 590, -1), (360, 690, 0), (820, 730, 1), (140, 620, 0)):
        p.person(canvas, x, foot, 90 + (foot - 500) * 0.36, arm=arm)
    canvas.disc(590, 700, 17, 17, WHITE)
    canvas.disc(590, 700, 7, 7, (60, 66, 76))


def collection(canvas: Canvas) -> None:
    """The lorry that empties the bins."""
    look, green = canvas.look, (72, 136, 104)
    n.sky(canvas, 420, canvas.between(880, 1040), 3)
    _backdrop(canvas, 560)
    canvas.polygon([(0, 640), (WIDTH, 640), (WIDTH, HEIGHT), (0, HEIGHT)], (126, 130, 138))
    canvas.box(0, 632, WIDTH, 14, mixed(look.soil, WHITE, 0.4))
    canvas.disc(640, 736, 380, 20, look.shadow, 80)
    canvas.rounded(300, 440, 470, 260, 22, green)
    canvas.rounded(300, 440, 70, 260, 18, canvas.shade(green, 0.24))
    canvas.box(300, 600, 470, 20, mixed(green, WHITE, 0.5))
    canvas.rounded(776, 490, 190, 210, 26, (244, 240, 230))
    canvas.rounded(860, 510, 92, 90, 12, mixed(look.sky, look.shadow, 0.2))
    canvas.box(300, 690, 670, 22, (66, 72, 80))
    for wheel in (400, 520, 860):
        canvas.disc(wheel, 716, 48, 48, (46, 50, 58))
        canvas.disc(wheel, 716, 20, 20, (176, 182, 190))
    for index, colour in enumerate(((226, 186, 66), (76, 124, 170), (92, 132, 92))):
        x = 60 + index * 74
        canvas.polygon([(x, 620), (x + 62, 620), (x + 54, 730), (x + 8, 730)], colour)
        canvas.rounded(x - 5, 606, 72, 20, 8, canvas.shade(colour, 0.2))
        canvas.disc(x + 14, 734, 9, 9, (46, 50, 58))
    p.person(canvas, 250, 760, 186, vest=True, arm=1)
    p.person(canvas, 1060, 750, 170)


def reading(canvas: Canvas) -> None:
    """Shelves, a lamp, people who read."""
    look = canvas.look
    canvas.fade(0, 560, mixed(look.walls[1], WHITE, 0.55), mixed(look.walls[1], WHITE, 0.3))
    canvas.box(0, 560, WIDTH, HEIGHT - 560, mixed(look.soil, (150, 104, 70), 0.4))
    for case in range(3):
        x = 50 + case * 290
        canvas.box(x, 110, 260, 460, (132, 94, 66))
        for shelf in range(4):
            top = 126 + shelf * 110
            canvas.box(x + 12, top, 236, 96, (96, 68, 50))
            spot: float = x + 16
            while spot < x + 226:
                wide, tall = canvas.between(10, 24), canvas.between(60, 88)
                canvas.box(spot, top + 96 - tall, wide, tall, canvas.chance.choice(p.CLOTHES))
                spot += wide + 2
    canvas.box(930, 130, 230, 290, mixed(look.sky, WHITE, 0.2))
    canvas.disc(1010, 420, 80, 70, look.far)
    canvas.box(925, 420, 240, 14, WHITE)
    canvas.box(930, 434, 230, 70, mixed(look.walls[1], WHITE, 0.36))
    canvas.line([(1045, 130), (1045, 420)], WHITE, 9)
    canvas.line([(930, 275), (1160, 275)], WHITE, 9)
    p.crowd(canvas, 700, [140, 470, 1040], 210)
    canvas.rounded(560, 610, 420, 24, 8, (164, 116, 80))
    for leg in (590, 930):
        canvas.box(leg, 630, 16, 130, (120, 84, 60))
    canvas.line([(760, 610), (760, 540)], (92, 98, 106), 7)
    canvas.polygon([(720, 546), (800, 546), (780, 500), (740, 500)], look.accent)
    canvas.glow(760, 570, 100, (255, 226, 160), 80)
    for x, colour in ((640, p.CLOTHES[0]), (850, p.CLOTHES[1])):
        canvas.polygon([(x - 44, 606), (x, 612), (x + 44, 606), (x + 36, 588), (x, 596), (x - 36, 588)], WHITE)
        canvas.line([(x - 44, 608), (x, 614), (x + 44, 608)], colour, 5)
