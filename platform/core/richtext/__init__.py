"""Text with a little formatting: a narrow HTML that is made anew from whatever was typed, pasted or sent.

`cleaning.cleaned` reads any HTML, Word's included, and writes the canonical form: paragraphs, two levels of headings,
bold, italic, links, lists, quotes. `cleaning.purified` lets nothing else through; it is asked when the text is kept
and again when it is shown. Only the filter `rich` marks it safe.
"""
