"""Départements and collectivities by code: names as INSEE writes them, and the words around them."""

from dataclasses import dataclass

_REGIONS = {
    "Auvergne-Rhône-Alpes": "01 03 07 15 26 38 42 43 63 69 73 74",
    "Bourgogne-Franche-Comté": "21 25 39 58 70 71 89 90",
    "Bretagne": "22 29 35 56",
    "Centre-Val de Loire": "18 28 36 37 41 45",
    "Corse": "2A 2B",
    "Grand Est": "08 10 51 52 54 55 57 67 68 88",
    "Hauts-de-France": "02 59 60 62 80",
    "Île-de-France": "75 77 78 91 92 93 94 95",
    "Normandie": "14 27 50 61 76",
    "Nouvelle-Aquitaine": "16 17 19 23 24 33 40 47 64 79 86 87",
    "Occitanie": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "Pays de la Loire": "44 49 53 72 85",
    "Provence-Alpes-Côte d’Azur": "04 05 06 13 83 84",
    "Guadeloupe": "971",
    "Martinique": "972",
    "Guyane": "973",
    "La Réunion": "974",
    "Mayotte": "976",
}
_REGION_OF = {code: region for region, codes in _REGIONS.items() for code in codes.split()}

_TIMEZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "984": "Indian/Kerguelen",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
    "989": "Pacific/Tahiti",
}

# Not on Tahiti's time: the Marquesas, half an hour ahead, and the Gambier, an hour.
_OWN_TIMEZONES = {
    "98719": "Pacific/Gambier",
} | dict.fromkeys(("98718", "98723", "98731", "98746", "98756", "98757"), "Pacific/Marquesas")

# code|name|what comes before the name in "in …"
_TABLE = """
01|Ain|dans l’
02|Aisne|dans l’
03|Allier|dans l’
04|Alpes-de-Haute-Provence|dans les~
05|Hautes-Alpes|dans les~
06|Alpes-Maritimes|dans les~
07|Ardèche|en~
08|Ardennes|dans les~
09|Ariège|en~
10|Aube|dans l’
11|Aude|dans l’
12|Aveyron|dans l’
13|Bouches-du-Rhône|dans les~
14|Calvados|dans le~
15|Cantal|dans le~
16|Charente|en~
17|Charente-Maritime|en~
18|Cher|dans le~
19|Corrèze|en~
2A|Corse-du-Sud|en~
2B|Haute-Corse|en~
21|Côte-d’Or|en~
22|Côtes-d’Armor|dans les~
23|Creuse|dans la~
24|Dordogne|en~
25|Doubs|dans le~
26|Drôme|dans la~
27|Eure|dans l’
28|Eure-et-Loir|en~
29|Finistère|dans le~
30|Gard|dans le~
31|Haute-Garonne|en~
32|Gers|dans le~
33|Gironde|en~
34|Hérault|dans l’
35|Ille-et-Vilaine|en~
36|Indre|dans l’
37|Indre-et-Loire|en~
38|Isère|en~
39|Jura|dans le~
40|Landes|dans les~
41|Loir-et-Cher|dans le~
42|Loire|dans la~
43|Haute-Loire|en~
44|Loire-Atlantique|en~
45|Loiret|dans le~
46|Lot|dans le~
47|Lot-et-Garonne|dans le~
48|Lozère|en~
49|Maine-et-Loire|en~
50|Manche|dans la~
51|Marne|dans la~
52|Haute-Marne|en~
53|Mayenne|en~
54|Meurthe-et-Moselle|en~
55|Meuse|dans la~
56|Morbihan|dans le~
57|Moselle|en~
58|Nièvre|dans la~
59|Nord|dans le~
60|Oise|dans l’
61|Orne|dans l’
62|Pas-de-Calais|dans le~
63|Puy-de-Dôme|dans le~
64|Pyrénées-Atlantiques|dans les~
65|Hautes-Pyrénées|dans les~
66|Pyrénées-Orientales|dans les~
67|Bas-Rhin|dans le~
68|Haut-Rhin|dans le~
69|Rhône|dans le~
70|Haute-Saône|en~
71|Saône-et-Loire|en~
72|Sarthe|dans la~
73|Savoie|en~
74|Haute-Savoie|en~
75|Paris|à~
76|Seine-Maritime|en~
77|Seine-et-Marne|en~
78|Yvelines|dans les~
79|Deux-Sèvres|dans les~
80|Somme|dans la~
81|Tarn|dans le~
82|Tarn-et-Garonne|dans le~
83|Var|dans le~
84|Vaucluse|dans le~
85|Vendée|en~
86|Vienne|dans la~
87|Haute-Vienne|en~
88|Vosges|dans les~
89|Yonne|dans l’
90|Territoire de Belfort|dans le~
91|Essonne|dans l’
92|Hauts-de-Seine|dans les~
93|Seine-Saint-Denis|en~
94|Val-de-Marne|dans le~
95|Val-d’Oise|dans le~
971|Guadeloupe|en~
972|Martinique|en~
973|Guyane|en~
974|La Réunion|à~
975|Saint-Pierre-et-Miquelon|à~
976|Mayotte|à~
977|Saint-Barthélemy|à~
978|Saint-Martin|à~
984|Terres australes et antarctiques françaises|dans les~
986|Wallis-et-Futuna|à~
987|Polynésie française|en~
988|Nouvelle-Calédonie|en~
989|Île de Clipperton|sur l’
"""


@dataclass(frozen=True, slots=True)
class Departement:
    """`locative` says where, with its article: "dans les Hautes-Alpes"; `region` is empty in some collectivities."""

    code: str
    name: str
    locative: str
    region: str
    timezone: str

    @property
    def is_overseas(self) -> bool:
        return self.code.startswith("9") and len(self.code) == 3


def _read(line: str) -> Departement:
    code, name, before = line.split("|")
    return Departement(
        code=code,
        name=name,
        locative=before.replace("~", " ") + name,
        region=_REGION_OF.get(code, ""),
        timezone=_TIMEZONES.get(code, "Europe/Paris"),
    )


DEPARTEMENTS = {row.code: row for row in map(_read, _TABLE.split("\n")[1:-1])}


def departement_named(code: str) -> Departement:
    """The département or collectivity of a code; raises KeyError for one that does not exist."""
    return DEPARTEMENTS[code]


def timezone_of(insee: str, departement: str) -> str:
    """The name of a commune's time zone."""
    return _OWN_TIMEZONES.get(insee) or departement_named(departement).timezone
