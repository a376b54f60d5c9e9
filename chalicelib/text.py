"""Regular expressions for what can be seen in a text. Python, Rust and ECMAScript read them
alike, so the document of the API says what is taken: all of it but `UNSEEN_TAGS`."""

# Every set is used inside brackets. Control characters: category Cc of Unicode.
CONTROLS = r"\u0000-\u001f\u007f-\u009f"
# They change the reading direction of what follows.
TURNS = r"\u202a-\u202e\u2066-\u2069"
# They tag a text with a language. The characters themselves: beyond U+FFFF the three languages
# have no escape in common.
UNSEEN_TAGS = chr(0xE0000) + "-" + chr(0xE007F)
# All of these, spaces, and other characters that only affect the layout.
UNSEEN = (
    r"\u0000-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f"
    r"\u205f-\u206f\u3000\ufeff\ufff9-\ufffb" + UNSEEN_TAGS
)
VISIBLE = f"[^{UNSEEN}]"
_RULY = f"[^{CONTROLS}{TURNS}]"
# One line with something to read on it.
LINE = f"^{_RULY}*{VISIBLE}{_RULY}*$"
HTTPS = f"^https://{VISIBLE}{{1,500}}$"
