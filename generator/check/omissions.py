"""What an omission takes out of a quote: a negation, a number or a hedge changes what the rest seems to say."""

from __future__ import annotations

import re
import unicodedata

# By language; an article in a language without a list is held against all of them.
_NEGATIONS = {
    "en": "not no never none nobody nothing neither nor nowhere cannot without hardly scarcely barely denied denies "
    "false untrue",
    "es": "no nunca jamás nadie nada ninguno ninguna ningún ni sin tampoco apenas",
    "fr": "ne pas non jamais aucun aucune personne rien ni sans guère",
    "de": "nicht kein keine keinen keinem keiner nie niemals niemand nichts weder noch ohne kaum",
    "pt": "não nunca jamais ninguém nada nenhum nenhuma nem sem",
    "it": "non no mai nessuno nessuna niente nulla né senza",
    "ru": "не нет ни никогда никто ничего нельзя без",
}
_HEDGES = {
    "en": "may might could would should perhaps possibly probably likely unlikely maybe reportedly allegedly "
    "apparently supposedly purportedly seemingly seems seem appears appear suggests suggest believed thought said "
    "expected planned about around approximately roughly nearly almost some partly if unless "
    "except only until claims claimed",
    "es": "quizá quizás posiblemente probablemente podría podrían presuntamente supuestamente casi unos unas cerca si "
    "salvo solo",
    "fr": "peut-être possiblement probablement pourrait pourraient serait seraient aurait "
    "selon présumé environ presque si sauf seulement",
    "de": "vielleicht möglicherweise wahrscheinlich angeblich offenbar könnte könnten dürfte "
    "soll sollen etwa rund fast wenn außer nur",
    "pt": "talvez possivelmente provavelmente poderia poderiam alegadamente supostamente quase cerca se salvo só",
    "it": "forse possibilmente probabilmente potrebbe potrebbero presumibilmente circa quasi se salvo solo",
    "ru": "возможно вероятно якобы может могут около почти примерно если кроме лишь",
}
_NUMBER_WORDS = {
    "en": "two three four five six seven eight nine ten eleven twelve dozen hundred thousand million billion half twice"
}
_TOKEN = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")


def telling_words(left_out: str, language: str) -> list[tuple[str, str]]:
    """The words of `left_out` that must not go missing unseen, each with its kind: "negation", "number" or "hedge"."""
    tables = [
        (kind, _words(table, language))
        for kind, table in (("negation", _NEGATIONS), ("hedge", _HEDGES), ("number", _NUMBER_WORDS))
    ]
    found = []
    # Composed, so that a word and its accents are one token.
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", left_out)):
        word = match.group()
        lower = word.lower().replace("’", "'")
        kind = "number" if any(character.isdigit() for character in word) else ""
        kind = kind or ("negation" if lower.endswith("n't") else "")
        kind = kind or next((name for name, words in tables if lower in words), "")
        if kind:
            found.append((word, kind))
    return found


def _words(table: dict[str, str], language: str) -> frozenset[str]:
    own = table.get(language.lower().split("-")[0])
    return frozenset((own if own is not None else " ".join(table.values())).split())
