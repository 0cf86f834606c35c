"""Which language a text is in, told by its script and by its most frequent small words.

That is a rough way, but an open one: it works on this computer, at once, and says that it cannot
tell where there are too few words or where two languages fit alike.
"""

# ruff: noqa: RUF001  # words of other scripts look like Latin letters, and are meant as they are

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from unicodedata import normalize

from novita_desktop.domain.records import record

MOST_CHARACTERS: Final = 20_000
"""More of a text than this tells nothing new."""

LEAST_WORDS: Final = 5
LEAST_LETTERS: Final = 6
"""In scripts that are written without spaces between words."""

LEAST_SHARE: Final = 0.1
"""How much of a text the small words of its language make up at the least."""

LEAST_LEAD: Final = 1.35
"""How much better than the next language the found one has to fit."""

MAIN_SCRIPT: Final = 0.6
"""How many of the letters have to be of one script."""

LANGUAGES: Final[Mapping[str, str]] = {
    "ar": "Arabic", "bg": "Bulgarian", "zh": "Chinese", "cs": "Czech", "da": "Danish",
    "nl": "Dutch", "en": "English", "fi": "Finnish", "fr": "French", "de": "German",
    "el": "Greek", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "no": "Norwegian", "fa": "Persian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "es": "Spanish",
    "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip
"""The languages that can be told, by their ISO 639-1 codes, with their English names."""


class Script(StrEnum):
    """A script, or several that stand for one language."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"
    ARABIC = "arabic"
    DEVANAGARI = "devanagari"
    GREEK = "greek"
    HEBREW = "hebrew"
    THAI = "thai"
    HANGUL = "hangul"
    HAN = "han"
    KANA = "kana"


_SCRIPTS: Final = {
    Script.LATIN: "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    Script.CYRILLIC: "\u0400-\u04ff",
    Script.ARABIC: "\u0620-\u064a\u0671-\u06d3",
    Script.DEVANAGARI: "\u0900-\u0963",
    Script.GREEK: "\u0370-\u03ff\u1f00-\u1fff",
    Script.HEBREW: "\u05d0-\u05ea",
    Script.THAI: "\u0e01-\u0e4e",
    Script.HANGUL: "\uac00-\ud7a3",
    Script.HAN: "\u3400-\u4dbf\u4e00-\u9fff",
    Script.KANA: "\u3041-\u309f\u30a1-\u30fa",
}
_LETTERS: Final = {script: re.compile(f"[{signs}]") for script, signs in _SCRIPTS.items()}

_OF_ONE_SCRIPT: Final = {
    Script.GREEK: "el", Script.HEBREW: "he", Script.THAI: "th", Script.HANGUL: "ko",
}  # fmt: skip

_SMALL_WORDS: Final[Mapping[Script, Mapping[str, str]]] = {
    Script.LATIN: {
        "cs": "a aby ale bez bude by byl co do i ich jak jako je jeho jen ještě k kde která které"
        " který má na nebo není o od po pod podle pro před při s se si svůj tak také to u v ve"
        " více vše z za že",
        "da": "af alle at blev da de deres der det du efter eller en er et for fra få han har hun"
        " hvad hvis hvor ikke jeg kan man med meget men mig mod ned nogle noget når og også om op"
        " os over på sig skal som til ud under var ved vi vil være",
        "de": "aber alle als am an auch auf aus bei bin bis das dass dem den der des die diese du"
        " durch ein eine einem einen einer er es für haben hat ich ihr im in ist ja kann man mit"
        " nach nicht noch nur oder sehr sich sie sind so über um und uns unter viel von vor war"
        " was wenn werden wie wir wird wurde zu zum zur",
        "en": "a about all also an and any are as at be because been but by can could did do for"
        " from had has have he her his how i if in into is it its just more most my no not of on"
        " or our out over she so some than that the their them then there these they this to up"
        " was we were what when which who will with would you your",
        "es": "a al algo antes aunque bien como con cuando de del desde donde dos el ella en entre"
        " era es esta este esto está fue ha hace hasta hay la las le lo los mi muy más mucho no"
        " nos o para pero por porque que qué se ser si sin sobre son su sus también tiene todo un"
        " una uno y ya yo",
        "fi": "ei ennen että he hän ja jo joka jos kaikki kanssa kuin kun mikä minä mukaan mutta"
        " myös mitä ne niin nyt ole oli olla on ovat se sekä sen siis sitten sitä tai tämä tässä"
        " tätä vain vielä vuoden voi ole olen",
        "fr": "à au aussi aux avec avoir bien c ce ces cette comme d dans de des deux donc du elle"
        " en est et être fait il ils j je l la le les leur lui mais même mon ne nous on ont ou où"
        " par pas plus pour qu quand que qui s sa sans se ses si son sont sur tous tout très un"
        " une vous y été",
        "hu": "a az ahogy aki ami azt csak de egy egyik el én ezt ez fel ha hogy hogyan is itt"
        " kell ki le lehet lesz meg mert mi már még minden más miatt nagyon nem neki és után van"
        " vagy való volt",
        "id": "ada adalah akan anda apa atau bagi bahwa banyak belum bisa dalam dan dapat dari"
        " dengan di hanya harus ia ini itu jika juga kami karena ke kita lebih maka mereka oleh"
        " pada para saat saya sebagai sangat sebuah seperti serta sudah tetapi telah tidak untuk"
        " yang",
        "it": "a ai al alla anche c che chi ci come con cosa da dal dalla dei del della delle di"
        " dopo dove e è era fra gli ha hanno i il in io l la le lo loro ma mi molto nel nella non"
        " o ogni per perché più può quando quello questa questo se si sono su sua suo tra un una"
        " uno",
        "nl": "aan al alle als bij dan dat de den der deze die dit door een en er geen had heb"
        " hebben heeft het hier hij hoe ik in is je kan maar meer met mijn naar niet nog of om"
        " onder ook op over te toch tot uit van veel voor waar was wat we wel werd wij wordt ze"
        " zei zich zij zijn zo zou",
        "no": "alle at av ble bli blir da de den der deres det du eller en er et etter for fra"
        " få ha han har hun hva hvis hvor ikke jeg kan man med meg men mer mot mye ned noe når og"
        " også om opp oss over på seg si skal som så til ut under var ved vi vil være",
        "pl": "a aby albo ale bardzo bez by być był była co czy dla do gdy go i ich jak jako je"
        " jego jej jest już jeśli która które który lub ma może można na nad nie niż o od oraz po"
        " pod przez przy są się tak także to tym tylko w we z za ze że",
        "pt": "a à ao aos as até com como da das de depois do dos e é ela ele em entre era essa"
        " esse está eu foi há isso isto já mais mas me mesmo meu muito na nas não no nos o os ou"
        " para pela pelo por porque quando que quem se sem ser seu são só sua também tem ter uma"
        " um você",
        "ro": "a acest această ai al ale am ar are au ca care cât ce cu cum da dar de din după ea"
        " ei el este eu fi fost fără iar în la le lor lui mai mult nu o pe pentru prin sale sau"
        " se și sunt să te toate un una unei unui",
        "sv": "alla att av bara blev blir de den denna det dig du där då efter eller en ett från"
        " får för ha han har hon hur i inte jag kan man med men mer mig mot mycket nu när någon"
        " och också om oss på sig sin ska skulle som så till under upp ut utan vad var vi vid"
        " vill är över",
        "tr": "ama ancak bana bazı bir biz bu çok da daha de değil diye en gibi göre hem her için"
        " ile ise kadar ki mi mı ne o olan olarak oldu olduğu onu sadece sonra şey şu tüm var ve"
        " veya ya yok",
        "vi": "anh bạn bị bởi các cái có con của cho chúng cũng còn đã đang để đến đi được đó gì"
        " hay hơn hoặc khi không là làm lại lên mà một mình nhiều như nhưng những này nói phải"
        " ra rất sẽ tại thì theo tôi trong trên và vào về với",
    },
    Script.CYRILLIC: {
        "bg": "а аз ако без бе бъде в във все г да до е за и из им има как като ли му на най не"
        " него но от още по под при с са само се си след със съм те това този той тя че ще",
        "ru": "а без бы был была было быть в вас во вот все вы где да для до его ее если есть еще"
        " ещё же за и из или их к как когда который ли мы на не него нет но о об он она они от"
        " очень по при с со так также то только ты у уже что чтобы это я",
        "uk": "а або але без був була було бути в ви від він вона вони все ви для до дуже є же за"
        " з зі і із її його й коли ми на не ні по при про та так також те тільки ти у це ця цей"
        " що щоб як який які я",
    },
    Script.ARABIC: {
        "ar": "أن أو إلى إن التي الذي الى بعد بين ثم حتى ذلك على عن عند غير في قد كان كل كما لا لم"
        " لن ما مع من هذا هذه هل هو هي و يكون",
        "fa": "آن آنها از است اما او این با باید بر برای به تا خود در را شد شده کرد کند که ما می"
        " نیز هر هم همه و ها های یا یک",
        "ur": "اس ان اور ایک بھی پر تو تھا تھی جو سے کا کر کو کہ کی کے لیے میں نہیں نے وہ ہم ہو ہے"
        " ہیں یہ",
    },
    Script.DEVANAGARI: {
        "hi": "और एक कर का कि की के को क्या था थी थे दो नहीं ने पर बहुत भी मैं में यह या वह से हम"
        " हुए है हैं हो होता",
        "mr": "आणि आहे आहेत एक करून का काही की च च्या ते तो त्या नाही पण मी या व हा ही हे होते",
        "ne": "एक गर्न छ छन् तर थियो पनि भएको भन्ने म मा यो र लागि ले वा हुन्छ हो",
    },
}
"""The most frequent small words; some languages are there only to tell them from others."""

_OWN_LETTERS: Final[Mapping[str, str]] = {
    "cs": "áčďéěíňóřšťúůýž", "da": "æøåé", "de": "äöüß", "es": "áéíóúñü", "fi": "äöå",
    "fr": "àâæçéèêëîïôœùûü", "hu": "áéíóöőúüű", "it": "àèéìòù", "nl": "éèëïó", "no": "æøåé",
    "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõú", "ro": "ăâîșşțţ", "sv": "åäöé", "tr": "çğıöşüâ",
    "vi": "ăâđêôơưáàảãạéèẻẽẹíìỉĩịóòỏõọúùủũụýỳỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự",
    "uk": "іїєґ", "ru": "ыэёъ", "bg": "ъ", "fa": "پچژگکی", "ur": "ٹڈڑےںہھ", "ar": "أإىةيك",
}  # fmt: skip
"""Letters that not every language of a script has."""

_LETTER_WEIGHT: Final = 0.4
"""What a word with such letters says for a language, compared with a small word of its own."""

_WORD: Final = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963])+")
_NO_PROSE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+", re.DOTALL)


@record(frozen=True, slots=True)
class LanguageGuess:
    """A text's language by its code, None where it cannot be told; `is_short`: for too few words."""

    language: str | None
    is_short: bool = False


def language_of(text: str) -> LanguageGuess:
    """Return which language a text is in; code and addresses in it do not count."""
    prose = normalize("NFC", _NO_PROSE.sub(" ", text[:MOST_CHARACTERS]))
    letters = {script: len(sign.findall(prose)) for script, sign in _LETTERS.items()}
    east = letters[Script.HAN] + letters[Script.KANA]
    total = sum(letters.values())
    if total < LEAST_LETTERS:
        return LanguageGuess(None, is_short=True)
    if east >= MAIN_SCRIPT * total:
        # Japanese has kana in every sentence, Chinese none.
        return LanguageGuess("ja" if letters[Script.KANA] > east * 0.1 else "zh")
    script = max(letters, key=letters.__getitem__)
    if letters[script] < MAIN_SCRIPT * total:
        return LanguageGuess(None)
    if script in _OF_ONE_SCRIPT:
        return LanguageGuess(_OF_ONE_SCRIPT[script])
    return _by_small_words(prose.lower(), script)


def _by_small_words(prose: str, script: Script) -> LanguageGuess:
    words = _WORD.findall(prose)
    if len(words) < LEAST_WORDS:
        return LanguageGuess(None, is_short=True)
    scores: defaultdict[str, float] = defaultdict(float)
    for word, count in Counter(words).items():
        languages = _LANGUAGES_OF_WORD[script].get(word, ())
        for language in languages:
            scores[language] += count / len(languages)
        own = _OWN_OF_SCRIPT[script] & set(word)
        fitting = [
            language for language in _LETTERS_OF[script] if own <= _LETTERS_OF[script][language]
        ]
        for language in fitting if own else ():
            scores[language] += _LETTER_WEIGHT * count / len(fitting)
    (best, score), (_, next_score) = _two_best(scores)
    is_clear = score >= LEAST_SHARE * len(words) and score >= LEAST_LEAD * next_score
    return LanguageGuess(best if is_clear and best in LANGUAGES else None)


def _two_best(scores: Mapping[str, float]) -> tuple[tuple[str, float], tuple[str, float]]:
    ordered = sorted(scores.items(), key=lambda item: item[1], reverse=True)
    best, following, *_ = (*ordered, ("", 0.0), ("", 0.0))
    return best, following


def _by_word(languages: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for language, words in languages.items():
        for word in set(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found


_LANGUAGES_OF_WORD: Final = {
    script: _by_word(languages) for script, languages in _SMALL_WORDS.items()
}
_LETTERS_OF: Final = {
    script: {language: set(_OWN_LETTERS.get(language, "")) for language in languages}
    for script, languages in _SMALL_WORDS.items()
}
_OWN_OF_SCRIPT: Final = {
    script: set().union(*languages.values()) for script, languages in _LETTERS_OF.items()
}
