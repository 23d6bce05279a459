//! Text inside markup.

/// `text` as it stands in HTML, XML or one of their attributes. What XML has no way to write is left out.
pub(crate) fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && !"\t\n\r".contains(c) => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_an_element_or_an_attribute() {
        assert_eq!(markup("<b>&\"'"), "&lt;b&gt;&amp;&quot;&#39;");
        assert_eq!(markup("a\0\u{7}\u{ffff}\nb"), "a\nb");
        assert_eq!(markup("Zoë 😀"), "Zoë 😀");
    }
}
