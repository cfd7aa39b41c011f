"""What is kept of any HTML: what people mean, and nothing that acts."""

import re
from pathlib import Path

import pytest

from core.richtext.cleaning import LONGEST, TooLong, cleaned, purified

KEPT = re.compile(
    r"</?(p|h3|h4|strong|em|ul|ol|li|blockquote|br)>|<a href=\"(https?://|mailto:|tel:|/(?!/))[^\"<>]*\">|</?a>"
)

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><title>Travaux</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-unhide:no; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=FR style='tab-interval:35.4pt'><!--StartFragment-->
<h1 style='margin-top:12.0pt'><span style='font-size:16.0pt;color:#2F5496'>Travaux rue du Lac<o:p></o:p></span></h1>
<p class=MsoNormal style='margin-bottom:8.0pt'><font face="Calibri"><font size=3><b
style='mso-bidi-font-weight:normal'>La rue</b> sera <i>fermée</i> le <span
style='font-weight:bold'>lundi&nbsp;3</span>&nbsp;:
voir <a href="https://lac.example/plan?a=1&amp;b=2"><span style='color:blue'>le plan</span></a>.</font></font
><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Côté pair<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span><![endif]>Du 1 au 9<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><!--[endif]-->Côté impair</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;
</span></span>Appeler</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>2.<span>&nbsp;
</span></span>Venir</p>
<!--EndFragment--></body></html>"""


def test_what_word_writes_is_what_its_author_meant() -> None:
    assert cleaned(WORD) == (
        "<h3>Travaux rue du Lac</h3>"
        "<p><strong>La rue</strong> sera <em>fermée</em> le <strong>lundi&nbsp;3</strong>&nbsp;: voir "
        '<a href="https://lac.example/plan?a=1&amp;b=2">le plan</a>.</p>'
        "<ul><li>Côté pair<ul><li>Du 1 au 9</li></ul></li><li>Côté impair</li></ul>"
        "<ol><li>Appeler</li><li>Venir</li></ol>"
    )


def test_a_list_that_word_makes_of_bare_paragraphs_is_a_list() -> None:
    bare = "<p class=MsoListParagraph>·&nbsp;&nbsp; Un</p><p class=MsoListParagraph>·&nbsp; Deux</p><p>Fin</p>"
    assert cleaned(bare) == "<ul><li>Un</li><li>Deux</li></ul><p>Fin</p>"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("Bonjour", "<p>Bonjour</p>"),
        ("<div>Un</div><div>Deux<br>Trois<br></div>", "<p>Un</p><p>Deux<br>Trois</p>"),
        ("<p> <br> </p><p>&nbsp;</p>", ""),
        ('<b style="font-weight:normal"><p>Un <b>deux</b></p></b>', "<p>Un <strong>deux</strong></p>"),
        ("<h1>A</h1><h5><b>B</b></h5>", "<h3>A</h3><h4>B</h4>"),
        ("<blockquote><p>Un</p><ul><li>Deux</li></ul></blockquote>",
         "<blockquote><p>Un</p><ul><li>Deux</li></ul></blockquote>"),
        ("<ul><li><p>Un</p><p>Bis</p></li><li>Deux</li></ul>", "<ul><li><p>Un</p><p>Bis</p></li><li>Deux</li></ul>"),
        ("<ul><ul><ul><li>Un</ul></ul></ul>", "<ul><li>Un</li></ul>"),
        ("<table><tr><td>Lundi</td><td>9 h</td></tr></table>", "<p>Lundi</p><p>9 h</p>"),
        ('<a href="/actualites/">ici</a> <a href="mailto:a@b.fr">là</a> <a href="tel:+33102">là</a>',
         '<p><a href="/actualites/">ici</a> <a href="mailto:a@b.fr">là</a> <a href="tel:+33102">là</a></p>'),
        ("1 < 2 &amp; 3 > 2 &lt;script&gt;", "<p>1 &lt; 2 &amp; 3 &gt; 2 &lt;script&gt;</p>"),
    ],
)  # fmt: skip
def test_what_is_meant_is_kept(html: str, kept: str) -> None:
    assert cleaned(html) == kept


HOSTILE = [
    "<script>alert(1)</script><p>Bonjour</p>",
    "<p onclick=alert(1) onmouseover='alert(1)'>Bonjour</p>",
    "<a href='javascript:alert(1)'>x</a><a href=' java\nscript:alert(1)'>x</a><a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a><a href='vbscript:x'>x</a><a href='//evil.example'>x</a>",
    "<a href='/\\evil.example'>x</a><a href='\\\\evil.example'>x</a><a href='https:evil'>x</a><a href='file:///etc'>x</a>",
    "<svg><script>alert(1)</script><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg/onload=alert(1)><img src=x onerror=alert(1)><iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template><textarea><img src=x onerror=alert(1)></textarea>",
    "<!--><img src=x onerror=alert(1)>--><![CDATA[<script>alert(1)</script>]]><?php echo 1 ?>",
    "<p style='background:url(javascript:alert(1))' class=x id=y>Bonjour</p><base href=//evil>",
    "<a href=\"https://a.example/\" onclick=alert(1) target=_blank style=x>x</a>",
    "<<script>alert(1)//<</script>", "<p/><b</b>onerror=alert(1)>", "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]  # fmt: skip


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("wash", [cleaned, purified])
def test_nothing_that_acts_comes_through(html: str, wash: object) -> None:
    assert callable(wash)
    found = wash(html)
    assert "<" not in KEPT.sub("", found), found
    assert "evil" not in found.replace("&lt;", "<") or "<a" not in found


@pytest.mark.parametrize("html", [*HOSTILE, WORD, "<b><p>x" * 300, "<ul><li>x" * 300, "<blockquote>x" * 300])
def test_what_was_cleaned_is_clean(html: str) -> None:
    once = cleaned(html)
    assert cleaned(once) == once
    assert purified(once) == once


OPENED = ["<div>", "<b>", "<a href=/>", "<blockquote>", "<ul><li>", "<table><tr>", "<!--", "<![if", "<", "&", "</b>"]


@pytest.mark.parametrize("part", [*OPENED, "<a b='", '<a ">', "<script>", "</scrip", "<a b=c "])
def test_no_nesting_is_too_deep(part: str) -> None:
    html = (part * (LONGEST // len(part) - 1))[: LONGEST - 10] + "Fin"
    found = cleaned(html)
    assert "<" not in KEPT.sub("", found)


def test_ten_megabytes_are_not_read() -> None:
    for wash in (cleaned, purified):
        with pytest.raises(TooLong):
            wash("<p>" + "x" * 10_000_000)


def test_only_the_filter_and_the_tests_mark_a_text_safe() -> None:
    package = Path(__file__).resolve().parents[1]
    marks = [
        path.name for path in package.rglob("*.py") if "mark_safe(" in path.read_text() and "tests" not in path.parts
    ]
    assert marks == ["richtext.py"]
