// Writes `oracle.json`: the texts below with the trees that Rocket.Chat's own parser makes of them.
//
//   npm install @rocket.chat/message-parser@0.31.35 && node oracle.mjs
//
// Trees change from version to version: another one is another reference, so the script insists on this one.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

process.env.TZ = 'UTC'; // Dates without an offset are local time.

const NAME = '@rocket.chat/message-parser';
const VERSION = '0.31.35';

const require = createRequire(join(process.cwd(), 'oracle.mjs'));
const { parse } = require(NAME);
const { version } = JSON.parse(require('node:fs').readFileSync(join(process.cwd(), 'node_modules', NAME, 'package.json'), 'utf8'));
if (version !== VERSION) throw new Error(`${NAME} ${VERSION} is the reference, not ${version}`);

const plain = [
	'a', 'ok', 'Hello everyone', 'Hello, world!', 'What? Really?! Yes.', '  leading', 'trailing  ', 'two  blanks', 'a\tb', ' ', '\t', '. . .',
	"it's", '"quoted"', '50% off', '$5 or 5€', 'a & b', 'x = y + z', '1 + 1 = 2', '3/4', 'a/b', 'C++ and C#', '~5 minutes', 'semi; colon:',
	'(in parentheses)', '[in brackets]', '{in braces}', '<in angles>', 'a < b > c', 'pipe | pipe', 'back\\slash', 'caret ^ caret', '!!!', '???',
	'---', '===', '///', '...', '5*3', '5 * 3', '2*3*4', 'snake_case', 'snake_case_name', '__init__', 'a_b_c_', '_', '*', '~', '`', '|', '@',
	'#', ':', '+', '\\', '- ', '-', '1.', '1', '>', '!', '[', ']', '(', ')', '<', '.', 'v1.2.3', '10:30', '10.5', 'e.g. this', 'i.e., that',
	'etc...', 'x.y', 'end.Start', 'file.txt', 'main.rs', 'foo.bar,baz qux', 'a.b.', 'C:\\dir\\file', '~/bin', 'Ann\'s "idea" (good)',
	'no\u00a0break', 'wide\u3000blank', 'zero\u200bwidth', 'null\u0000byte', 'bell\u0007', 'TODO: all of it', 'a -> b => c <- d', '1,000.50',
];

const emphasis = [
	'*bold*', '**bold**', '_italic_', '__italic__', '~strike~', '~~strike~~', '*bold* text', 'text *bold*', 'a *b* c', '*two words*', '*a* *b*',
	'**a** **b**', '*a*b', 'a*b*', 'a*b*c', '_a_b', 'a_b_', '_a_1', '__a__b', '__a__1', '__a__ b', '_a_ _b_', '~a~b', 'a~b~', '*a', 'a*', '**a',
	'a**', '**a*', '*a**', '***a***', '___a___', '~~~a~~~', '_a', 'a_', '__a_', '_a__', '~a', '~~a~', '~a~~', '* *', '** **', '_ _', '__ __',
	'~ ~', '~~ ~~', '* a*', '*a *', '_ a_', '_a _', '~ a ~', '*\n*', '*a\nb*', '_a\nb_', '~a\nb~', '*_a_*', '_*a*_', '*~a~*', '~*a*~', '_~a~_',
	'~_a_~', '*_~a~_*', '_*~a~*_', '~*_a_*~', '**_a_**', '__**a**__', '~~**a**~~', '*a _b_ c*', '_a *b* c_', '~a *b* _c_ d~', '*a _b* c_',
	'_a *b_ c*', '*a ~b* c~', '*a *b* c*', '_a _b_ c_', '*a*_b_~c~', '*a* _b_ ~c~', '*`a`*', '_`a`_', '~`a`~', '*a `*` b*', '_a `_` b_',
	'*a @ann b*', '_@ann_', '*#gen*', '~@ann~', '*a@b.com*', '*http://a.com*', '_http://a.com_', '~http://a.com~', '*www.a.com*',
	'*[a](http://b.com)*', '_[a](http://b.com)_', '~[a](http://b.com)~', '*a:smile:*', '*:smile:*', '* :smile:*', '_:smile:_', '~:smile:~',
	'*a :smile: b*', '*😀*', '*a😀*', '*a 😀*', '_😀 a_', '~😀~', '*:)*', '_:)_', '~:)~', '*a :) b*', '*a:)*', '*1.5*', '*a.b*', '*a!*', '*(a)*',
	'(*a*)', '"*a*"', "'*a*'", '*a*.', '*a*, *b*!', '_a_.', '_a_, b', '/*a*/', '*a*/', '-*a*-', 'x*a*', '_foo_bar_', '*foo_bar*', '_foo*bar_',
	'*foo_bar_baz*', '~foo_bar~', 'foo_bar *baz*', '*a\tb*', '*é*', '_中文_', '中文*中文*中文', '*a* b *c', '**a* b*', '*a\\* b*', '_a\\_b_',
	'*\u00a0*', '* *a*', '*a* *', '_*_', '*_*', '_~_~', '****', '****a****', '_a_*b*', '_a_~b~c', '*a~b*c~', '_(a)_', '_a)_b', '*a*1', '*a*_b',
	'a * b * c', 'a _ b _ c', 'f(*args, **kwargs)', '__all__ = [x]', 'if __name__ == "__main__":', '_a_,_b_', '_a__b_', '__a_b__', '_a_b_c_',
];

const code = [
	'`a`', '`a b`', 'x `a` y', '`a` `b`', '`a', 'a`', '``', '``a``', '`` a ``', '```a```', '`a\nb`', '`*a*`', '`@ann`', '`http://a.com`', '`:smile:`',
	'`a`b', 'a`b`', 'a`b`c', '(`a`)', '`a`.', '` `', '`  a  `', '`\\`', '`é😀`', '```\na\n```', '```js\na\n```', '```js\na\nb\n```',
	'```\n\na\n```', '```\na\n\nb\n```', '```\n\n```', '```\n```', '```a\n```', '```\na', '```\na\n``', '```\na```', '```a```', '``` \na\n```',
	'```c++\na\n```', '```c sharp\na\n```', '```a-b_c.d\nx\n```', '```\n*a* @b\n```', '```\na `b` c\n```', '```\na ``b`` c\n```', '```\na ``` b\n```',
	'```\n  a\n\tb\n```', 'x\n```\na\n```', '```\na\n```\nx', '```\na\n``` x', '```\na\n```\n```\nb\n```', '```\na\n```\n\nx', '```\r\na\r\n```',
	'```\na\r\nb\n```', ' ```\na\n```', '> ```\na\n```', '- `a`', '```\n`\n```', '```\n``\n```', '```rust\nfn main() {\n    println!("hi");\n}\n```',
];

const links = [
	'http://a.com', 'https://a.com', 'HTTPS://A.COM', 'https://a.com/', 'https://a.com/b/c', 'https://a.com/b?c=d&e=f', 'https://a.com/#b', 'https://a.com.',
	'https://a.com,', 'https://a.com!', 'https://a.com?', 'https://a.com/b.', 'https://a.com/b), c', '(https://a.com)', 'see https://a.com now',
	'https://a.com https://b.org', 'https://a.com\nhttps://b.org', 'a.com', 'www.a.com', 'a.co.uk', 'a.com/b', 'a.com:80', 'a.com:80/b', 'a.com.', 'A.com',
	'a.unknowntld', 'https://a.unknowntld', 'https://a', 'http://', 'http:///', 'http://a.b.c.d.e.org', 'ftp://a.com', 'git+ssh://a.com', 'x://a.com',
	'custom-scheme://a.com', 'http://user@a.com', 'http://user:pass@a.com/b', 'http://a.com:8080', 'http://a.com:99999', 'localhost', 'localhost:3000',
	'http://localhost', 'http://localhost:3000/a', 'localhosts', 'xlocalhost', '1.2.3.4', '1.2.3.4:80', 'http://1.2.3.4', 'http://1.2.3.4/a', '1.2.3', '1.2.3.4.5',
	'999.1.1.1', 'http://999.1.1.1', 'http://[::1]/', 'a_b.com', 'a-b.com', '-a.com', 'a-.com', 'a--b.com', '_a.com', 'é.com', 'münchen.de', '例え.jp',
	'https://例え.jp/あ', 'пример.рф', 'xn--e1afmkfd.xn--p1ai', 'https://a.com/é', 'https://a.com/a_(b)', 'https://a.com/*b*', 'https://a.com/_b_',
	'https://a.com/:smile:', 'https://a.com/@ann', 'https://a.com|b', 'https://a.com<b>', 'https://a.com"', '"https://a.com"', "'https://a.com'",
	'<https://a.com>', '[https://a.com]', 'a:https://a.com', 'a,https://a.com', '!https://a.com', '.https://a.com', '/https://a.com', '-https://a.com',
	'ahttps://a.com', 'é https://a.com', 'éhttps://a.com', '😀https://a.com', ':smile:https://a.com', '*b*https://a.com', '(a.com)', '"a.com"', 'x(a.com)',
	'a.com(b)', 'a.com,b.com', 'a.com b.com', 'foo.bar@a.com', 'mailto:a@b.com', '//a.com', 'http:a.com', 'http:/a.com', 'a.com?b', 'a.com#b', 'a.com;b',
	'https://a.com/%20b', 'https://a.com/\\b', 'https://a.com/{b}', 'https://a.com/b]', 'https://a.com/[b]', 'https://a.com/b~', 'https://a.com/b*',
	'https://a.com/b=', 'https://a.com/b:', "https://a.com/b'", 'https://a.com...', 'https://a.com/...', '@a.com', '#a.com', 'wiki.intranet', 'http://wiki.intranet/a',
	'intranet', 'x.wiki.intranet:80',
	'[a](http://b.com)', '[a b](http://b.com)', '[a](b.com)', '[a](http://b.com/c?d=e#f)', '[](http://b.com)', '[ ](http://b.com)', '[a]( http://b.com)',
	'[a](http://b.com )', '[a](http://b.com', '[a](http://b.com c)', '[a] (http://b.com)', '[a](b)', '[a]()', '[a](/b)', '[a](#b)', '[a](?b)', '[a](x:y)',
	'[a](mailto:b@c.com)', '[a](tel:123)', '[a](+12345)', '[a](+1-2345)', '[a](+(12)345)', '[a](localhost)', '[a](1.2.3.4)', '[a](http://b)', '[a](ftp://b.com)',
	'[*a*](http://b.com)', '[_a_](http://b.com)', '[~a~](http://b.com)', '[*a _b_* ~c~](http://d.com)', '[`a`](http://b.com)', '[@a](http://b.com)',
	'[:smile:](http://b.com)', '[😀](http://b.com)', '[a.com](http://b.com)', '[http://a.com](http://b.com)', '[a](http://b.com)c', 'a[b](http://c.com)',
	'[a](http://b.com)[c](http://d.com)', '[a](http://b.com) [c](http://d.com)', '[a] [b](http://c.com)', '[a][b](http://c.com)', '[[a]](http://b.com)',
	'[a [b] c](http://d.com)', '[[a](http://b.com)](http://c.com)', '[a\nb](http://c.com)', '[a](http://b.com/c_(d))', '[a](http://b.com/(c)/(d))',
	'[a](http://b.com/(c)', '[a](http://b.com/c))', '[a](http://b.com/((c)))', '[a](http://b.com/*c*)', '[a](http://b.com.)', '[a](http://b.com,)', '[a](http://b.com")',
	'[a](http://b.com|c)', '[a](<http://b.com>)', '[a](http://b.com "title")', '[foo_bar](http://b.com)', '[foo_](http://b.com)', '[a*](http://b.com)', '[*a](http://b.com)',
	'*[a](http://b.com)', '[*a](http://b.com)*', '([a](http://b.com))', '> [a](http://b.com)', '- [a](http://b.com)', '[x] [y]', '[1]', '[1](2)', '[a](http://b.com:80/c)',
	'<http://a.com|b>', '<http://a.com|b c>', '<a.com|b>', '<http://a.com>', '<http://a.com|>', '<|b>', '<http://a.com|b', '<http://a.com|*b*>', '<http://a.com|b|c>',
	'<mailto:a@b.com|c>', '<+12345|call>', '<x:y|z>', '<http://a.com/b.|c>', '<http://a.com b|c>', '<http://a.com|é😀>', 'a<http://b.com|c>d', '<http://a.com/(b)|c>',
	'![a](http://b.com/c.png)', '![](http://b.com/c.png)', '![a b](http://b.com)', '![ ](http://b.com)', '![a](b)', '![a](http://b.com', '![*a*](http://b.com)', '! [a](http://b.com)',
	'x![a](http://b.com)', '![a](http://b.com)![b](http://c.com)', '[![a](http://b.com)](http://c.com)', '![a.b-c, d](http://e.com)', '![a](+12345)',
];

const contacts = [
	'a@b.com', 'a.b@c.com', 'a+b@c.com', 'a_b@c.com', 'a-b@c.com', 'a@b', 'a@b.unknowntld', 'a@b.c.org', 'A@B.COM', 'a@b.com.', 'a@b.com, c@d.org', '(a@b.com)', '<a@b.com>',
	'"a@b.com"', 'mail a@b.com now', 'mailto:a@b.com', 'mailto:a', 'mailto:', 'xmailto:a@b.com', 'a@b.com/c', 'a@b.com:80', 'a@b.com?c', 'a@@b.com', '@a@b.com', 'a@b@c.com', 'é@b.com', 'a@é.com',
	'a@localhost', 'a@1.2.3.4', 'a#b@c.com', 'a/b@c.com', 'a.@b.com', '.a@b.com', 'a..b@c.com', '*a@b.com*', '😀@b.com', 'a😀@b.com', '𝒳@b.com', '1@2.com', 'a@b.com@c.com', 'a@b-c.com', 'a@-b.com', 'a@b.com-',
	'a@b_c.com', 'a!@b.com', 'a%b@c.com', 'x a@b.com\ny', 'नम@b.com',
	'+12345', '+1234', '+1 2345', '+1-2345', '+1-234-5678', '+(12)345', '+(12)-345', '+(12)345-678', '+(12) 345', '+()', '+', '+a', '++12345', '12345', '+12345a', 'a+12345', 'a +12345', '(+12345)', '+12345.', '+12345,+67890',
	'+55 11 99999-9999', '+5511999999999', '+1-800-FLOWERS', '*+12345*', '+(1', '+(1)', '+12-', '+123456-7', ':+12345', '+1:',
];

const mentions = [
	'@ann', '@ann hi', 'hi @ann', 'hi @ann!', 'hi @ann.', 'hi @ann, you', '@ann @bob', '@ann,@bob', '@ann@bob', '@ann:server', '@ann@server.org', '@ann: hi', '@ann:', '@ann@', '(@ann)', '"@ann"', "'@ann'", '[@ann]', '<@ann>', '>@ann',
	'@ann-b_c.d', '@Ann9', '@9', '@é', '@नमस्ते', '@中文', '@а', '@ ann', '@', '@@', '@@ann', '@@@ann', 'a@ann', 'a@@ann', 'a @@ann', '.@ann', ':@ann', '/@ann', '*@ann*', '@ann*', '_@ann_', '@ann_', '`@ann`', '@all', '@here', '@all.', '@.', '@-', '@_a_',
	'@ann\n@bob', '@ann\'s', '@ann/@bob', '😀@ann', ':smile:@ann', '@ann😀', '@ann :smile:', '𝒳@ann', 'é@ann', '\u00a0@ann', '@ann#gen', '{@ann}', '~@ann~',
	'#gen', '#gen hi', 'hi #gen', '#gen #dev', '#gen#dev', '#gen,#dev', '(#gen)', '"#gen"', '#a-b_c.d', '#1', '#é', '##gen', '# gen', '#', '##', 'a#b', 'C#', 'C# is', 'a #b', '.#gen', ':#gen', '*#gen*', '#gen*', '#gen@ann', '#gen:x', '#gen!', '#中文', '😀#gen', '𝒳#a',
	'issue #12, #13.', '#-', '#.', '[#gen]', '>#gen',
];

const emoji = [
	':smile:', ':+1:', ':-1:', ':a_b:', ':a-b:', ':a.b:', ':9:', ':unknown_name:', ':smile', 'smile:', '::', ':::', ': smile:', ':smile :', ':é:', ':smile::heart:', ':smile: :heart:', ':a::b::c:', ':a: :b: :c:', ':a: :b: :c: :d:', ':a:b:c:',
	'a :smile:', ':smile: a', 'a:smile:', ':smile:a', 'a :smile: b', '(:smile:)', '" :smile: "', ':smile:.', ':smile:\n:heart:', '\n:smile:\n', ' :smile: ', 'a\n:smile:', ':smile: *a*', '*a*:smile:', ':smile:*a*', ':smile:`a`', '`a`:smile:', ':smile:@ann',
	':smile:http://a.com', '10:30:45', 'a:b:c', 'std::vec::Vec', ':-:', ':+:', '1:2:', 'x :smile:: y', '> :smile:', '- :smile:', '# :smile:', '~:smile:~', '~a :smile: b~', '~a:smile:b~', '||:smile:||',
	'😀', '😀😀', '😀😀😀', '😀😀😀😀', '😀 😀 😀', '😀\n😀', 'a😀', '😀a', 'a 😀', '😀 a', '😀.', '(😀)', '😀:smile:', ':smile:😀', '👍', '👍🏽', '🙏🏽', '🏽', '👨‍👩‍👧', '👩‍❤️‍👨', '🏳️‍🌈', '🏴‍☠️', '🤷', '🤷‍♂️', '🤷🏽‍♀️', '🧑‍🚀', '🫠', '🥰', '🚀', '🛸', '🇧🇷', '🇧', '🇧🇷🇺🇸', '🇧🇷🇺',
	'❤️', '❤', '☺️', '☺', '✔', '✌🏽', '⌚', '⏰', '⭐', '©', '®', '™', '1️⃣', '#️⃣', '→', '↔️', '〰️', '㊙️', '🀄', '🅰️', '🔥🔥🔥 a', 'a🔥🔥', '*a*😀', '`a`😀', '@ann 😀', '😀😀 @ann', '\u200d', '👩\u200d', '👩\u200da', '*👨‍👩‍👧*', '_👍🏽_', '🌞\ufe0f', '🦸🌍', '🦸🌍\u200d🌍', '☃a', 'é😀', 'a_😀',
	':)', ':-)', ':(', ':D', ':P', ';)', ':/', ':\\', ':O', ':o', ':*', ':@', ':$', ':#', ':X', ":'(", ":')", ':]', ':[', '=)', '=D', '=P', '8)', 'B)', 'D:', 'O:)', 'X)', 'X-P', '<3', '</3', '-_-', '-__-', 'O_O', '>:(', '>.<', '(y)', '\\o/', '\\O/', '\\0/', '*)', '*\\0/*', '%)', '#)', '0:3', ':b', ':Þ', ':L', ':-.',
	':) :)', ':):)', ':) :) :)', ':) :) :) :)', ':):):):)', 'a :)', ':) a', 'a:)', ':)a', 'a :) b', 'a (:) b', ':).', ':),', ':)!', '(:)', 'a :)\nb', ':)*a*', ':) *a*', ':)`a`', ':)@ann', ':)#gen', ':)http://a.com', ':):smile:', ':)😀', '😀:)', ':smile::)', ':) :smile:', '<3 you', 'I <3 you', 'I<3you', 'a <3.',
	'http://a.com :)', '8) a', 'option 8)', '1) 2) 8)', 'B) or not', 'AB) x', 'OD: x', 'D: drive', 'x=D', 'x = D', 'a=8)', ':/path', 'a :/ b', 'http:/', 'C:\\', '> :)', '>:)', '>:) a', '- :)', '*:)*', '* :)', '||:)||', '|| :) ||', ':)_a_', '_:)_a', ':)[a](http://b.com)', ':)\\*', ':)color:#f00', '-_- a', 'a -_- b', ':*a*', ':* a', '*a:*',
];

const blocks = [
	'a\nb', 'a\n\nb', 'a\n\n\nb', '\na', 'a\n', '\n', '\n\n', ' \n', ' \na', 'a\n \nb', 'a\r\nb', 'a\rb', 'a\r\n\r\nb', '\ta', 'a  \nb', '\u2028a',
	'# a', '## a', '### a', '#### a', '##### a', '#a', '# ', '#  a', '# a ', '# *a* `b` :smile: @c', '# a\nb', '# a\n# b', '# a\n\nb', 'a\n# b', ' # a', '#\ta', '# a #', '# http://a.com', '> # a', '# a\r\nb',
	'> a', '>a', '>  a', '> a\n> b', '> a\nb', '> a\n\n> b', 'a\n> b', '>', '> ', '>\n', '>\n> a', '> a\n>', '> a\n>\n> b', '> *a* @b', '> > a', '>> a', ' > a', '> - a', '> 1. a', '> a\n- b', '>\ta', '> a\r\n> b', '> :smile:', '> ```a```',
	'- a', '- a\n- b', '- a\n- b\n', '- a\nb', '-a', '-  a', '-\ta', '- ', '- *a* `b`', '- a\n\n- b', 'a\n- b', ' - a', '- a\n  - b', '- - a', '-- a', '- a\n* b', '- [a](http://b.com)', '- a\r\n- b', '-',
	'* a', '* a\n* b', '* a\n* b\n', '* a\nb', '*a', '*  a', '* *a*', '* *a* b', '* a *b*', '* a *b', '* a*', '* a\n* b*', '* a\n* *b', '* a * b', '* * a', 'a\n* b', '* a\n- b', '* a😀', '* a:smile:', '* a :)', '* http://a.com', '* _a_ ~b~', '** a', '* ',
	'1. a', '1. a\n2. b', '2. a\n5. b', '1. a\nb', '1.a', '1.  a', '1. ', '10. a', '007. a', '123456789. a', '1) a', '1. *a*', '1. a\n- b', 'a\n1. b', ' 1. a', '1. a\n\n2. b', '1.\ta', '1. 1. a', '1 . a', '0. a', '2024. a year', '9007199254740991. a',
	'- [ ] a', '- [x] a', '- [ ] a\n- [x] b', '- [X] a', '- [] a', '- [ ]a', '- [ ] ', '- [x]', '- [ ] *a* @b', '- [ ] a\nb', '- [ ] a\n- b', '- b\n- [ ] a', '-[ ] a', '* [ ] a', '- [x]  a', ' - [ ] a', '- [ ] a\n\n- [x] b',
	'||a||', '||a b||', '|| a ||', 'a ||b|| c', '||*a* @b `c`||', '||a', 'a||', '||||', '|||a|||', '||a|b||', '||a\nb||', '||a||b||c||', '||http://a.com||', '||http://a.com ||', '||[a](http://b.com)||', '||a.b||', '*||a||*', '||*a||*', '||\na\n||', '||\na\nb\n||', '||\na||', '||\n\na\n||', '||\na\n\nb\n||', '||\na', '||\n||', '||\na\n|| b', '||\n*a* :smile:\n||', '|| \na\n||', '||\n- a\n||', '||\na\n||\nb', '> ||a||', '- ||a||', '||:) ||', '||a :)||b||', '||a 😀||', '||a😀||',
	'Release *1.2* is out:\n- faster\n- smaller\n\nSee https://example.com/notes and ask @ann or #help :tada:', '# Title\n\nFirst _paragraph_.\n\n> quoted\n\n1. one\n2. two\n\n```sh\nmake run\n```\nDone.',
	'2024-01-01 12:00:00 [INFO] my_module::run - Started at 10.0.0.1:8080 (id=42, x_y=1)', '{"a": [1, 2], "b": "http://x.org/y", "c": null}', 'SELECT * FROM t WHERE a = \'b\' AND c_d <> 3; -- *all*', 'git commit -m "fix: *.md" && git push origin main',
];

const escapes = [
	'\\*a\\*', '\\_a\\_', '\\~a\\~', '\\`a\\`', '\\#a', '\\.', '\\a', '\\\\', '\\\\*a*', '\\*', 'a\\*b', '*a\\**', '\\[a](http://b.com)', '\\@ann', '\\:smile:', '\\> a', '\\- a', '1\\. a', '\\# a', '\\||a||', '\\', 'a\\', '\\ a',
];

const stamps = [
	'<t:1630360800>', '<t:1630360800:R>', '<t:1630360800:t>', '<t:1630360800:T>', '<t:1630360800:d>', '<t:1630360800:D>', '<t:1630360800:f>', '<t:1630360800:F>', '<t:1630360800:x>', '<t:163036080>', '<t:16303608000>', '<t:>', '<t:a>', '<t:1630360800', '<t:1630360800:>',
	'a <t:1630360800> b', 'a<t:1630360800>b', '*<t:1630360800>*', '~<t:1630360800>~', '_<t:1630360800>_', '`<t:1630360800>`', '<t:2025-07-22T10:00:00.000+00:00>', '<t:2025-07-22T10:00:00.000+00:00:R>', '<t:2025-07-22T10:00:00>', '<t:2025-07-22T10:00:00:F>', '<t:2025-07-22T10:00:00.123>',
	'<t:2025-07-22T10:00:00+02:00>', '<t:2025-07-22T10:00:00-05:30:D>', '<t:2025-07-22T10:00:00Z>', '<t:2025-07-22>', '<t:2025-07-22 10:00:00>', '<t:2024-02-29T23:59:59>', '<t:1969-12-31T23:59:59>', '<t:2000-01-01T24:00:00>', '<t:2025-02-30T00:00:00>',
	'<t:2025-13-01T00:00:00>', '<t:2045-01-01T00:00:00>', '<t:10:00>', '<T:1630360800>', '< t:1630360800>', '<t:1630360800><t:1630360801:R>',
];

const colours = [
	'color:#f00', 'color:#ff0000', 'color:#ff000080', 'color:#f008', 'color:#FFF', 'color:#ff', 'color:#ff000', 'color:#ff0000f', 'color:#ggg', 'color:#', 'color: #f00', 'color:#f00 a', 'a color:#f00', 'acolor:#f00', 'color:#f00\na', 'color:#f00)', '(color:#f00)', 'color:#f00.', 'color:#f00*', '*color:#f00*', 'Color:#f00', 'color:#f00color:#0f0', '- color:#f00', '> color:#f00',
];

const formulas = [
	'\\(a\\)', '\\(a', 'a \\(b\\) c', '\\(a\nb\\)', '\\[a\\]', '\\[a\nb\\]', '\\[a', 'a \\[b\\]', '\\[a\\] b', '\\[\\]', '\\(\\)', '$a$', '$a', '$5 and $6', '$$a$$', '$$a\nb$$', '$$a', 'a $$b$$', '$a$ $b$', '\\(a$', '$a\\)', '\\[a$$', '*\\(a\\)*', '> \\[a\\]', '\\(*a*\\)', '`$a$`', '\\\\(a\\\\)', '$ 5',
];

const quirks = ['localhost://:80', '10163036080030012207. a', '[_😀 a_b'];

const on = { dollarSyntax: true, parenthesisSyntax: true };
const groups = [
	[{ emoticons: true }, [plain, emphasis, code, contacts, mentions, emoji, blocks, escapes, stamps, formulas, colours, quirks].flat()],
	[{ emoticons: true, customDomains: ['intranet'] }, links],
	[{}, ['wiki.intranet', ':) a', '*:)*', ':)', '-_-', 'a :) b', '~:)~']],
	[{ emoticons: true, colors: true }, colours],
	[{ emoticons: true, katex: on }, formulas],
	[{ emoticons: true, katex: { ...on, dollarSyntax: false } }, formulas],
	[{ emoticons: true, katex: { ...on, parenthesisSyntax: false } }, formulas],
];

const tree = (text, options) => {
	parse('_a_ *a* a ', {}); // The parser remembers, from text to text, whether an emoji may follow; this makes it forget.
	return parse(text, options);
};
const cases = groups.flatMap(([options, texts]) => [...new Set(texts)].map((text) => ({ options, text, md: tree(text, options) })));
const lines = cases.map((one) => `\t\t${JSON.stringify(one)}`).join(',\n');
writeFileSync(join(import.meta.dirname, 'oracle.json'), `{\n\t"parser": "${NAME}@${VERSION}",\n\t"cases": [\n${lines}\n\t]\n}\n`);
console.log(`${cases.length} cases`);
