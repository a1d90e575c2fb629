"""Differences: what a quote says otherwise than the claim, and what must not be told as a difference."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.differences import Difference, comparable, differences, told
from generator.compare.lexicon import LANGUAGES, lexicon_of
from generator.lexicons import lexicon_of as interface_lexicon
from generator.words import Words

WORDS = Words(interface_lexicon("en"))


def found(claim: str, quote: str, language: str = "en") -> list[str]:
    return [told(difference, WORDS) for difference in differences(claim, quote, language)]


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "same", "other"),
    [
        ("The journey took three hours.", "It was a 3-hour journey.", "It was a 4-hour journey."),
        ("They spent 12 days in space.", "They spent twelve days in space.", "They spent thirteen days in space."),
        ("They landed at 4:35.", "They landed at 04:35.", "They landed at 04:30."),
        ("They landed at 4:35 p.m.", "They landed at 16:35.", "They landed at 15:34."),
        ("They landed at 04:36 GMT.", "They landed at 0436 GMT.", "They landed at 0437 GMT."),
        ("They landed on 17 October 2021.", "They landed on Sunday, Oct. 17.", "They landed on Sunday, Oct. 18."),
        ("They landed on 17 October 2021.", "They landed on 2021-10-17.", "They landed on 2021-10-18."),
        ("They landed on 17 October 2021.", "They landed on October 17th, 2021.", "They landed on October 7th, 2021."),
        ("The trip took 3 hours and 21 minutes.", "The trip took 201 minutes.", "The trip took 200 minutes."),
        ("The trip took 24 hours.", "The trip took 1 day.", "The trip took 2 days."),
        ("Profits rose 5 percent.", "Profits rose by 5%.", "Profits rose by 5.5%."),
        ("The film cost $5 million.", "The film cost 5 million dollars.", "The film cost 5 thousand dollars."),
        ("The film cost $5 million.", "The film cost $5m.", "The film cost $5bn."),
        ("The film had 3,000 makers.", "The film had three thousand makers.", "The film had two thousand makers."),
        ("The film had 21 makers.", "The film had twenty-one makers.", "The film had twenty-two makers."),
        ("The film had 105 makers.", "The film had one hundred and five makers.", "The film had a hundred makers."),
        ("Yulia was 37 years old.", "Yulia, 37, landed.", "Yulia, 38, landed."),
        ("It was the second film.", "It was the 2nd film.", "It was the 3rd film."),
    ],
)
def test_equal_values_in_another_spelling_are_no_difference(claim: str, same: str, other: str) -> None:
    assert found(claim, same) == found(same, claim) == []
    assert [one.kind for one in differences(claim, other, "en")] == ["number"]


@pytest.mark.parametrize(
    ("claim", "quote", "sentence"),
    [
        ("They landed at 4:36.", "They landed at 04:35.", "Says “04:35” where the claim says “4:36”."),
        # Zones are whole quarters of an hour apart: these are two minutes, wherever they are.
        (
            "Both landed on Kazakhstan's steppe at 04:36 GMT on 17 October 2021.",
            "After a three-hour journey, they landed safely in the Kazakhstan desert at 10.35 am local time.",
            "Says “10.35 am local time” where the claim says “04:36 GMT”.",
        ),
        (
            "Both landed on Kazakhstan's steppe at 04:36 GMT on 17 October 2021.",
            "At 04:35 UTC the #SoyuzMS18 descent vehicle will land.",
            "Says “04:35 UTC” where the claim says “04:36 GMT”.",
        ),
        ("They landed at 9 p.m.", "They landed at 8 p.m.", "Says “8 p.m.” where the claim says “9 p.m.”."),
        ("The trip took three hours.", "It was a 4-hour trip.", "Says “4-hour” where the claim says “three hours”."),
        (
            "The trip took 3 hours and 21 minutes.",
            "The trip took 3 hours.",
            "Says “3 hours” where the claim says “3 hours and 21 minutes”.",
        ),
        (
            "They landed on 17 October 2021.",
            "They landed on Oct. 18.",
            "Says “Oct. 18” where the claim says “17 October 2021”.",
        ),
        ("They landed on Sunday.", "They landed on Saturday.", "Says “Saturday” where the claim says “Sunday”."),
        (
            "The film was announced in 2020.",
            "The film was announced in 2019.",
            "Says “2019” where the claim says “2020”.",
        ),
        ("The film cost $5 million.", "The film cost about $7m.", "Says “$7m” where the claim says “$5 million”."),
        ("Profits rose 5 percent.", "Profits rose 7%.", "Says “7%” where the claim says “5 percent”."),
        ("Ten helicopters took part.", "It took part with 12 helicopters.", "Says “12” where the claim says “Ten”."),
        ("The first film was shot.", "The second film was shot.", "Says “second” where the claim says “first”."),
        ("Anton was 49 years old.", "Anton, 48, landed.", "Says “48” where the claim says “49 years old”."),
    ],
)
def test_a_number_against_another_of_its_kind(claim: str, quote: str, sentence: str) -> None:
    assert found(claim, quote) == [sentence]


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        # another thing's number
        ("The crew was to take part in a 10-day rehabilitation.", "The crew returned to Earth after 12 days in space."),
        ("Anton was 49 years old.", "Yulia, 37, and Klim, 38, landed."),
        ("Yulia was 37 years old and Klim was 38.", "Klim, 38, landed."),
        ("Both returned to Earth on Sunday.", "Both were present on Saturday."),
        ("They landed on 17 October.", "They had left the planet on 5 October."),
        ("Yulia was 37 years old and Klim was 38.", "Yulia and the 38-year-old Klim landed."),
        ("The trip took 10 days.", "The trip took three hours."),
        # more than one that it could be
        ("They landed at 4:36.", "They landed at 4:35 or 4:37."),
        ("The trip took three hours.", "The trip took four hours, the trip back five hours."),
        # one side says less
        ("They landed at 04:36 GMT.", "They landed in the morning."),
        ("They landed at 4 a.m.", "They landed at 4:20 a.m."),
        ("They landed on 17 October 2021.", "They landed in October."),
        ("The trip took 3 hours.", "The trip was long."),
        # perhaps the same moment in two zones
        ("They landed at 04:35 GMT.", "They landed at 10:35 a.m. local time."),
        ("They landed at 04:35 GMT.", "They landed at 7:35."),
        # no amounts
        ("Soyuz MS-18 landed.", "Soyuz MS-19 landed."),
        ("Apollo 11 landed.", "Apollo 12 landed."),
        ("The trip took 10 hours.", "The trip took 10-12 hours."),
        ("The trip took 10 hours.", "The trip took between 9 and 12 hours."),
        ("The trip took 10 hours.", "One of them made the trip."),
        ("Version 1.2.3 landed.", "Version 1.2.4 landed."),
    ],
)
def test_no_number_is_held_against_another_that_it_may_not_contradict(claim: str, quote: str) -> None:
    assert found(claim, quote) == []


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "quote", "sentence"),
    [
        (
            "Ernst told AFP that they are now editing the movie.",
            "Ernst told Reuters that they are now editing the movie.",
            "Names Reuters where the claim names AFP.",
        ),
        (
            "Yulia Peresild landed in Kazakhstan.",
            "Klim Shipenko landed in Kazakhstan.",
            "Names Klim Shipenko where the claim names Yulia Peresild.",
        ),
        (
            "The crew landed in Russia today.",
            "The crew landed in Kazakhstan today.",
            "Names Kazakhstan where the claim names Russia.",
        ),
    ],
)
def test_a_name_in_the_same_place(claim: str, quote: str, sentence: str) -> None:
    assert found(claim, quote) == [sentence]


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The film was shot by Klim Shipenko in space.", "The film was shot by Shipenko in space."),
        ("The capsule was flown by Oleg Novitsky to Earth.", "The capsule was flown by Oleg Novitskiy to Earth."),
        ("The capsule left the International Space Station today.", "The capsule left the ISS today."),
        ("The capsule left the ISS today.", "The capsule left the International Space Station today."),
        (
            "Billionaires such as Richard Branson and Jeff Bezos flew.",
            "Billionaires such as Elon Musk and Jeff Bezos flew.",
        ),
        ("The trip of Richard Branson and Jeff Bezos began.", "The trip of Elon Musk and Jeff Bezos began."),
        ("The trip of Yulia Peresild began.", "The trip of Klim Shipenko and Oleg Novitsky ended early."),
        ("Anton was greeted by the actor.", "Actors were greeted by the Mayor."),
    ],
)
def test_names_that_may_be_one_or_both_be_there(claim: str, quote: str) -> None:
    assert found(claim, quote) == []


# --- hedges -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "quote", "sentences"),
    [
        (
            "The scene was shot four times.",
            "The scene was shot at least four times.",
            ["“at least” is not in the claim."],
        ),
        (
            "The scene was shot at least four times.",
            "The scene was shot 4 times.",
            ["The claim’s “at least” is not in this quote."],
        ),
        (
            "It took about 3,000 candidates.",
            "It took at least 3,000 candidates.",
            ["Says “at least” where the claim says “about”."],
        ),
        ("It tilted for 30 minutes.", "It tilted for less than 30 minutes.", ["“less than” is not in the claim."]),
        ("The scene was shot twice.", "The scene was apparently shot twice.", ["“apparently” is not in the claim."]),
        (
            "They have cameo roles in the film.",
            "They are said to have made a cameo in the movie.",
            ["“are said to” is not in the claim."],
        ),
        ("Russia will send tourists.", "Russia may send tourists.", ["“may” is not in the claim."]),
        (
            "It is the first film partially shot in space.",
            "the first film to be shot in space",
            ["The claim’s “partially” is not in this quote."],
        ),
        # the same in other words
        ("It took about 3,000 candidates.", "It took roughly three thousand candidates.", []),
        ("They reportedly landed.", "They allegedly landed.", []),
        ("They reportedly landed.", "According to NASA, they landed.", []),
        # of something else
        ("The actress kissed a hand.", "The scene was apparently shot four times, and she kissed a hand.", []),
        ("A film project was announced.", "This could give the Russian film industry a slight edge.", []),
        ("They landed on 12 May 2021.", "They landed in May.", []),
        ("The crew landed in May.", "The crew landed in May 2021.", []),
    ],
)
def test_hedges(claim: str, quote: str, sentences: list[str]) -> None:
    assert found(claim, quote) == sentences


# --- attributions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "quote", "sentences"),
    [
        (
            "The capsule landed safely on the steppe.",
            "The capsule landed safely on the steppe, according to footage of the Russian space agency.",
            ["“according to footage of the Russian space agency” is not in the claim."],
        ),
        (
            "The vehicle is secure and the crew is safe.",
            "The agency confirmed that the vehicle is secure and the crew is safe.",
            ["“The agency confirmed that” is not in the claim."],
        ),
        (
            "The thruster fired and moved the station.",
            "the thruster fired and moved the station, a NASA spokesman told the Russian news agency TASS.",
            ["“a NASA spokesman told the Russian news agency TASS” is not in the claim."],
        ),
        (
            "The crew feels good and the ship stands.",
            "“The crew feels good and the ship stands,” said Rogozin.",
            [],  # between quotation marks, which end the sentence: the speaker is shown beside the quote
        ),
        (
            "According to NASA, the capsule landed safely.",
            "According to Roscosmos, the capsule landed safely.",
            ["Says “According to Roscosmos” where the claim says “According to NASA”."],
        ),
        (
            "According to NASA, the capsule landed safely.",
            "The capsule landed safely.",
            ["The claim’s “According to NASA” is not in this quote."],
        ),
        # both give it to somebody
        ("Rogozin said that the crew landed safely.", "The crew landed safely, according to Rogozin.", []),
        # a quote may be cut off from the words that say who speaks
        ("Rogozin said that the crew landed safely.", "The crew landed safely.", []),
        # who speaks is who the claim is about
        (
            "Ernst was the owner of the television network.",
            "According to Ernst, owner of the television network, it fell.",
            [],
        ),
        ("Ernst was the owner of the network.", "Ernst, owner of the network, told AFP.", []),
        # not speech
        ("The movie is about a surgeon.", "The movie tells the story of a surgeon.", []),
        ("The crew left the capsule.", "The crew left the capsule on reports of fire.", []),
        ("Two others have a cameo.", "Two others are said to have a cameo.", ["“are said to” is not in the claim."]),
        # of something else
        ("The capsule landed.", "According to NASA, dinner was late.", []),
    ],
)
def test_attributions(claim: str, quote: str, sentences: list[str]) -> None:
    assert found(claim, quote) == sentences


def test_a_missing_source_is_not_told_where_the_speaker_is_known() -> None:
    claim, quote = "According to NASA, the capsule landed safely.", "The capsule landed safely."
    assert differences(claim, quote, "en", ["NASA"]) == ()
    assert differences(claim, quote, "en")


# --- languages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "claim", "quote", "pairs"),
    [
        ("es", "La tripulación pasó 12 días allí.", "La tripulación pasó unos doce días allí.", [("", "unos")]),
        (
            "es",
            "La tripulación pasó 12 días allí.",
            "La tripulación pasó treinta y un días allí.",
            [("12 días", "treinta y un días")],
        ),
        (
            "es",
            "La nave aterrizó el 17 de octubre de 2021.",
            "La nave aterrizó el 18 de octubre.",
            [("17 de octubre de 2021", "18 de octubre")],
        ),
        (
            "es",
            "La nave rusa aterrizó sin problemas.",
            "Según la NASA, la nave rusa aterrizó sin problemas.",
            [("", "Según la NASA")],
        ),
        ("fr", "L’équipage a passé 97 jours.", "L’équipage a passé quatre-vingt-dix-sept jours.", []),
        (
            "fr",
            "L’équipage a passé 12 jours.",
            "L’équipage aurait passé près de 12 jours.",
            [("", "aurait"), ("", "près de")],
        ),
        ("fr", "La capsule a atterri à 4h35.", "La capsule a atterri à 4 h 36.", [("4h35", "4 h 36")]),
        ("de", "Die Kapsel landete um 4.35 Uhr.", "Die Kapsel landete um 4 Uhr 36.", [("4.35 Uhr", "4 Uhr 36")]),
        (
            "de",
            "Die Crew verbrachte dort 21 Tage.",
            "Die Crew verbrachte dort angeblich einundzwanzig Tage.",
            [("", "angeblich")],
        ),
        ("de", "Es gab 3.000 Bewerber.", "Es gab dreitausend Bewerber.", []),
        ("de", "Es gab 3.000 Bewerber beim Film.", "Es gab 3,5 Mio Bewerber beim Film.", [("3.000", "3,5 Mio")]),
        ("ru", "Экипаж провел там 12 дней.", "Экипаж провёл там около двенадцати дней.", [("", "около")]),
        (
            "ru",
            "Корабль приземлился 17 октября 2021 года.",
            "Корабль приземлился 18 октября.",
            [("17 октября 2021", "18 октября")],
        ),
        ("ru", "Экипаж провел на станции 3 000 дней.", "Экипаж провел на станции три тысячи дней.", []),
        ("ar", "أمضى الطاقم ١٢ يوما هناك.", "أمضى الطاقم حوالي ثلاثة عشر يوما هناك.", [("١٢ يوما", "ثلاثة عشر يوما")]),
        ("ar", "أمضى الطاقم 25 يوما هناك.", "أمضى الطاقم خمسة وعشرين يوما هناك.", []),
        (
            "ar",
            "أمضى الطاقم 12 يوما هناك.",
            "قال المتحدث باسم الوكالة إن الطاقم أمضى 12 يوما هناك.",
            [("", "قال المتحدث باسم الوكالة")],
        ),
        # no lexicon, or two languages: digits alone, and only where they leave no doubt
        ("", "The NASA capsule landed at 04:36 GMT.", "Капсула NASA приземлилась в 04:35.", [("04:36", "04:35")]),
        ("", "The capsule landed at 04:36 GMT.", "Капсула приземлилась в 04:35.", []),
        ("", "The NASA capsule spent 12 days there.", "Капсула NASA провела там 13 дней.", []),
        ("it", "L'equipaggio atterrò alle 04:36.", "L'equipaggio atterrò forse alle 04:35.", [("04:36", "04:35")]),
    ],
)
def test_languages(language: str, claim: str, quote: str, pairs: list[tuple[str, str]]) -> None:
    assert [(each.claim, each.quote) for each in differences(claim, quote, language)] == pairs


def test_what_is_compared_of_a_quote_in_another_language() -> None:
    assert comparable("en", "en-GB", "words", "") == ("words", "en")
    assert comparable("en-GB", "EN", "words", "other words") == ("words", "en-GB")
    assert comparable("en", "es", "palabras", "words") == ("words", "en")
    assert comparable("en", "es", "palabras", "") == ("palabras", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_for_each_language_whatever_the_region(language: str) -> None:
    lexicon = lexicon_of(language)
    assert lexicon.code == language
    assert lexicon_of(f"{language.upper()}-XX") is lexicon
    assert sorted(set(lexicon.months.values())) == list(range(1, 13))
    assert sorted(set(lexicon.weekdays.values())) == list(range(1, 8))
    assert {2, 3, 12, 20, 90} <= set(lexicon.numbers.values()) | ({12} if language == "ar" else set()) | (
        {90} if language == "fr" else set()
    )
    # What would be lost in one of its own tables: a word of two meanings.
    assert not set(lexicon.months) & set(lexicon.weekdays)
    assert not set(lexicon.numbers) & set(lexicon.scales)


# --- what always holds ------------------------------------------------------------------------------------------------


def test_spans_are_the_words() -> None:
    claim = "They reportedly landed at 4:36, as planned."
    quote = "…  They  landed,\u00a0NASA said, at\n4:35 p.m. — as planned."
    for difference in (*differences(claim, quote, "en"), *differences(quote, claim, "en")):
        assert difference.span is not None or difference.claim_span is not None
    [number] = [one for one in differences(claim, quote, "en") if one.kind == "number"]
    assert number.span
    assert number.claim_span
    assert quote[slice(*number.span)] == number.quote == "4:35 p.m."
    assert claim[slice(*number.claim_span)] == number.claim == "4:36"


def test_a_sentence_shows_no_line_ends_or_controls() -> None:
    assert found("It took ten days.", "It took at\n least ten days.") == ["“at least” is not in the claim."]
    controls = Difference("name", "A\u202eB", "C\x07\n D", (0, 3), (0, 5))
    assert told(controls, WORDS) == "Names C D where the claim names AB."
    [sentence] = found("They landed on 17 October.", "They landed on 18\n\n October.")
    assert sentence == "Says “18 October” where the claim says “17 October”."


_PIECES = st.sampled_from(
    "about at least 12 days twenty-one 4:35 p.m. GMT 17 October 2021 $5 million % 3,000 according to NASA said told "
    "AFP , . ( ) “ ” […] - — reportedly may May Oct. ½ 1.2.3 -5 € №7 MS-18 года quatre vingt dix وعشرون ١٢ Soyuz "
    "landed the h Uhr 30 35".split()
)


@given(st.lists(_PIECES, max_size=14), st.lists(_PIECES, max_size=14), st.sampled_from(["", *LANGUAGES]))
def test_whatever_is_compared_spans_are_right_and_a_text_is_like_itself(
    claim: list[str], quote: list[str], language: str
) -> None:
    left, right = " ".join(claim), " ".join(quote)
    assert differences(left, left, language) == ()
    for one in differences(left, right, language):
        assert one.claim or one.quote
        for text, words, span in ((left, one.claim, one.claim_span), (right, one.quote, one.span)):
            assert words == (text[slice(*span)] if span else "")
        assert told(one, WORDS)
