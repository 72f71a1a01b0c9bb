// What JavaScript itself says: lines of JSON [what, input, answer], from a fixed seed.
let state = 12345;
const below = (n) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return (state >>> 8) % n;
};
const pick = (list) => list[below(list.length)];
const tell = (what, input, answer) => console.log(JSON.stringify([what, input, answer]));

const number = () => {
  let text = below(2) ? '-' : '';
  text += below(3) ? String(below(1000)) : '0';
  if (below(2)) text += '.' + String(below(1e6)).padStart(below(12), '0');
  if (below(2)) text += pick(['e', 'E']) + pick(['', '+', '-']) + below(below(5) ? 30 : 500);
  return text;
};
const pieces = ['a', 'é', '😀', '\\n', '\\ud83d', '\\ude00', '\\uD83D\\uDE00', '\\u0000', '\\u0041',
  '\\/', '\u2028', '\x7f', '\\b', '0', '1', '\\ufeff'];
const string = () => {
  let text = '"';
  for (let n = below(6); n > 0; --n) text += pick(pieces);
  return text + '"';
};
const name = () => below(3) ? string()
  : `"${pick(['0', '1', '10', '01', '4294967294', '4294967295', '-1', '__proto__', 'a', '2'])}"`;
const blank = () => below(5) ? '' : pick([' ', '\n', '\t', '\r']);
const value = (depth) => {
  const list = (open, one, close, n) => open + Array.from({ length: n }, one).join(',') + close;
  const kind = below(depth > 4 ? 5 : 8);
  let text;
  if (kind < 2) text = number();
  else if (kind < 4) text = string();
  else if (kind < 5) text = pick(['true', 'false', 'null']);
  else if (kind < 6) text = list('[', () => value(depth + 1), ']', below(5));
  else text = list('{', () => blank() + name() + blank() + ':' + value(depth + 1), '}', below(below(8) ? 6 : 60));
  return blank() + text + blank();
};
for (let i = 0; i < 3000; ++i) {
  let text = value(0);
  if (below(4) === 0) {
    const at = below(text.length + 1);
    text = text.slice(0, at) + pick(['', 'x', ',', '"', '}', ']', '0', '.', 'e', '\u0001']) + text.slice(at + below(2));
  }
  text = Buffer.from(text).toString();  // a cut pair becomes a replacement, as on the wire
  let answer = null;
  try {
    const parsed = JSON.parse(text);
    answer = [JSON.stringify(parsed), JSON.stringify(parsed, null, 2)];
  } catch {}
  tell('json', text, answer);
}
const view = new DataView(new ArrayBuffer(8));
for (let i = 0; i < 5000; ++i) {
  for (const at of [0, 2, 4, 6]) view.setUint16(at, below(65536));
  const double = view.getFloat64(0);
  if (Number.isFinite(double)) tell('number', double.toExponential(20), String(double));
}
for (let i = 0; i < 500; ++i) {
  const text = pick(['0x', '0X', '0b', '0o', '', '+', '-', ' ']) +
    Array.from({ length: below(30) }, () => pick('0123456789abcdef.e-')).join('');
  tell('toNumber', text, Number.isNaN(Number(text)) ? null : String(Number(text)));
}
const odd = ['a', 'Z', ' ', '\t', '\n', '\u00a0', '\ufeff', '\u0085', '\u200b', '\u2003', 'Σ', 'Ä', '\u0301', "'",
  'İ', 'Ⓐ', 'ﬁ', '😀', 'Ａ', '\uffff', '\ue000', '½'];
for (let i = 0; i < 2000; ++i) {
  const text = Array.from({ length: below(8) }, () => pick(odd)).join('');
  const other = Array.from({ length: below(4) }, () => pick(odd)).join('');
  tell('trim', text, text.trim());
  tell('lower', text, text.toLowerCase());
  tell('less', [text, other], text < other);
  tell('cut', text, Buffer.from(text).subarray(0, 7).toString());
}
for (let c = 0x20; c < 0x20000; ++c) {
  if (c >= 0xd800 && c < 0xe000) continue;
  const one = String.fromCodePoint(c);
  const lowered = one.toLowerCase();
  if (lowered !== one) tell('lower', one, lowered);
  const folded = one.trim().normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (/[\x00-\x7f]/.test(folded)) tell('policy', one, folded);
}
