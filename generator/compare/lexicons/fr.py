"""French."""

from __future__ import annotations

from generator.compare.lexicon import lexicon, numbered, phrases, units, words

LEXICON = lexicon(
    code="fr",
    names=True,
    numbers=numbered(
        "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
        2,
    )
    | numbered("vingt trente quarante cinquante soixante septante huitante nonante", 20, 10),
    ones=words("un une"),
    scales={
        "cent": 100,
        "cents": 100,
        "mille": 1000,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
    },
    joins=words("et"),
    lists=words("et ou"),
    ordinals=numbered(
        "premier/première/premiers/premières deuxième/second/seconde troisième quatrième cinquième sixième septième "
        "huitième neuvième dixième"
    ),
    ordinal_endings=words("er re ère e ème eme nd nde"),
    months=numbered("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    weekdays=numbered("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    date_joins=words("de"),
    year_cues=words("en depuis dès avant après année"),
    units=units(
        {
            "time": {
                1: "seconde secondes",
                60: "minute minutes min",
                3600: "heure heures h",
                86400: "jour jours",
                604800: "semaine semaines",
            },
            "months": {1: "mois", 12: "an ans année années"},
            "metres": {1: "m mètre mètres", 1000: "km kilomètre kilomètres"},
            "grams": {1000: "kg kilo kilos kilogrammes", 10**6: "tonne tonnes"},
        }
    ),
    percents=phrases({"%": "pour cent"}),
    currencies=dict.fromkeys(("dollar", "dollars"), "$")
    | dict.fromkeys(("euro", "euros"), "€")
    | dict.fromkeys(("livre", "livres"), "£")
    | dict.fromkeys(("rouble", "roubles"), "₽"),
    forenoon=phrases({"am": "du matin", "pm": "de l après midi,du soir"}),
    zones=phrases({"utc": "gmt,utc", "local": "heure locale", "moscow": "heure de moscou"}),
    hours=words("h heure heures"),
    amount_hedges=phrases(
        {
            "about": "environ,quelque,autour de,près de,approximativement,à peu près",
            "nearly": "presque",
            "at least": "au moins,au minimum",
            "at most": "jusqu à,au plus,au maximum,pas plus de",
            "more than": "plus de",
            "less than": "moins de",
        }
    ),
    hedges=phrases(
        {
            "hearsay": "apparemment,prétendument,soi disant,semble t "
            "il,aurait,auraient,serait,seraient,présumé,présumée",
            "possibility": "pourrait,pourraient,peut être,éventuellement,possiblement",
            "likelihood": "probablement,vraisemblablement,sans doute,devrait,devraient",
            "part": "partiellement,en partie,principalement,essentiellement",
        }
    ),
    sources=phrases({"source": "selon,d après,à en croire"}),
    speech=phrases(
        {"said": "a dit,ont dit,a déclaré,ont déclaré,a affirmé,ont affirmé,a indiqué,ont indiqué,a assuré"}
    ),
    reports=phrases(
        {
            "said": ""
            "dit,disent,affirme,affirment,indique,rapporte,rapportent,annonce,annoncé,confirmé,confirme,expliqué,explique,ajouté,ajoute,précisé,précise,révélé,révèle,estimé,estime"
        }
    ),
    that=words("que qu"),
    stopwords=words(
        "le la les l un une des du de d à au aux en dans par pour sur sous avec sans chez entre vers contre depuis "
        "pendant avant après et ou mais donc or ni car que qu qui quoi dont où quand comme si ne n pas plus moins se s "
        "ce c cet cette ces son sa ses leur leurs mon ma mes ton ta tes notre nos votre vos il elle ils elles on nous "
        "vous je j tu me m te t y est sont était étaient été être a ont avait avaient avoir fut furent très aussi tout "
        "toute tous toutes autre autres même mêmes déjà encore"
    ),
    endings=("aient", "èrent", "ait", "ées", "ant", "ent", "és", "ée", "er", "ir", "es", "é", "e", "s"),
)
