//! How names are spelled on the wire when nobody says otherwise.

/// `room_id` → `roomId`, `r#type` → `type`, `_id` → `_id`.
pub(crate) fn of_field(ident: &syn::Ident) -> String {
    let ident = ident.to_string();
    let name = ident.trim_start_matches("r#");
    let bare = name.trim_start_matches('_');
    let mut words = bare.split('_');
    let first = words.next().unwrap_or_default();
    let underscores = &name[..name.len() - bare.len()];
    std::iter::once(format!("{underscores}{first}")).chain(words.map(capitalised)).collect()
}

/// `Private` → `private`, `NotBefore` → `notBefore`.
pub(crate) fn of_variant(ident: &syn::Ident) -> String {
    let name = ident.to_string();
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_str;

    #[test]
    fn fields_are_in_camel_case() -> syn::Result<()> {
        for (field, wire) in [("room_id", "roomId"), ("r#type", "type"), ("_id", "_id"), ("user", "user")] {
            assert_eq!(of_field(&parse_str(field)?), wire);
        }
        Ok(())
    }

    #[test]
    fn variants_begin_small() -> syn::Result<()> {
        assert_eq!(of_variant(&parse_str("NotBefore")?), "notBefore");
        Ok(())
    }
}
