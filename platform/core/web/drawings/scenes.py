"""One scene for each kind of place. A scene draws from back to front; chance moves what a seed may move."""

from collections.abc import Callable

from core.web.drawings import buildings as b
from core.web.drawings import plants as p
from core.web.drawings import terrain as t
from core.web.drawings.canvas import Canvas
from core.web.drawings.sky import sky

VILLAGE = ((0, 0, 24, 18, 22), (56, 3, 26, 21, 26), (-54, 4, 24, 17, 20), (112, 6, 22, 16, 24), (-104, 9, 26, 19, 24))


def _village(canvas: Canvas, x: int, foot: int, houses: int = 5, spread: float = 1.0) -> None:
    """Houses in a row that follows the ground, around the church."""
    for dx, dy, wide, high, long in VILLAGE[1:houses]:
        b.house(
            canvas, round(x + dx * spread) + canvas.between(-3, 3), foot + dy, wide, high + canvas.between(-2, 3), long
        )
    b.church(canvas, x - 12, foot, 52 + canvas.between(-4, 6))
    canvas.close_plan("shade", "wall", "tower", "tower-shade", "roof", "eave", "spire")


def mountain(canvas: Canvas) -> None:
    sky(canvas, sun_at=150 + canvas.between(0, 40), sun_top=96, clouds=2)
    t.peaks(canvas, [(70, 108, 150), (250, 84, 130), (610, 92, 170)], 250, "far")
    t.peaks(canvas, [(430 + canvas.between(-20, 20), 66, 190), (150, 132, 140)], 262)
    t.hills(canvas, "mid", 216, 10, 3)
    p.firs(canvas, [(x, 214 + (x * 7) % 11, 26 + (x * 3) % 9) for x in (28, 46, 66, 520, 542, 560, 584, 606, 622)])
    canvas.close_plan()
    _village(canvas, 300, 230)
    t.land(canvas, "near", [(0, 236), (130, 258), (300, 250), (470, 262), (640, 238)])
    t.path_to(canvas, 300, 250, 200)
    p.firs(canvas, [(24, 274, 54), (58, 286, 46), (596, 280, 58), (560, 290, 44), (628, 292, 50)])
    p.tufts(canvas)


def coast(canvas: Canvas) -> None:
    sky(canvas, sun_at=470 + canvas.between(0, 60), sun_top=130, clouds=2)
    t.land(canvas, "far", [(0, 122), (80, 108), (170, 128), (260, 150), (352, 172)])
    t.sea(canvas, 166)
    for x, y, high in ((470, 186, 26), (560, 214, 34), (396, 206, 22)):
        b.sail(canvas, x + canvas.between(-16, 16), y, high)
    canvas.close_plan()
    t.land(canvas, "mid", [(0, 150), (90, 158), (200, 190), (300, 226), (400, 262), (470, 300)])
    p.poplars(canvas, [(24, 178, 40), (40, 182, 34)])
    canvas.close_plan()
    _village(canvas, 128, 206, 5, 0.92)
    t.land(canvas, "near", [(0, 222), (120, 226), (250, 246), (380, 276), (470, 300)])
    b.lighthouse(canvas, 330, 268)
    p.round_trees(canvas, [(44, 262, 17), (84, 274, 14), (18, 284, 20), (214, 268, 12)])
    p.tufts(canvas, 5)


def plain(canvas: Canvas) -> None:
    sky(canvas, sun_at=180 + canvas.between(0, 60), sun_top=134, clouds=3)
    t.hills(canvas, "far", 172, 5, 3)
    t.hills(canvas, "mid", 186, 3, 2)
    t.fields(canvas, 192)
    b.mill(canvas, 520 + canvas.between(-20, 20), 206)
    p.poplars(canvas, [(40 + 17 * index, 206, 44 - index % 3 * 5) for index in range(6)])
    canvas.close_plan()
    _village(canvas, 318, 214, 5, 1.1)
    p.round_trees(canvas, [(232, 218, 11), (462, 222, 12), (410, 216, 9), (196, 222, 9)])
    canvas.close_plan()
    t.land(canvas, "near", [(0, 268), (160, 278), (330, 274), (500, 280), (640, 266)])
    p.tufts(canvas, 12, 282, 298)


def river(canvas: Canvas) -> None:
    sky(canvas, sun_at=140 + canvas.between(0, 40), sun_top=126, clouds=2)
    t.hills(canvas, "far", 156, 12, 4)
    t.hills(canvas, "mid", 184, 6, 3)
    _village(canvas, 170, 218, 5, 1.0)
    p.poplars(canvas, [(500, 214, 46), (518, 216, 52), (538, 218, 44), (300, 206, 30)])
    b.house(canvas, 560, 222, 26, 20, 28)
    canvas.close_plan("shade", "wall", "roof")
    t.land(canvas, "near", [(0, 224), (180, 222), (330, 214), (480, 220), (640, 226)])
    t.river(canvas, 372, 208)
    b.bridge(canvas, 382, 236, 262)
    p.round_trees(canvas, [(40, 258, 18), (84, 270, 14), (602, 264, 20), (560, 278, 13)])
    p.tufts(canvas, 6)


def town(canvas: Canvas) -> None:
    sky(canvas, sun_at=470 + canvas.between(0, 50), sun_top=104, clouds=2)
    t.hills(canvas, "far", 162, 10, 4)
    b.street(canvas, 12, 238, [(34, 50), (30, 64), (38, 46), (30, 58), (36, 70), (30, 48)])
    b.street(canvas, 392, 238, [(32, 60), (38, 48), (30, 68), (36, 54), (34, 64), (34, 46)])
    canvas.close_plan("shade", "wall", "roof", "eave", "window", "accent")
    b.belfry(canvas, 292, 240, 88 + canvas.between(-4, 4))
    b.street(canvas, 224, 246, [(32, 42), (32, 52)])
    b.street(canvas, 322, 246, [(34, 54), (32, 40)])
    canvas.close_plan("tower", "tower-shade", "shade", "wall", "roof", "eave", "spire")
    t.land(canvas, "near", [(0, 238), (200, 245), (420, 245), (640, 238)])
    t.path_to(canvas, 306, 250, 270)
    p.round_trees(canvas, [(30 + 58 * index, 270 + index % 2 * 4, 15 + index % 3) for index in range(4)])
    p.round_trees(canvas, [(420 + 58 * index, 272 - index % 2 * 4, 15 + index % 2) for index in range(4)])
    p.tufts(canvas, 6)


def island(canvas: Canvas) -> None:
    sky(canvas, sun_at=110 + canvas.between(0, 40), sun_top=134, clouds=2)
    t.sea(canvas, 168)
    canvas.shape("mid", "M118 226C150 190 200 166 262 158S380 150 430 178 520 212 556 226z")
    canvas.shape("sand", "M98 228c60-9 420-9 478 0-40 13-430 13-478 0z")
    canvas.close_plan()
    _village(canvas, 296, 208, 5, 0.9)
    b.lighthouse(canvas, 486, 214, 70)
    p.round_trees(canvas, [(206, 208, 12), (232, 204, 10), (430, 206, 12), (454, 212, 9), (180, 216, 9)])
    canvas.close_plan()
    for x, y, high in ((90, 248, 32), (200, 270, 40), (520, 262, 36), (604, 238, 24)):
        b.sail(canvas, x + canvas.between(-14, 14), y, high)


def tropical(canvas: Canvas) -> None:
    sky(canvas, sun_at=430 + canvas.between(0, 60), sun_top=126, clouds=3)
    t.land(canvas, "far", [(0, 156), (90, 122), (170, 92), (214, 106), (290, 146), (420, 182)])
    t.sea(canvas, 176, 262)
    t.land(canvas, "mid", [(0, 176), (110, 158), (220, 164), (320, 192), (400, 226), (452, 262)])
    _village(canvas, 150, 214, 4, 0.9)
    p.round_trees(canvas, [(30, 210, 16), (62, 204, 14), (262, 212, 13), (292, 216, 10)])
    canvas.close_plan()
    canvas.shape("sand", "M0 222C150 214 330 226 460 246S600 262 640 258V300H0z")
    canvas.shape("shine", "M330 232C420 240 500 256 640 252")
    canvas.close_plan()
    b.sail(canvas, 520 + canvas.between(-30, 30), 214, 34)
    p.palm(canvas, 60, 292, 116, 26)
    p.palm(canvas, 100, 296, 86, -18)
    p.palm(canvas, 586, 296, 124, -34)


def vineyard(canvas: Canvas) -> None:
    sky(canvas, sun_at=480 + canvas.between(0, 50), sun_top=124, clouds=2)
    t.hills(canvas, "far", 158, 14, 4)
    t.land(canvas, "mid", [(0, 206), (150, 186), (300, 196), (470, 180), (640, 200)])
    p.poplars(canvas, [(92, 200, 44), (108, 200, 38), (486, 194, 46), (504, 192, 40)])
    canvas.close_plan()
    _village(canvas, 300, 214, 5, 1.0)
    p.round_trees(canvas, [(226, 216, 10), (440, 214, 11)])
    canvas.close_plan()
    t.land(canvas, "field", [(0, 226), (160, 218), (330, 222), (500, 214), (640, 222)])
    t.vines(canvas, 224)
    p.round_trees(canvas, [(24, 284, 20), (612, 282, 22)])


def forest(canvas: Canvas) -> None:
    sky(canvas, sun_at=210 + canvas.between(0, 60), sun_top=112, clouds=2)
    t.hills(canvas, "far", 150, 14, 4)
    p.firs(canvas, [(8 + 25 * index, 196 - (index * 5) % 13, 40 + (index * 7) % 17) for index in range(26)])
    canvas.close_plan()
    t.land(canvas, "mid", [(0, 194), (160, 204), (320, 198), (480, 206), (640, 192)])
    _village(canvas, 310, 226, 4, 1.0)
    p.round_trees(canvas, [(190, 236, 16), (222, 230, 13), (462, 232, 17), (496, 238, 14)])
    canvas.close_plan()
    t.land(canvas, "near", [(0, 232), (150, 252), (320, 244), (490, 254), (640, 230)])
    t.path_to(canvas, 312, 244, 330)
    p.firs(canvas, [(26, 272, 74), (66, 284, 60), (104, 290, 48), (538, 290, 50), (578, 282, 66), (616, 272, 80)])
    p.tufts(canvas, 7)


def lake(canvas: Canvas) -> None:
    sky(canvas, sun_at=330 + canvas.between(-20, 30), sun_top=112, clouds=2)
    t.peaks(canvas, [(110, 82, 190), (540, 74, 200)], 210, "far")
    t.hills(canvas, "mid", 188, 8, 3)
    t.sea(canvas, 206, 286)
    canvas.shape("deep", "M120 206l60 40 50-40zM470 206l70 46 60-46z")
    canvas.close_plan()
    t.land(canvas, "mid", [(0, 202), (90, 204), (190, 214), (270, 226), (330, 234), (0, 240)])
    p.firs(canvas, [(14, 208, 34), (34, 212, 40), (596, 208, 36), (616, 206, 42), (634, 210, 34)])
    _village(canvas, 130, 222, 4, 0.9)
    b.sail(canvas, 430 + canvas.between(-30, 30), 240, 36)
    b.sail(canvas, 330, 222, 20)
    canvas.close_plan()
    t.land(canvas, "near", [(0, 264), (160, 276), (330, 284), (500, 276), (640, 258)])
    p.reeds(canvas, [(40, 280, 30), (62, 284, 24), (560, 282, 28), (584, 278, 34), (606, 276, 26)])
    p.round_trees(canvas, [(604, 290, 20)])


def hill(canvas: Canvas) -> None:
    """A village on its height, with its ramparts of houses."""
    sky(canvas, sun_at=500 + canvas.between(0, 40), sun_top=118, clouds=2)
    t.hills(canvas, "far", 168, 14, 4)
    t.hills(canvas, "mid", 206, 8, 3)
    t.land(
        canvas,
        "near",
        [(60, 300), (120, 262), (190, 218), (260, 176), (310, 164), (370, 176), (440, 216), (530, 262), (600, 300)],
    )
    for x, foot in ((232, 208), (276, 196), (352, 194), (396, 208)):
        b.house(canvas, x, foot, 22, 20 + canvas.between(0, 6), 22)
    canvas.close_plan("shade", "wall", "roof", "eave")
    b.church(canvas, 296, 184, 52)
    canvas.close_plan("shade", "wall", "tower", "tower-shade", "roof", "eave", "spire")
    for x, foot in ((196, 236), (244, 226), (302, 218), (360, 226), (414, 236)):
        b.house(canvas, x, foot, 22, 22 + canvas.between(0, 6), 24)
    canvas.close_plan("shade", "wall", "roof", "eave")
    p.poplars(canvas, [(176, 250, 42), (162, 256, 34), (476, 252, 44), (492, 260, 36)])
    p.round_trees(canvas, [(232, 250, 11), (290, 240, 10), (342, 244, 12), (404, 256, 11), (452, 266, 13)])
    canvas.close_plan()
    t.land(canvas, "field", [(0, 266), (140, 276), (320, 262), (500, 278), (640, 262)])
    t.vines(canvas, 274)


def marsh(canvas: Canvas) -> None:
    sky(canvas, sun_at=190 + canvas.between(0, 60), sun_top=136, clouds=3)
    t.hills(canvas, "far", 176, 4, 3)
    t.land(canvas, "mid", [(0, 194), (200, 190), (430, 192), (640, 188)])
    _village(canvas, 410, 208, 5, 1.0)
    p.round_trees(canvas, [(330, 210, 10), (560, 212, 13), (590, 210, 10)])
    p.poplars(canvas, [(110, 204, 36), (126, 206, 30)])
    canvas.close_plan()
    t.land(canvas, "meadow", [(0, 212), (320, 208), (640, 214)])
    canvas.shape(
        "water", "M0 226h230c40 0 40 12 0 12H90c-30 0-30 10 0 10h330c50 0 50 13 0 13H0zM640 222H420c-34 0-34 9 0 9h220z"
    )
    canvas.shape("water", "M640 246H520c-30 0-30 10 0 10h60c40 0 40 14 0 14H220c-60 0-60 18 0 18h420z")
    canvas.shape("shine", "M20 233h80M130 242h60M240 254h110M470 227h90M300 278h120M540 276h70M40 255h60")
    canvas.close_plan("water")
    b.sail(canvas, 300, 252, 30)
    canvas.close_plan()
    t.land(canvas, "near", [(0, 276), (110, 282), (220, 300), (0, 300)])
    p.reeds(
        canvas,
        [
            (14, 290, 44),
            (34, 294, 36),
            (54, 290, 48),
            (80, 296, 34),
            (590, 296, 44),
            (612, 298, 52),
            (572, 298, 32),
            (196, 298, 22),
        ],
    )


SCENES: dict[str, Callable[[Canvas], None]] = {
    scene.__name__: scene
    for scene in (mountain, coast, plain, river, town, island, tropical, vineyard, forest, lake, hill, marsh)
}
