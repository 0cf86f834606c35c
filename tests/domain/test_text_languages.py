"""Languages are told from texts that are long enough, and nothing is told from others."""

# ruff: noqa: RUF001  # words of other scripts

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novita_desktop.domain.text_languages import LANGUAGES, LanguageGuess, language_of

SAMPLES = {
    "en": "The customer likes the sound of this headset, but the left hinge broke after three weeks.",
    "de": "Der Kunde mag den Klang des Kopfhörers, aber das linke Scharnier ist nach drei Wochen gebrochen.",
    "fr": "Le client aime le son de ce casque, mais la charnière gauche s'est cassée après trois semaines.",
    "es": "Al cliente le gusta el sonido de los auriculares, pero la bisagra izquierda se rompió después de tres semanas.",
    "it": "Al cliente piace il suono delle cuffie, ma la cerniera sinistra si è rotta dopo tre settimane.",
    "pt": "O cliente gosta do som dos fones, mas a dobradiça esquerda quebrou depois de três semanas.",
    "nl": "De klant houdt van het geluid van de koptelefoon, maar het linker scharnier is na drie weken gebroken.",
    "sv": "Kunden gillar ljudet i hörlurarna, men det vänstra gångjärnet gick sönder efter tre veckor.",
    "da": "Kunden kan godt lide lyden i hovedtelefonerne, men det venstre hængsel gik i stykker efter tre uger, og han har ikke fået noget svar.",
    "no": "Kunden liker lyden i hodetelefonene, men det venstre hengselet gikk i stykker etter tre uker, og han har ikke fått noe svar fra oss.",
    "pl": "Klient lubi dźwięk tych słuchawek, ale lewy zawias pękł po trzech tygodniach i nie było odpowiedzi.",
    "cs": "Zákazník má rád zvuk těchto sluchátek, ale levý pant se po třech týdnech zlomil a nikdo mu na to neodpověděl.",
    "tr": "Müşteri bu kulaklığın sesini seviyor ama sol menteşe üç hafta sonra kırıldı ve bir cevap yok.",
    "fi": "Asiakas pitää näiden kuulokkeiden äänestä, mutta vasen sarana hajosi kolmen viikon jälkeen eikä hän ole saanut vastausta.",
    "hu": "A vásárlónak tetszik a fejhallgató hangja, de a bal zsanér három hét után eltört, és nem kapott választ.",
    "ro": "Clientului îi place sunetul căștilor, dar balamaua stângă s-a rupt după trei săptămâni și nu a primit un răspuns.",
    "id": "Pelanggan menyukai suara headset ini, tetapi engsel kiri patah setelah tiga minggu dan tidak ada jawaban.",
    "vi": "Khách hàng thích âm thanh của tai nghe này, nhưng bản lề bên trái đã bị gãy sau ba tuần và không có câu trả lời.",
    "ru": "Клиенту нравится звук этих наушников, но левая петля сломалась через три недели, и он не получил ответа.",
    "uk": "Клієнту подобається звук цих навушників, але ліва петля зламалася через три тижні, і він не отримав відповіді.",
    "bg": "Клиентът харесва звука на тези слушалки, но лявата панта се счупи след три седмици и той не получи отговор.",
    "el": "Στον πελάτη αρέσει ο ήχος των ακουστικών, αλλά ο αριστερός μεντεσές έσπασε.",
    "he": "הלקוח אוהב את הצליל של האוזניות אבל הציר השמאלי נשבר אחרי שלושה שבועות",
    "ar": "يحب العميل صوت هذه السماعة لكن المفصل الأيسر انكسر بعد ثلاثة أسابيع ولم يحصل على رد من الدعم في هذا الوقت",
    "fa": "مشتری صدای این هدفون را دوست دارد اما لولای سمت چپ آن بعد از سه هفته شکست و او پاسخی از پشتیبانی نگرفت",
    "hi": "ग्राहक को इस हेडसेट की आवाज़ पसंद है, लेकिन बायाँ कब्ज़ा तीन हफ़्ते के बाद टूट गया।",
    "zh": "客户喜欢这款耳机的声音,但左侧铰链三周后断了。",
    "ja": "お客様はこのヘッドセットの音が好きですが、左のヒンジが三週間後に壊れました。",
    "ko": "고객은 이 헤드셋의 소리를 좋아하지만 왼쪽 힌지가 3주 후에 부러졌습니다.",
    "th": "ลูกค้าชอบเสียงของหูฟังนี้ แต่บานพับด้านซ้ายหักหลังจากสามสัปดาห์",
}


def test_each_language_has_a_sample() -> None:
    assert set(SAMPLES) == set(LANGUAGES)


@pytest.mark.parametrize("code", SAMPLES)
def test_a_language_is_told_from_one_sentence(code) -> None:
    assert language_of(SAMPLES[code]) == LanguageGuess(code)


@pytest.mark.parametrize("text", ["", "OK", "42", "Guten Tag", "Yes, sure.", "```\nif a: b\n```"])
def test_too_short_a_text_tells_nothing(text) -> None:
    assert language_of(text) == LanguageGuess(None, is_short=True)


def test_names_and_two_languages_at_once_tell_nothing() -> None:
    assert language_of("Anna Berlin Rome Paris Oslo Ben Cem Dana").language is None
    mixed = f"{SAMPLES['en']} {SAMPLES['ru']} {SAMPLES['th']}"
    assert language_of(mixed).language is None


def test_code_and_addresses_do_not_count() -> None:
    code = "```python\nfor the_name in it: print('and this is the one that we have')\n```"
    assert language_of(f"{SAMPLES['de']}\n{code}\nhttps://the.is/of/and").language == "de"


def test_a_language_that_is_not_listed_is_not_taken_for_one_that_is() -> None:
    # Marathi, in the script of Hindi.
    assert language_of("ही एक चांगली गोष्ट आहे आणि ती मला खूप आवडते पण तो नाही").language != "hi"


@given(st.text(max_size=300))
def test_any_text_is_answered(text) -> None:
    guess = language_of(text)
    assert guess.language is None or guess.language in LANGUAGES
    assert not (guess.is_short and guess.language)
