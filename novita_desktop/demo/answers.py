"""Composes the demo's sample answers: Markdown that suits the task and uses the prompt's words.

They are placeholders for what a model would write, and each one says so.
"""

import random
import re
from collections.abc import Callable
from typing import Final

from novita_desktop.demo.prompt_words import (
    count_in,
    cycle_word,
    key_words,
    options_of,
    sentences_of,
    subject_of,
    topic_of,
)
from novita_desktop.demo.tokens import split_tokens

Writer = Callable[[str, random.Random], str]


def sample_note(model_name: str) -> str:
    """Return the sentence that marks every sample answer."""
    return f"Sample answer from the demo, not written by {model_name}."


def answer_body(prompt: str, instructions: str, chance: random.Random) -> str:
    """Return a sample answer in Markdown, without its mark.

    The task is recognised in the prompt first and in the system prompt second.
    """
    for text in (prompt, instructions):
        for pattern, writer in _TASKS:
            if pattern.search(text[:2000]):
                return writer(prompt, chance)
    return _general(prompt, chance)


def json_answer(prompt: str, note: str, chance: random.Random) -> dict[str, object]:
    """Return a sample answer for a request of any JSON."""
    words = key_words(subject_of(prompt), 5) or ["sample"]
    items = [{"name": word, "score": chance.randint(1, 100)} for word in words]
    return {"note": note, "topic": topic_of(prompt), "items": items, "complete": True}


def reasoning_text(prompt: str, chance: random.Random, tokens: int) -> str:
    """Return thoughts about the prompt of at least `tokens` tokens."""
    words = key_words(prompt, 12) or ["this"]
    thoughts = [f"The person asks about {topic_of(prompt)}."]
    have = len(split_tokens(thoughts[0]))
    while have < tokens:
        word = words[len(thoughts) % len(words)]
        thought = chance.choice(_THOUGHTS).format(word=word)
        thoughts.append(thought)
        have += len(split_tokens(thought))
    return " ".join(thoughts)


_THOUGHTS: Final = (
    "First I look at what {word} means here.",
    "A short answer about {word} is probably enough.",
    "I should check whether {word} needs an example.",
    "Perhaps {word} is the part that matters most.",
    "It helps to name {word} early and plainly.",
    "I will leave out what does not concern {word}.",
)


def _summary(prompt: str, chance: random.Random) -> str:
    subject = subject_of(prompt)
    sentences = sentences_of(subject)
    chosen = sentences[:1] + chance.sample(sentences[1:], min(2, len(sentences[1:])))
    words = ", ".join(f"**{word}**" for word in key_words(subject, 4)) or "one point"
    points = "\n".join(f"- {_shortened(sentence)}" for sentence in chosen)
    return f"**In short:** the text is about {words}.\n\n{points}"


def _translation(prompt: str, chance: random.Random) -> str:
    found = re.search(r"\b(?:in)?to ([A-Z][a-z]+)", prompt)
    language = found.group(1) if found else "the other language"
    subject = subject_of(prompt)
    lines = "\n".join(f"> {line}" for line in subject.splitlines()[:12])
    opening = chance.choice(("Here is the place", "This is the place"))
    return f"{opening} for the {language} version. The text to translate is:\n\n{lines}"


def _list(prompt: str, chance: random.Random) -> str:
    words = key_words(subject_of(prompt), 10)
    patterns = list(_LIST_LINES)
    chance.shuffle(patterns)
    lines = []
    for index in range(count_in(prompt, 5)):
        pattern = patterns[index % len(patterns)]
        first = cycle_word(words, index)
        second = cycle_word(words[index + 1 :], 0, chance.choice(_COMPANIONS))
        lines.append(f"{index + 1}. {pattern.format(first=first.capitalize(), second=second)}")
    return "\n".join(lines)


_COMPANIONS: Final = ("everyday life", "a rainy day", "the long run", "small teams", "the evening")

_LIST_LINES: Final = (
    "{first}: what it changes for {second}",
    "Why {first} matters more than it seems",
    "{first} and {second}, side by side",
    "A fresh look at {first}",
    "{first} in practice: the first step towards {second}",
    "The quiet strength of {first}",
)


def _email(prompt: str, chance: random.Random) -> str:
    topic = topic_of(prompt)
    thanks = chance.choice(("Thank you for your message", "Thank you for getting in touch"))
    words = key_words(subject_of(prompt), 6)
    return (
        f"**Subject:** {_opened(topic)}\n\nHello,\n\n{thanks} about “{topic}”. "
        f"We have looked into {cycle_word(words, 0, 'it')} and will take care of "
        f"{cycle_word(words, 1, 'the rest')} next.\n\n"
        "If anything is still open, please reply to this message and we will help.\n\n"
        "Kind regards\nThe team"
    )


def _explanation(prompt: str, chance: random.Random) -> str:
    words = key_words(prompt, 6)
    first = cycle_word(words, 0, "it")
    picture = chance.choice(("a library", "a kitchen", "a post office", "a garden"))
    steps = "\n".join(
        f"{number}. **{cycle_word(words, number - 1, 'step').capitalize()}** leads to "
        f"{cycle_word(words, number, 'the next step')}."
        for number in range(1, 4)
    )
    return (
        f"## {_opened(topic_of(prompt))}\n\nThink of {first} as {picture}: everything has its "
        f"place, and someone knows where it is.\n\n{steps}\n\n"
        f"So the main idea of {first} is order that lasts."
    )


def _code(prompt: str, chance: random.Random) -> str:
    words = [re.sub(r"\W", "_", word).lower() for word in key_words(prompt, 3)]
    name = "_".join(words) or "sample"
    limit = chance.randint(3, 12)
    return (
        f"This function is a starting point for {topic_of(prompt)}:\n\n```python\n"
        f'def {name}(items):\n    """Return the first items in order."""\n'
        f"    return sorted(items)[:{limit}]\n\n\n"
        f'print({name}(["b", "a"]))\n```\n\n'
        f"It keeps at most `{limit}` items; change that number to suit your case."
    )


def _table(prompt: str, chance: random.Random) -> str:
    words = key_words(subject_of(prompt), 8)
    rows = "\n".join(
        f"| {cycle_word(words, index).capitalize()} | {chance.randint(1, 99)} | "
        f"{chance.choice(('low', 'medium', 'high'))} |"
        for index in range(count_in(prompt, 4))
    )
    return f"| Name | Amount | Level |\n| --- | ---: | --- |\n{rows}"


def _choice(prompt: str, chance: random.Random) -> str:
    return chance.choice(options_of(prompt) or ["neutral"])


def _json_block(prompt: str, chance: random.Random) -> str:
    names = [re.sub(r"\W", "_", word).lower() for word in key_words(subject_of(prompt), 4)]
    lines = ",\n".join(f'  "{name}": {chance.randint(1, 100)}' for name in names or ["sample"])
    return f"```json\n{{\n{lines}\n}}\n```"


def _general(prompt: str, chance: random.Random) -> str:
    words = key_words(subject_of(prompt), 6)
    topic = f"“{topic_of(prompt)}”"
    opening = chance.choice(_OPENINGS).format(topic=topic)
    points = "\n".join(f"- **{word.capitalize()}**: {chance.choice(_POINTS)}" for word in words[:4])
    closing = chance.choice(_CLOSINGS).format(topic=topic)
    return "\n\n".join(part for part in (opening, points, closing) if part)


_OPENINGS: Final = (
    "Here is a short answer about {topic}.",
    "About {topic}, these points stand out.",
    "There are a few useful things to say about {topic}.",
)
_POINTS: Final = (
    "start small and check the result.",
    "this is where most of the effort goes.",
    "compare two ways before you decide.",
    "write down what you already know.",
    "ask who will use it, and when.",
)
_CLOSINGS: Final = (
    "Together they give a first picture of {topic}.",
    "With these in mind, the next step for {topic} is easier to see.",
    "Try it with one example first.",
)


def _opened(text: str) -> str:
    """Return `text` with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= 160 else sentence[:157].rsplit(" ", 1)[0] + " …"


def _task(pattern: str, writer: Writer) -> tuple[re.Pattern[str], Writer]:
    return re.compile(pattern, re.IGNORECASE), writer


_TASKS: Final = (
    _task(r"\b(classify|sentiment|choose|decide|categori[sz]e|which category)\b", _choice),
    _task(r"\b(translat\w*|übersetz\w*|tradui\w*|traduc\w*)\b", _translation),
    _task(r"\b(summar\w*|shorten|tl;?dr|in short|key points?)\b", _summary),
    _task(r"\bjson\b", _json_block),
    _task(r"\btables?\b", _table),
    _task(r"\b(code|function|script|program|python|javascript|sql|regex)\b", _code),
    _task(r"\b(e-?mails?|reply|letter|respond|answer (this|the) (customer|message))\b", _email),
    _task(r"\b(list|headlines?|titles?|ideas|names|slogans?|bullet|examples)\b", _list),
    _task(r"\b(explain|what is|what are|how does|how do|why)\b", _explanation),
)
