"""English."""

from __future__ import annotations

from generator.compare.lexicon import each, lexicon, numbered, phrases, units, words

_BE = ("is", "are", "was", "were", "be", "been", "being")

LEXICON = lexicon(
    code="en",
    names=True,
    day_of_24=False,
    comma_decimals=False,
    space_groups=False,
    numbers=numbered(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen",
        2,
    )
    | numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    ones=words("one"),
    scales={
        "hundred": 100,
        "thousand": 1000,
        "million": 10**6,
        "mn": 10**6,
        "billion": 10**9,
        "bn": 10**9,
        "trillion": 10**12,
    },
    joins=words("and"),
    lists=words("and or"),
    ordinals=numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ),
    ordinal_endings=words("st nd rd th"),
    months=numbered(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct "
        "november/nov december/dec"
    ),
    weekdays=numbered(
        "monday/mon tuesday/tue/tues wednesday/wed thursday/thu/thurs friday/fri saturday/sat sunday/sun"
    ),
    date_joins=words("of the"),
    year_cues=words("in since by until till before after during from year early late mid"),
    units=units(
        {
            "time": {
                1: "second seconds sec secs",
                60: "minute minutes min mins",
                3600: "hour hours hr hrs",
                86400: "day days",
                604800: "week weeks",
            },
            "months": {1: "month months", 12: "year years"},
            "metres": {1: "m metre metres meter meters", 1000: "km kilometre kilometres kilometer kilometers"},
            "feet": {1: "ft foot feet", 5280: "mile miles"},
            "grams": {1000: "kg kilogram kilograms kilo kilos", 10**6: "tonne tonnes"},
            "tons": {1: "ton tons"},
        }
    ),
    old=words("old"),
    aged=words("aged"),
    percents=phrases({"%": "percent,per cent,pct"}),
    currencies=dict.fromkeys(("dollar", "dollars", "usd"), "$")
    | dict.fromkeys(("euro", "euros", "eur"), "€")
    | dict.fromkeys(("pound", "pounds", "gbp"), "£")
    | dict.fromkeys(("rouble", "roubles", "ruble", "rubles", "rub"), "₽")
    | dict.fromkeys(("yen",), "¥"),
    forenoon=phrases({"am": "am,a m", "pm": "pm,p m"}),
    zones=phrases(
        {
            "utc": "gmt,utc,greenwich mean time",
            "local": "local time,local",
            "moscow": "moscow time,msk",
            "eastern": "eastern time,eastern,et",
            "edt": "edt",
            "est": "est",
            "pacific": "pacific time,pacific,pt",
            "cet": "cet",
            "cest": "cest",
            "bst": "bst",
        }
    ),
    hours=words("h"),
    amount_hedges=phrases(
        {
            "about": "about,around,approximately,roughly,some,circa,approx,or so",
            "nearly": "almost,nearly,close to,just under,just short of",
            "at least": "at least,no fewer than,no less than,not less than,a minimum of",
            "at most": "up to,at most,no more than,not more than,a maximum of,as many as,as much as",
            "more than": "more than,over,above,upwards of,in excess of,just over,well over",
            "less than": "less than,fewer than,under,below,well under",
        }
    ),
    hedges=phrases(
        {
            "hearsay": "reportedly,allegedly,supposedly,purportedly,apparently,seemingly,"
            + each(
                _BE,
                "said to,thought to,believed to,reported to,alleged to,rumoured to,rumored to,understood to,widely "
                "believed to",
            )
            + ",it is said that,it is believed that,it is thought that,it is understood that,it is reported that,"
            "seems to,seem to,seemed to,appears to,appear to,appeared to",
            "possibility": "may,might,could,possibly,perhaps,maybe,potentially,conceivably",
            "likelihood": "likely,probably,presumably,"
            + each(_BE, "expected to,likely to,set to,due to,scheduled to,slated to,supposed to,planned to"),
            "part": "partly,partially,in part,mostly,largely,mainly,almost entirely",
        }
    ),
    sources=phrases({"source": "according to,as per,as reported by"}),
    speech=phrases({"said": "said,says,stated,told"}),
    reports=phrases(
        {
            "said": "confirmed,confirms,added,adds,announced,announces,reported,reports,claimed,claims,insisted,argued,"
            "explained,noted,revealed,verified,warned,suggested,suggests,tells,tweeted,wrote,acknowledged,denied"
        }
    ),
    told=words("told tells"),
    that=words("that"),
    stopwords=words(
        "a an the and or but nor so yet if then than that this these those there here it its he she they them "
        "their his her him we us our you your i me my who whom whose which what when where while why how as at "
        "by for from in into of off on onto out over to up with without within about after before during until "
        "since through between among against under above below is are was were be been being am has have had "
        "having do does did done will would shall should can could may might must not no yes also too very "
        "more most less least much many few some any all both each every either neither other others another "
        "such same own just only even still already again once ever never now s t d ll re ve m one ones said "
        "says told mr mrs ms dr went go going goes get got make made"
    ),
    endings=("ings", "ing", "ed", "es", "ly", "s", "e"),
)
