//! Letters on a coloured square, as SVG.

use crate::escape;

/// White letters can be read on each of them: the contrast is 4.5 or more.
const COLOURS: [&str; 16] = [
    "#b3261e", "#b0275f", "#9c2a8f", "#7b35b5", "#5b45c2", "#3f51b5", "#1f5fd6", "#0b6aa8", "#0a6f80", "#0b7261",
    "#1b7536", "#4b6f12", "#776300", "#8f5600", "#a84a00", "#6b5a50",
];

/// A square of `size` pixels with `initials` on it; the colour follows from the name alone, in any case.
pub(super) fn draw(name: &str, initials: &str, size: u32) -> String {
    let (colour, letters) = (colour(name), escape::markup(initials));
    let font = f64::from(size) * share(initials);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 {size} {size}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{colour}\"/>\
         <text x=\"50%\" y=\"50%\" dy=\".35em\" fill=\"#fff\" font-family=\"system-ui, sans-serif\" font-size=\"{font:.1}\" \
         font-weight=\"500\" text-anchor=\"middle\">{letters}</text></svg>"
    )
}

/// How large letters are, as a part of the edge.
fn share(initials: &str) -> f64 {
    match unicode_segmentation::UnicodeSegmentation::graphemes(initials, true).count() {
        0 | 1 => 0.5,
        2 => 0.42,
        _ => 0.34,
    }
}

fn colour(name: &str) -> &'static str {
    // FNV-1a: the same everywhere and for ever, so that people keep their colour.
    let hash = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = name.to_lowercase().bytes().fold(0x811c_9dc5, hash);
    COLOURS[hash as usize % COLOURS.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG's contrast of a colour to white.
    fn contrast(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        1.05 / (0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5) + 0.05)
    }

    #[test]
    fn letters_can_be_read_on_every_colour() {
        for colour in COLOURS {
            assert!(contrast(colour) >= 4.5, "{colour}: {}", contrast(colour));
        }
    }

    #[test]
    fn a_name_keeps_its_colour() {
        assert_eq!(colour("ann"), colour("Ann"));
        let used: std::collections::HashSet<_> = (0..200).map(|n| colour(&format!("user{n}"))).collect();
        assert!(used.len() > 12);
    }

    #[test]
    fn nothing_in_a_name_becomes_markup() {
        let drawn = draw("<script>", "<\"&", 36);
        assert!(drawn.contains(">&lt;&quot;&amp;</text>") && !drawn.contains("script"), "{drawn}");
        assert!(drawn.contains("viewBox=\"0 0 36 36\"") && drawn.contains("font-size=\"12.2\""), "{drawn}");
    }
}
