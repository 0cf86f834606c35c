"""Finds in a prompt what an answer can take up: its topic, key words, sentences and options."""

import re
from collections.abc import Sequence
from typing import Final

STOP_WORDS: Final = frozenset({
    "a", "about", "above", "all", "also", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "give",
    "had", "has", "have", "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it",
    "its", "just", "like", "make", "me", "more", "most", "my", "no", "not", "of", "on", "one",
    "only", "or", "our", "out", "please", "she", "should", "so", "some", "such", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "too",
    "two", "three", "four", "five", "six", "ten", "up", "us", "very", "was", "we", "were",
    "what", "when", "where", "which", "who", "why", "will", "with", "would", "write", "you",
    "your", "summarise", "summarize", "summary", "translate", "explain", "list", "headline",
    "headlines", "reply", "answer", "email", "table", "json", "code", "short", "words",
    "sentence", "sentences", "paragraph", "paragraphs", "following", "text", "hello",
    "function", "fewer", "each", "one-sentence",
})  # fmt: skip

_WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*")
_SENTENCE: Final = re.compile(r"[^.!?\u3002\uff01\uff1f\n]+[.!?\u3002\uff01\uff1f]*")
_OPTIONS: Final = re.compile(
    r"((?:[\w-]+,\s*)+[\w-]+,?\s+or\s+[\w-]+|[\w-]+\s+or\s+[\w-]+)", re.IGNORECASE
)
_COMMAND: Final = re.compile(
    r"^(?:(?:please|can you|could you|hello|hi)[,]?\s+)*"
    r"(?:(?:explain|describe|summari[sz]e|translate|write|list|give me|give|tell me|show|create|"
    r"make|draft|reply to|answer)\s+)?(?:about\s+|me\s+)?",
    re.IGNORECASE,
)
TOPIC_CHARACTERS: Final = 60
_NUMBER_WORDS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
}  # fmt: skip
MOST_ITEMS: Final = 20


def key_words(text: str, most: int = 8) -> list[str]:
    """Return the first different words of `text` that carry meaning, at most `most`."""
    found: dict[str, str] = {}
    for word in _WORD.findall(text[:4000]):
        small = word.lower()
        if len(small) > 2 and small not in STOP_WORDS:
            found.setdefault(small, word)
            if len(found) == most:
                break
    return list(found.values())


def subject_of(prompt: str) -> str:
    """Return the text a task is about: what follows its first colon or line end, or all of it."""
    for mark in ("\n\n", ":\n", ": ", "\n"):
        _, found, rest = prompt.partition(mark)
        if found and len(rest.strip()) > 12:
            return rest.strip()
    return prompt.strip()


def topic_of(prompt: str) -> str:
    """Return a few words that name what the prompt is about, without the command it starts with."""
    sentences = sentences_of(subject_of(prompt), 1) or sentences_of(prompt, 1)
    phrase = sentences[0].rstrip(".!?\u3002\uff01\uff1f \"'") if sentences else ""
    phrase = _COMMAND.sub("", phrase).strip(" \"'")
    if len(phrase) > TOPIC_CHARACTERS:
        phrase = phrase[:TOPIC_CHARACTERS].rpartition(" ")[0] or phrase[:TOPIC_CHARACTERS]
    return phrase or "your message"


def sentences_of(text: str, most: int = 40) -> list[str]:
    """Return the first sentences of `text`, without blanks around them."""
    return [found.strip() for found in _SENTENCE.findall(text[:20_000]) if found.strip()][:most]


def options_of(prompt: str) -> list[str]:
    """Return the choices a prompt offers, as in "positive, negative or neutral"."""
    found = _OPTIONS.search(prompt)
    return re.split(r",?\s+or\s+|,\s*", found.group(0)) if found else []


def count_in(prompt: str, default: int) -> int:
    """Return how many things the prompt asks for, from 1 to 20."""
    for word in re.findall(r"\b\d{1,2}\b|\b[a-z]+\b", prompt.lower()[:2000]):
        number = int(word) if word.isdecimal() else _NUMBER_WORDS.get(word, 0)
        if 1 <= number <= MOST_ITEMS:
            return number
    return default


def cycle_word(words: Sequence[str], index: int, default: str = "idea") -> str:
    """Return the word at `index`, starting over at the end; `default` without any words."""
    return words[index % len(words)] if words else default
