// Writes model/base/unicode_tables.hpp from the Unicode data of the Node.js that runs this:
//   node model/base/make_unicode_tables.mjs > model/base/unicode_tables.hpp
const points = [];
for (let c = 0; c < 0x110000; ++c) if (c < 0xd800 || c > 0xdfff) points.push(c);
const hex = (n) => '0x' + n.toString(16);
const escaped = (text) =>
  [...text].map((ch) => {
    const c = ch.codePointAt(0);
    if (ch === '"' || ch === '\\') return '\\' + ch;
    if (c >= 0x20 && c < 0x7f) return ch;
    return c < 0x10000 ? '\\u' + c.toString(16).padStart(4, '0') : '\\U' + c.toString(16).padStart(8, '0');
  }).join('');
const wrap = (items) => {
  const lines = [];
  let line = '   ';
  for (const item of items) {
    if (line.length + item.length > 96) { lines.push(line); line = '   '; }
    line += ' ' + item;
  }
  return [...lines, line].join('\n');
};

const lower = [];
for (const c of points) {
  const text = [...String.fromCodePoint(c).toLowerCase()];
  if (text.length !== 1 || text[0].codePointAt(0) === c) continue;
  const delta = text[0].codePointAt(0) - c;
  const last = lower.at(-1);
  if (last && last.delta === delta && last.first === last.last && c - last.last <= 2) {
    last.step = c - last.last;
    last.last = c;
  } else if (last && last.delta === delta && last.first !== last.last && c - last.last === last.step) {
    last.last = c;
  } else {
    lower.push({ first: c, last: c, step: 1, delta });
  }
}

const ranges = (pattern) => {
  const found = [];
  for (const c of points) {
    if (!pattern.test(String.fromCodePoint(c))) continue;
    if (found.length && found.at(-1)[1] === c - 1) found.at(-1)[1] = c;
    else found.push([c, c]);
  }
  return wrap(found.map(([a, b]) => `{${hex(a)},${hex(b)}},`));
};

const runs = [];
const expansions = [];
for (const c of points) {
  const folded = String.fromCodePoint(c).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (c < 0x80 || !/[\x00-\x7f]/.test(folded)) continue;
  if (folded.length > 1) { expansions.push([c, folded]); continue; }
  const last = runs.at(-1);
  if (last && last.first + last.text.length === c) last.text += folded;
  else runs.push({ first: c, text: folded });
}

console.log(`// Unicode ${process.versions.unicode} as far as the protocol needs it. Made by make_unicode_tables.mjs: do not edit.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace model::js::tables {

// clang-format off

/// Code points first, first + step, ... last become themselves + delta in lower case.
struct LowerRange { std::uint32_t first, last, step; std::int32_t delta; };
inline constexpr auto kLowerRanges = std::to_array<LowerRange>({
${wrap(lower.map((r) => `{${hex(r.first)},${hex(r.last)},${r.step},${r.delta}},`))}
});

struct Range { std::uint32_t first, last; };

/// General category M: combining marks.
inline constexpr auto kMarks = std::to_array<Range>({
${ranges(/\p{M}/u)}
});

/// Characters that have an upper, lower or title case: what a final sigma ends.
inline constexpr auto kCased = std::to_array<Range>({
${ranges(/\p{Cased}/u)}
});

/// Characters that a final sigma looks past.
inline constexpr auto kCaseIgnorable = std::to_array<Range>({
${ranges(/\p{Case_Ignorable}/u)}
});

/// Consecutive code points from \`first\` on that become one ASCII character each by NFKD, without
/// marks, in lower case.
struct AsciiRun { std::uint32_t first; std::string_view folded; };
inline constexpr auto kAsciiRuns = std::to_array<AsciiRun>({
${wrap(runs.map((r) => `{${hex(r.first)},"${escaped(r.text)}"},`))}
});

/// Those that become several characters, some of them ASCII.
struct Expansion { std::uint32_t point; std::string_view folded; };
inline constexpr auto kExpansions = std::to_array<Expansion>({
${wrap(expansions.map(([c, text]) => `{${hex(c)},"${escaped(text)}"},`))}
});

// clang-format on

}  // namespace model::js::tables`);
