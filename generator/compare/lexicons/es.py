"""Spanish."""

from __future__ import annotations

from generator.compare.lexicon import lexicon, numbered, phrases, units, words

LEXICON = lexicon(
    code="es",
    names=True,
    numbers=numbered(
        "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
        "dieciocho diecinueve veinte veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro "
        "veinticinco veintiséis veintisiete veintiocho veintinueve",
        2,
    )
    | numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
    | numbered(
        "doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas "
        "seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas",
        200,
        100,
    ),
    ones=words("un uno una"),
    scales={"cien": 100, "ciento": 100, "mil": 1000, "millón": 10**6, "millones": 10**6},
    joins=words("y"),
    lists=words("y e o u"),
    ordinals=numbered(
        "primero/primera/primer segundo/segunda tercero/tercera/tercer cuarto/cuarta quinto/quinta sexto/sexta "
        "séptimo/séptima octavo/octava noveno/novena décimo/décima"
    ),
    ordinal_endings=words("º ª o a er"),
    months=numbered(
        "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre"
    ),
    weekdays=numbered("lunes martes miércoles jueves viernes sábado domingo"),
    date_joins=words("de del"),
    year_cues=words("en desde hasta de del antes después año"),
    units=units(
        {
            "time": {
                1: "segundos",
                60: "minuto minutos min",
                3600: "hora horas h",
                86400: "día días",
                604800: "semana semanas",
            },
            "months": {1: "mes meses", 12: "año años"},
            "metres": {1: "m metro metros", 1000: "km kilómetro kilómetros"},
            "grams": {1000: "kg kilo kilos kilogramos", 10**6: "tonelada toneladas"},
        }
    ),
    percents=phrases({"%": "por ciento"}),
    currencies=dict.fromkeys(("dólar", "dólares"), "$")
    | dict.fromkeys(("euro", "euros"), "€")
    | dict.fromkeys(("libra", "libras"), "£")
    | dict.fromkeys(("rublo", "rublos"), "₽"),
    forenoon=phrases({"am": "am,a m,de la mañana", "pm": "pm,p m,de la tarde,de la noche"}),
    zones=phrases({"utc": "gmt,utc", "local": "hora local", "moscow": "hora de moscú"}),
    hours=words("h"),
    amount_hedges=phrases(
        {
            "about": "unos,unas,cerca de,alrededor de,aproximadamente,en torno a,más o menos",
            "nearly": "casi",
            "at least": "al menos,por lo menos,como mínimo",
            "at most": "hasta,como máximo,no más de,a lo sumo",
            "more than": "más de",
            "less than": "menos de",
        }
    ),
    hedges=phrases(
        {
            "hearsay": "supuestamente,presuntamente,al "
            "parecer,aparentemente,presunto,presunta,supuesto,supuesta,se dice que,se cree "
            "que,habría,habrían,parece que",
            "possibility": "podría,podrían,puede que,quizá,quizás,tal vez,posiblemente,acaso",
            "likelihood": "probablemente,se espera que,se prevé que,está previsto que",
            "part": "parcialmente,en parte,mayormente,principalmente",
        }
    ),
    sources=phrases({"source": "según,de acuerdo con,a decir de"}),
    speech=phrases(
        {"said": "dijo,dijeron,afirmó,afirmaron,aseguró,aseguraron,declaró,declararon,informó,informaron,señaló,indicó"}
    ),
    reports=phrases(
        {"said": "dice,dicen,anunció,anunciaron,confirmó,confirmaron,explicó,añadió,agregó,reveló,contó,sostuvo,negó"}
    ),
    that=words("que"),
    stopwords=words(
        "el la los las un una unos unas y e o u de del a al en con sin por para desde hasta entre sobre tras "
        "ante bajo que quien quienes cual cuales cuyo cuya donde cuando como cuanto si no ni pero sino aunque "
        "porque pues se lo le les me te nos su sus mi mis tu tus este esta estos estas ese esa esos esas aquel "
        "aquella esto eso es son era eran fue fueron ser sido siendo está están estaba estaban estar ha han "
        "había habían haber hay muy más menos ya también tan tanto otro otra otros otras todo toda todos todas "
        "uno mismo misma"
    ),
    endings=tuple("aron ieron ando iendo aba ado ada ido ida es ar er ir os as ó a o e s".split()),
)
