"""What the made-up people of the demo are called, and what they say. Comments are by language; a
person whose language has none for a matter writes in English."""

from typing import Final

from infra.demo.story import ACCOUNTS, DROPS, LAPTOPS, NETWORK, TWICE, WORKPLACE

Words = dict[str, tuple[str, ...]]

_FIRST = """
Amina Anna Bruno Chloe Daniel Elena Emre Freja Hana Ines Ivan Jonas Kenji Lars Leila Lucia Marek
Mei Nadia Noah Olga Oskar Priya Rosa Samuel Sofia Tariq Theo Yara Zofia
"""
_LAST = """
Alvarez Bakker Costa Dubois Eriksen Fischer Garcia Haddad Ivanova Jensen Kim Larsen Moreau Nowak
Okafor Petrov Quist Rossi Silva Tanaka Ueda Vogel Weber Yilmaz Zhang
"""
FIRST: Final = _FIRST.split()
LAST: Final = _LAST.split()
SUBJECTS: Final = {
    ACCOUNTS: (
        "Password does not work",
        "Access to the wiki",
        "Printer on floor 3",
        "Shared calendar is empty",
        "Mailbox is full",
    ),
    NETWORK: (
        "VPN does not connect",
        "Wi-Fi in the meeting room",
        "Shared drive cannot be reached",
        "Video calls freeze",
    ),
    WORKPLACE: ("New laptop", "Second screen", "Headset is silent", "Docking station"),
}
SUBJECT_OF: Final = {DROPS: "VPN does not connect", LAPTOPS: "New laptop"}

PRAISE: Final[Words] = {
    "en": (
        "Solved in one call.",
        "Tomas stayed on the line until it worked.",
        "Clear and quick, thank you.",
        "Friendly, and it simply worked afterwards.",
        "I had dreaded this. Ten minutes and done!",
        "She explained what had gone wrong. That helps me next time.",
        "Very patient with somebody who is not good with computers :)",
        "Great as always",
    ),
    "de": (
        "Schnell und freundlich gelöst.",
        "Sehr freundlich, danke!",
        "Endlich jemand, der zuhört.",
        "Hat beim ersten Anruf geklappt.",
    ),
    "nb": (
        "Rask hjelp, tusen takk!",
        "Hyggelig og effektivt.",
        "Fikk svar på fem minutter, imponert.",
    ),
    "ja": (
        "すぐに直りました。ありがとうございます。",
        "説明がとても分かりやすかったです。",
        "丁寧に対応していただき、ありがとうございました。",
    ),
}
FAIR: Final[Words] = {
    "en": (
        "Fine in the end.",
        "It works now. Took two mails more than needed.",
        "OK, but I had to wait until the afternoon.",
        "Good help, the form is too long though.",
    ),
    "de": ("In Ordnung, hat nur etwas gedauert.", "Geht wieder."),
    "nb": ("Greit nok.", "Det ordnet seg til slutt."),
    "ja": ("問題は解決しました。",),
}
BLAME: Final[dict[str, Words]] = {
    DROPS: {
        "en": (
            "The VPN drops every hour.",
            "Disconnected in the middle of every meeting.",
            "No stable connection from home for a week now.",
            "You closed it, and twenty minutes later the VPN was gone again.",
            "I have stopped working from home because of the connection.",
            "Third ticket about the VPN this month. Nothing changes.",
        ),
        "de": (
            "Die VPN-Verbindung bricht ständig ab.",
            "Im Homeoffice ist die Verbindung unbrauchbar.",
            "Schon wieder vom VPN geflogen, mitten in der Präsentation.",
        ),
        "nb": (
            "VPN-forbindelsen faller ut hele tiden.",
            "Mister forbindelsen midt i møter. Hver dag.",
        ),
        "ja": ("VPNが何度も切れます。", "会議中に接続が切れて困っています。"),
    },
    LAPTOPS: {
        "en": (
            "My new laptop came without my programs.",
            "Two days with a new laptop that I cannot use.",
            "The laptop was there on time, my account was not.",
            "I carried the new laptop home and back. Still no rights to install anything.",
        ),
        "de": (
            "Das neue Notebook kam ohne meine Programme.",
            "Neues Notebook, aber drei Tage kein Zugang.",
        ),
        "nb": ("Ny laptop uten programmene jeg trenger.",),
        "ja": ("新しいパソコンに必要なソフトが入っていません。",),
    },
    TWICE: {
        "en": (
            "Three people asked me the same.",
            "Everybody asked me the same questions again.",
        ),
        "de": ("Ich musste alles nochmal erklären.",),
        "nb": ("Måtte forklare alt en gang til.",),
        "ja": ("同じことを何度も聞かれました。",),
    },
    "Closed too early": {
        "en": ("Closed before it was done.", "The mail says solved. It is not."),
        "de": ("Geschlossen, aber nicht gelöst.",),
        "nb": ("Lukket uten at det var løst.",),
    },
    "Nobody called back": {
        "en": ("I was told somebody would call. Nobody did.", "Still waiting for that call."),
        "nb": ("Ingen ringte tilbake.",),
        "ja": ("折り返しの電話がありませんでした。",),
    },
    "Waiting for a part": {
        "en": ("I wait for a cable since last week.", "Nice people, but so slow."),
        "de": ("Es ist immer noch langsam.",),
    },
}

CLIENT_PRAISE: Final[Words] = {
    "en": (
        "Somebody who knows us and our year-end.",
        "Helpful from the first day.",
        "You listened, and it changed.",
        "One mail, one answer. Please keep it like that.",
        "We moved offices and nobody noticed, thanks to you.",
    ),
    "de": ("Man kennt uns und unsere Eigenheiten.", "Immer eine schnelle Antwort."),
    "nb": ("De kjenner oss godt.", "Alltid svar samme dag."),
}
CLIENT_FAIR: Final[Words] = {
    "en": ("Does what it says.", "Good, if a bit expensive.", "No complaints."),
    "de": ("Solide. Der Preis ist an der Grenze.",),
    "nb": ("Helt greit, men prisen stiger.",),
}
CLIENT_BLAME: Final[dict[str, Words]] = {
    "Price not explained": {
        "en": (
            "The price went up and nobody told us why.",
            "The invoice is wrong for the third time.",
        ),
        "de": ("Der Preis passt nicht zur Leistung.",),
        "nb": ("Prisen steg uten et ord.",),
    },
    "Slow answers": {
        "en": ("We wait too long for an answer.", "Nobody calls back."),
        "de": ("Auf eine Antwort warten wir Tage.",),
        "nb": ("Vi venter for lenge på svar.",),
    },
    "Nobody knows the client": {
        "en": (
            "We explain our business to somebody new each time.",
            "Seven mails, seven different people.",
        ),
        "de": ("Jedes Mal jemand anderes am Telefon.",),
    },
}
CLIENT_NAMES: Final = """
Alder Bank;Amber Freight;Aspen Tools;Birch Foods;Bracken Bikes;Cedar Media;Clover Dairy;
Copper Works;Coral Travel;Dune Energy;Elm Logistics;Ember Glass;Fern Cosmetics;Fjord Shipping;
Flint Mining;Grove Health;Harbour Hotels;Hazel Homes;Heron Pumps;Iris Optics;Ivory Print;
Juniper Retail;Kelp Labs;Larch Timber;Linden Law;Maple Schools;Moss Gardens;North Rail;
Oak Insurance;Opal Phones;Pebble Toys;Pine Paper;Quarry Stone;Reed Textiles;Rowan Bakeries;
Sorrel Farms;Spruce Games;Tern Airlines;Thistle Press;Willow Care
""".replace("\n", "").split(";")
