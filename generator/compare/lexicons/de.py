"""German. A capital tells no name, since all nouns have one."""

from __future__ import annotations

from generator.compare.lexicon import lexicon, numbered, phrases, units, words

_UNITS = {"ein": 1} | numbered("zwei drei vier fünf sechs sieben acht neun", 2)
_TENS = numbered("zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10)
_TENS["dreissig"] = _TENS["dreißig"] = 30

LEXICON = lexicon(
    code="de",
    numbers=numbered(
        "zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
        "achtzehn neunzehn",
        2,
    )
    | _TENS
    | {f"{unit}und{ten}": number + tens for unit, number in _UNITS.items() for ten, tens in _TENS.items()}
    | {f"{unit}hundert": 100 * number for unit, number in _UNITS.items()}
    | {f"{unit}tausend": 1000 * number for unit, number in (_UNITS | {"zehn": 10, "hundert": 100}).items()},
    ones=words("ein eine einen einer einem eines eins"),
    scales={
        "hundert": 100,
        "tausend": 1000,
        "million": 10**6,
        "millionen": 10**6,
        "mio": 10**6,
        "milliarde": 10**9,
        "milliarden": 10**9,
        "mrd": 10**9,
    },
    lists=words("und oder"),
    ordinals={
        f"{stem}{ending}": number
        for stem, number in numbered("erst zweit dritt viert fünft sechst siebt acht neunt zehnt").items()
        for ending in ("e", "en", "er", "es", "em")
    },
    months=numbered(
        "januar/jänner/jan februar/feb märz april/apr mai juni juli august/aug september/sept oktober/okt november/nov "
        "dezember/dez"
    ),
    weekdays=numbered("montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag"),
    year_cues=words("in im seit bis vor nach jahr jahre jahres anfang ende mitte"),
    units=units(
        {
            "time": {
                1: "sekunde sekunden",
                60: "minute minuten minütige minütigen minütiger",
                3600: "stunde stunden stündige stündigen stündiger std",
                86400: "tag tage tagen tägige tägigen tägiger",
                604800: "woche wochen wöchige wöchigen",
            },
            "months": {1: "monat monate monaten monatige monatigen", 12: "jahr jahre jahren"},
            "metres": {1: "m meter metern", 1000: "km kilometer kilometern"},
            "grams": {1000: "kg kilo kilogramm", 10**6: "tonne tonnen"},
        }
    ),
    old=words("alt alte alten alter"),
    percents=phrases({"%": "prozent"}),
    currencies={"dollar": "$", "euro": "€", "pfund": "£", "rubel": "₽"},
    forenoon=phrases({"am": "morgens,vormittags", "pm": "nachmittags,abends"}),
    zones=phrases(
        {
            "utc": "gmt,utc",
            "local": "ortszeit",
            "moscow": "moskauer zeit",
            "cet": "mez",
            "cest": "mesz",
        }
    ),
    hours=words("uhr"),
    amount_hedges=phrases(
        {
            "about": "etwa,rund,ungefähr,circa,ca,zirka",
            "nearly": "fast,beinahe,nahezu,knapp",
            "at least": "mindestens,wenigstens",
            "at most": "bis zu,höchstens,maximal,nicht mehr als",
            "more than": "mehr als,über",
            "less than": "weniger als,unter",
        }
    ),
    hedges=phrases(
        {
            "hearsay": "angeblich,mutmaßlich,mutmaßliche,mutmaßlichen,vermeintlich,anscheinend,offenbar,soll,sollen,"
            "scheint,scheinbar",
            "possibility": "könnte,könnten,möglicherweise,vielleicht,eventuell,womöglich",
            "likelihood": "wahrscheinlich,voraussichtlich,vermutlich,wohl",
            "part": "teilweise,zum teil,größtenteils,überwiegend,hauptsächlich",
        }
    ),
    sources=phrases({"source": "laut,zufolge,nach angaben,nach den angaben,nach aussage,nach informationen"}),
    speech=phrases(
        {"said": "sagte,sagten,sagt,erklärte,erklärten,berichtete,berichteten,berichtet,behauptete,behaupteten,meldete"}
    ),
    reports=phrases({"said": "teilte,bestätigte,betonte,schrieb,ergänzte,kündigte,räumte,versicherte"}),
    that=words("dass daß"),
    stopwords=words(
        "der die das den dem des ein eine einen einem einer eines und oder aber denn sondern doch in im an am "
        "auf aus bei beim mit nach seit von vom zu zum zur für durch gegen ohne um bis über unter vor hinter "
        "neben zwischen während wegen wenn als ob dass weil da damit wie so also auch nur noch schon sehr mehr "
        "weniger nicht kein keine keinen er sie es wir ihr ich du sich mich dich uns euch ihn ihm ihnen sein "
        "seine seinen seiner ihre ihren ihrer ist sind war waren wird werden wurde wurden worden hat haben "
        "hatte hatten sei wäre kann können konnte dies diese dieser dieses diesen jene jener welche welcher "
        "was wer wo man alle alles andere anderen"
    ),
    endings=("ungen", "ung", "en", "er", "es", "em", "te", "st", "e", "t", "s", "n"),
)
