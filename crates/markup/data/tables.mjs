// Writes the two tables the crate carries: `tlds.txt` and `../src/letters.rs`.
//
//   npm install tlds@1.261.0 tldts@6.1.86 && node tables.mjs
//
// A label is kept when the public suffix list that `tldts` carries knows it: that is what decides whether a bare host name becomes a link.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';

const require = createRequire(join(process.cwd(), 'tables.mjs'));
const { parse } = require('tldts');
const here = import.meta.dirname;

const known = (label) => {
	const { isIcann, isPrivate } = parse(`x.${label}`, { allowPrivateDomains: true });
	return isIcann || isPrivate;
};
const labels = require('tlds').flatMap((label) => [label, domainToASCII(label)]);
const bytewise = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const tlds = [...new Set([...labels, 'onion'])].filter(known).sort(bytewise);
writeFileSync(join(here, 'tlds.txt'), `${tlds.join('\n')}\n`);

const ranges = (pattern) => {
	const found = [];
	for (let unit = 0x80; unit < 0x10000; unit++) {
		if (!pattern.test(String.fromCharCode(unit))) continue;
		const last = found.at(-1);
		if (last?.[1] === unit - 1) last[1] = unit;
		else found.push([unit, unit]);
	}
	return found;
};
const hex = (unit) => `0x${unit.toString(16).toUpperCase().padStart(4, '0')}`;
const table = (name, about, rows) => {
	const cells = rows.map(([from, to]) => `(${hex(from)}, ${hex(to)}),`);
	const lines = [];
	for (let at = 0; at < cells.length; at += 6) lines.push(`    ${cells.slice(at, at + 6).join(' ')}`);
	return `/// ${about}\n#[rustfmt::skip]\npub(crate) static ${name}: &[(u16, u16)] = &[\n${lines.join('\n')}\n];\n`;
};
const source = `//! Ranges of characters beyond ASCII, inclusive and ascending; written by \`data/tables.mjs\`.

${table('LETTERS', 'Letters and decimal digits: what a user or channel may be called.', ranges(/[\p{L}\p{Nd}]/u))}
${table('MARKS', 'Combining marks: with letters, what the name part of a mail address may hold.', ranges(/\p{M}/u))}`;
writeFileSync(join(here, '../src/letters.rs'), source);
