/* Counts a Danish text as peer_support/recruitment/readability.py does, with the lists it is given. No page is touched. */
(function (root) {
  "use strict";

  const FEWEST_WORDS = 10;
  const LONG_WORD = 6;
  const HEAVY_SENTENCE_WORDS = 12;
  const HEAVY_SENTENCE_LIX = 55;
  const BANDS = [[25, "very_easy"], [35, "easy"], [45, "middling"], [55, "hard"]];
  const WORD = /[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu;
  const END = /[!?:…]+(?=\s|$)|\.+(?=["'”»)]*\s+[^\sa-zæøå0-9]|["'”»)]*\s*$)|\n+/u;

  const isLong = (word) => [...word.replace(/[-'’]/g, "")].length > LONG_WORD;

  function bandOf(lix) {
    const band = BANDS.find(([limit]) => lix < limit);
    return band ? band[1] : "very_hard";
  }

  function measure(text) {
    let words = 0, sentences = 0, longWords = 0;
    for (const sentence of text.split(END)) {
      const found = sentence.match(WORD) || [];
      if (!found.length) continue;
      sentences += 1;
      words += found.length;
      longWords += found.filter(isLong).length;
    }
    if (words < FEWEST_WORDS) return { words, sentences, long_words: longWords, lix: null, band: "short" };
    const lix = Math.floor(words / sentences + 100 * longWords / words + 0.5);
    return { words, sentences, long_words: longWords, lix, band: bandOf(lix) };
  }

  const phrases = new Map();
  function phrase(pattern) {
    if (!phrases.has(pattern)) {
      const body = pattern
        .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
        .replace(/\*/g, "[\\p{L}\\p{N}]*")
        .replace(/ /g, "\\s+");
      phrases.set(pattern, new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, "giu"));
    }
    return phrases.get(pattern);
  }

  function isPassive(word, before, rules) {
    if (rules.passives.includes(word)) return true;
    if (!word.endsWith("es") || word.length < 5 || rules.notPassive.includes(word) || !before.length) return false;
    const last = before[before.length - 1];
    return rules.modals.includes(last) || (last === "ikke" && rules.modals.includes(before[0]));
  }

  function isParticiple(word, rules) {
    if (rules.participles.includes(word)) return true;
    return word.endsWith("et") && word.length > 4 && !rules.notParticiple.includes(word);
  }

  const BLIVE = ["blive", "bliver", "blev", "blevet"];
  function passives(text, rules) {
    const spots = [...text.matchAll(WORD)];
    const found = [];
    spots.forEach((spot, place) => {
      const word = spot[0].toLowerCase();
      const before = spots.slice(Math.max(place - 2, 0), place).map((match) => match[0].toLowerCase());
      if (isPassive(word, before, rules) || (isParticiple(word, rules) && before.some((w) => BLIVE.includes(w)))) {
        found.push({ kind: "passive", found: spot[0], instead: "", start: spot.index });
      }
    });
    return found;
  }

  function heavySentences(text) {
    const found = [];
    let start = 0;
    for (const end of [...text.matchAll(new RegExp(END, "gu")), null]) {
      const sentence = text.slice(start, end ? end.index : text.length);
      const words = [...sentence.matchAll(WORD)];
      const longWords = words.filter((word) => isLong(word[0])).length;
      if (words.length >= HEAVY_SENTENCE_WORDS && words.length + 100 * longWords / words.length >= HEAVY_SENTENCE_LIX) {
        const opening = sentence.slice(words[0].index, words[3].index + words[3][0].length);
        found.push({ kind: "sentence", found: `${opening} …`, instead: "", start: start + words[0].index });
      }
      if (end) start = end.index + end[0].length;
    }
    return found;
  }

  function hints(text, rules) {
    const found = [];
    for (const [kind, pairs] of [["authority", rules.authority], ["distance", rules.thirdPerson]]) {
      for (const [pattern, instead] of pairs) {
        for (const match of text.matchAll(phrase(pattern))) {
          found.push({ kind, found: match[0], instead, start: match.index });
        }
      }
    }
    found.push(...passives(text, rules));
    found.sort((a, b) => a.start - b.start || b.found.length - a.found.length || (a.kind < b.kind ? -1 : 1));
    const kept = [];
    for (const hint of found) {
      const last = kept[kept.length - 1];
      if (!last || hint.start >= last.start + last.found.length) kept.push(hint);
    }
    const isWord = (hint) => (hint.kind === "sentence" ? 0 : 1);
    return [...heavySentences(text), ...kept].sort((a, b) => a.start - b.start || isWord(a) - isWord(b));
  }

  root.peerReadability = { measure, hints, bandOf };
})(globalThis);
